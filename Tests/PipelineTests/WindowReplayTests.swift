import ByteIO
import Foundation
import TestSupport
import Testing
import TrainingOrder

@testable import Pipeline

@Suite struct WindowReplayTests {
  private let fixture: WindowFixture
  private let folder: String
  private let manifest: String

  init() throws {
    fixture = try WindowFixture(documents: 120)
    _ = try fixture.run(try fixture.plan(), "out")
    folder = fixture.folder.file("out")
    manifest = folder + "/manifest.json"
  }

  private func maps(in folder: String) throws -> [String: Data] {
    let names = try FileSystem.names(in: folder).filter { $0.hasSuffix(".npy") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(filePath: folder + "/" + $0))) })
  }

  @Test func mapsThatWereLeftBehindAreBuiltAgainByteForByte() throws {
    let before = try maps(in: folder)
    for name in before.keys { try FileSystem.remove(folder + "/" + name) }
    let paths = try WindowReplay(manifestPath: manifest).write()
    #expect(Set(paths.map { FileSystem.name(of: $0) }) == Set(before.keys) && before.count == 12)
    #expect(try maps(in: folder) == before)
  }

  @Test func anotherFolderGetsThemToo() throws {
    try WindowReplay(manifestPath: manifest).write(to: fixture.folder.file("elsewhere/maps"))
    #expect(try maps(in: fixture.folder.file("elsewhere/maps")) == maps(in: folder))
  }

  @Test func withoutTheGuardStepsOutsideTheWindowReadItemNought() throws {
    let copy = fixture.folder.file("copy")
    try WindowReplay(manifestPath: manifest).write(to: copy, isGuarded: false)
    for end in [".bin", ".idx"] {
      try FileManager.default.copyItem(
        atPath: folder + "/window_document" + end, toPath: copy + "/window_document" + end)
    }
    let run = try TrainingRun(trainIterations: 120, batchSize: 4, sequenceLength: 32)
    let names = try WindowIndexMaps(prefix: copy + "/window_document", itemCount: 240, firstPosition: 240, run: run)
      .names(.v1)
    let (plain, guarded) = (try NeoXReader(names), try NeoXReader(guardedNames(run)))
    for position in [240, 300, 479] {
      #expect(try plain.tokens(ofSequence: position) == guarded.tokens(ofSequence: position))
    }
    #expect(try plain.tokens(ofSequence: 0) == plain.tokens(ofSequence: 240))
    #expect(throws: OrderFailure.self) { try guarded.tokens(ofSequence: 0) }
  }

  private func guardedNames(_ run: TrainingRun) throws -> IndexMapNames {
    try WindowIndexMaps(prefix: folder + "/window_document", itemCount: 240, firstPosition: 240, run: run).names(.v1)
  }

  @Test func mapsThatAreNotTheManifestsAreAnError() throws {
    let text = String(decoding: try FileSystem.contents(of: manifest), as: UTF8.self)
    let output = try #require(Manifest.parse(Array(text.utf8), name: "m").outputs.first { $0.role == .indexMap })
    let changed = text.replacing(output.sha256, with: String(repeating: "0", count: 64))
    try AtomicFile.replace(manifest, with: Array(changed.utf8))
    let failure = #expect(throws: PipelineFailure.self) { try WindowReplay(manifestPath: manifest).write() }
    #expect(failure?.description.contains("the manifest's 0000") == true)
  }
}
