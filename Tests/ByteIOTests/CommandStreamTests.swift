import TestSupport
import Testing

@testable import ByteIO

@Suite struct CommandStreamTests {
  @Test func whatAProgramWritesIsRead() throws {
    let stream = try CommandStream(["/bin/sh", "-c", "seq 1 100000 | tail -n 1; printf end"])
    #expect(try stream.contents() == Array("100000\nend".utf8))
  }

  @Test(arguments: ["printf half; exit 3", "printf half; kill -9 $$"])
  func aProgramThatFailsIsAFailureAtItsEnd(script: String) throws {
    let stream = try CommandStream(["/bin/sh", "-c", script], name: "object")
    #expect(throws: IOFailure.self) { try stream.contents() }
  }

  @Test func aProgramThatIsNotThereIsTold() {
    #expect(throws: IOFailure.self) { try CommandStream(["no-such-program"]) }
  }

  /// What it has started ends as well, whether it listens to SIGTERM or not.
  @Test(arguments: ["tail -f FILE; echo late", "(trap '' TERM; tail -f FILE; tail -f FILE) & wait; echo late"])
  func aProgramThatNobodyWaitsForEndsWithAllThatItStarted(script: String) throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("empty"), with: [])
    let begun = ContinuousClock.now
    do {
      let command = ["/bin/sh", "-c", script.replacing("FILE", with: folder.file("empty"))]
      let stream = try CommandStream(command) { begun.duration(to: .now) > .seconds(1) }
      #expect(throws: CommandStream.GivenUp.self) { try stream.contents() }
      #expect(try !processes(naming: folder.path).isEmpty)
    }
    #expect(begun.duration(to: .now) < .seconds(10))
    #expect(try processes(naming: folder.path).isEmpty)
  }

  private func processes(naming path: String) throws -> [String] {
    try FileSystem.names(in: "/proc").filter { name in
      guard let file = try? InputFile("/proc/\(name)/cmdline") else { return false }
      var words = [UInt8](repeating: 0, count: 4096)
      let count = (try? words.withUnsafeMutableBytes { try file.read(into: $0) }) ?? 0
      return String(decoding: words[..<count], as: UTF8.self).contains(path)
    }
  }

  @Test func aProgramThatWritesTooMuchIsEnded() throws {
    let stream = try CommandStream(["yes"])
    #expect(throws: IOFailure.self) { try stream.contents(limit: 1 << 20) }
  }
}
