import StructuredText
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

@Suite struct ProgressTests {
  @Test func elsewhereThanOnATerminalALineComesEveryThirtySeconds() {
    let (progress, time, said) = make(.lines, total: 1_000_000_000, done: 0)
    for second in 1...65 {
      time.withLock { $0 = Double(second) }
      progress.advance(10_000_000, bytes: 30_000_000)
    }
    time.withLock { $0 = 100 }
    progress.finish()
    #expect(
      said.withLock { $0 } == [
        "tokenize [######..............] 30 % of 1.0 GB, 30.0 MB/s, 70 s left\n",
        "tokenize [############........] 60 % of 1.0 GB, 30.0 MB/s, 40 s left\n",
        "tokenize: 650.0 MB in 100 s, 19.5 MB/s\n",
      ])
  }

  @Test func onATerminalTheBarIsDrawnOverItself() {
    let (progress, time, said) = make(.bar, total: 100, done: 0)
    for tick in 1...10 {
      time.withLock { $0 = Double(tick) * 0.06 }
      progress.advance(1)
    }
    progress.note("a note")
    progress.finish()
    let text = said.withLock { $0 }
    #expect(text[..<5].allSatisfy { $0.hasPrefix("\rtokenize [") && $0.hasSuffix("\u{1B}[K") })
    #expect(
      Array(text[5...]) == ["\r\u{1B}[K", "a note\n", "\rtokenize: 10 B in 1 s, 16 B/s\u{1B}[K", "\n"])
  }

  @Test func whatAnEarlierRunDidCountsAsDoneButNotForTheRate() {
    let (progress, time, said) = make(.lines, total: 1000, done: 500, unit: .items("sequences"))
    time.withLock { $0 = 50 }
    progress.advance(250)
    #expect(
      said.withLock { $0 } == [
        "tokenize [###############.....] 75 % of 1000 sequences, 5 sequences/s, 50 s left\n"
      ])
  }

  @Test func aPartIsNamedAndWhatIsDoneOfItCountsAsDone() {
    let (progress, time, said) = make(.lines, total: 1000, done: 0, unit: .items("tokens"))
    time.withLock { $0 = 20 }
    progress.begin("step 1", done: 0)
    progress.advance(100)
    progress.begin("step 2", done: 500)
    time.withLock { $0 = 50 }
    progress.advance(150)
    progress.finish()
    #expect(
      said.withLock { $0 } == [
        "tokenize [###############.....] 75 % of 1000 tokens, 5 tokens/s, 50 s left: step 2\n",
        "tokenize: 750 tokens in 50 s, 5 tokens/s\n",
      ])
  }

  @Test func forProgramsEveryLineIsAnObject() throws {
    let (progress, time, said) = make(.json, total: 1000, done: 100, unit: .items("sequences"))
    for second in 1...25 {
      time.withLock { $0 = Double(second) }
      progress.advance(10, bytes: 1000)
    }
    progress.note("a note")
    var conveyor = ConveyorTimes()
    (conveyor.seconds, conveyor.working, conveyor.processor) = (10, 9, 9)
    progress.finish(WorkTimes(conveyor, working: .matching, writing: []))
    let lines = try said.withLock { $0 }.map { try JSONValue.parse(Array($0.utf8), name: "line") }
    #expect(lines.map { $0["event"] } == ["began", "progress", "progress", "note", "finished"].map { .string($0) })
    let last = try #require(lines.last)
    #expect(last["stage"] == .string("tokenize") && last["unit"] == .string("sequences"))
    #expect(last["done"] == .integer(Int64(350)) && last["total"] == .integer(Int64(1000)))
    #expect(last["resumed_at"] == .integer(Int64(100)) && last["bytes"] == .integer(Int64(25_000)))
    #expect(last["rate"] == .double(10) && last["seconds"] == .double(25) && last["seconds_left"] == nil)
    #expect(last["bottleneck"] == .string("matching"))
    #expect(
      last["message"]
        == .string("tokenize: 350 sequences in 25 s, 1.0 kB/s; bottleneck: matching (90 % of the workers' time)"))
    #expect(lines[1]["message"] == .string("tokenize: 20 % of 1000 sequences, 1.0 kB/s, 80 s left"))
    #expect(lines[1]["seconds_left"] == .double(80))
  }

  @Test func quietIsQuiet() {
    let (progress, time, said) = make(.quiet, total: 10, done: 0)
    time.withLock { $0 = 100 }
    progress.advance(5)
    progress.note("x")
    progress.finish()
    #expect(said.withLock { $0 }.isEmpty)
  }

  @Test func anyThreadMayReport() throws {
    let (progress, time, said) = make(.lines, total: 4000, done: 0, unit: .items("parts"))
    let threads = try (0..<4).map { _ in try WorkerThread { for _ in 0..<1000 { progress.advance(1) } } }
    for thread in threads { thread.join() }
    time.withLock { $0 = 40 }
    progress.finish()
    #expect(said.withLock { $0 } == ["tokenize: 4000 parts in 40 s, 100 parts/s\n"])
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (61_249_000, "61.2 MB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
    (600_080_000_000, "600.1 GB"), (5e15, "5000.0 TB"),
  ])
  func amountsAreShort(bytes: Double, text: String) { #expect(byteAmount(bytes) == text) }

  @Test(arguments: [
    (0, "0 s"), (0.2, "1 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (11_100, "3 h 05 min"),
  ])
  func timesAreShort(seconds: Double, text: String) { #expect(duration(seconds) == text) }

  private func make(
    _ style: Progress.Style, total: Int, done: Int, unit: Progress.Unit = .bytes
  ) -> (Progress, Shared<Double>, Shared<[String]>) {
    let time = Shared(0.0)
    let said = Shared<[String]>([])
    let progress = Progress(
      "tokenize", total: total, unit: unit, done: done, style: style,
      write: { text in said.withLock { $0.append(text) } },
      clock: { time.withLock { $0 } })
    return (progress, time, said)
  }
}

final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>
  init(_ value: Value) { mutex = Mutex(value) }
  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    mutex.withLock { value in body(&value) }
  }
}
