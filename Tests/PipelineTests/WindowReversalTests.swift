import ByteIO
import Foundation
import TestSupport
import Testing
import TokenDataset

@testable import Pipeline

@Suite struct WindowReversalTests {
  private let fixture: WindowFixture
  private var folder: TemporaryFolder { fixture.folder }

  init() throws { fixture = try WindowFixture(documents: 150) }

  private func run(_ name: String, length: String = "aligned", log: String = "edits") throws -> Manifest {
    try fixture.run(try fixture.plan(length: length, log: log), name)
  }

  private func revert(_ name: String) throws -> WindowReversal.Result {
    try WindowReversal(manifestPath: folder.file(name + "/manifest.json")).write(to: folder.file(name + "-again"))
  }

  @Test(arguments: ["aligned", "slide", "pad"]) func theControlComesOutByteForByte(length: String) throws {
    let manifest = try run("out", length: length)
    try FileManager.default.removeItem(atPath: folder.file("out/control_document.idx"))
    let control = try FileSystem.contents(of: folder.file("out/control_document.bin"))
    try FileManager.default.removeItem(atPath: folder.file("out/control_document.bin"))
    let result = try revert("out")
    #expect(result.isRecorded == true && result.items == 240)
    #expect(result.edits >= manifest.counts.edits && manifest.counts.edits > 100)
    #expect(try FileSystem.contents(of: folder.file("out-again.bin")) == control)
    #expect(try TokenDataset(prefix: folder.file("out-again")).itemCount == 240)
    if length != "aligned" { #expect(manifest.counts.lengthChanges > 0, "nothing moved") }
  }

  @Test func aWindowThatIsNotTheLogsIsAnErrorThatNamesTheSequence() throws {
    _ = try run("out")
    let path = folder.file("out/window_document.bin")
    var bytes = try FileSystem.contents(of: path)
    for place in stride(from: 0, to: bytes.count, by: 2) { bytes[place] ^= 1 }
    try AtomicFile.replace(path, with: bytes)
    let failure = #expect(throws: PipelineFailure.self) { try revert("out") }
    #expect(failure?.description.contains("disagree at sequence") == true)
    #expect(!FileSystem.exists(folder.file("out-again.bin")))
  }

  @Test func anotherTokenThanAnEditsIsSeenByTheHash() throws {
    _ = try run("out")
    let path = folder.file("out/window_document.bin")
    var bytes = try FileSystem.contents(of: path)
    bytes[bytes.count - 2] ^= 1
    try AtomicFile.replace(path, with: bytes)
    let result = try? revert("out")
    #expect(result == nil || result?.isRecorded == false)
  }

  @Test func aRunWithoutALogCannotBeUndone() throws {
    _ = try run("out", log: "counts")
    let failure = #expect(throws: PipelineFailure.self) { try revert("out") }
    #expect(failure?.description.contains("no edit log") == true)
  }

  /// Whatever a log says, it is an error or a sample, and nothing traps.
  @Test func hostileLinesAreContradictions() {
    var generator = SplitMix(state: 3)
    let places = [Int.min, Int.min + 1, -9, -8, -1, 0, 1, 7, 8, 9, Int.max - 1, Int.max]
    for _ in 0..<3000 {
      func tokens() -> [UInt32] { (0..<Int.random(in: 0...3, using: &generator)).map(UInt32.init) }
      func place() -> Int { places.randomElement(using: &generator) ?? 0 }
      let edits = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
        EditLogReader.Edit(
          sequence: 0, position: place(), outputPosition: place(), before: tokens(), after: tokens(),
          rule: "r", branch: "b", isCut: Bool.random(using: &generator),
          standIn: Bool.random(using: &generator)
            ? nil : EditLogReader.StandIn(position: place(), before: tokens(), after: tokens()))
      }
      let lost = [UInt32](repeating: 7, count: Int.random(in: 0...9, using: &generator))
      var reversal = SampleReversal(window: [0, 1, 2, 3, 0, 1, 2, 3], edits: edits, lost: lost)
      if let sample = try? reversal.run() { #expect(sample.count == 8) }
    }
  }
}
