import ArgumentParser
import Foundation
import Testing
import TestSupport
import TokenDataset

@testable import TiresiasCommands

struct DatasetCommandTests {
  private func dataset(_ folder: TemporaryFolder) throws -> String {
    let writer = try TokenDatasetWriter(folder.file("data"), type: .uint16)
    for length in 0..<30 { try writer.append((0..<length).map { UInt32($0 * 7) }) }
    try writer.finish()
    return folder.file("data")
  }

  @Test func shardAndUnshardGiveTheSameFileBack() throws {
    let folder = TemporaryFolder()
    let prefix = try dataset(folder)
    let before = try Data(contentsOf: URL(filePath: prefix + ".bin"))
    try DatasetShardCommand.parse([prefix, "--shard-size", "100"]).run()
    #expect(FileManager.default.fileExists(atPath: prefix + "-00008-of-00008.bin"))
    try FileManager.default.removeItem(atPath: prefix + ".bin")
    try DatasetCheckCommand.parse([prefix]).run()
    try DatasetInfoCommand.parse([prefix, "--json"]).run()
    try DatasetUnshardCommand.parse([prefix]).run()
    #expect(try Data(contentsOf: URL(filePath: prefix + ".bin")) == before)
  }

  @Test func checkFailsOnABinOneByteShort() throws {
    let folder = TemporaryFolder()
    let prefix = try dataset(folder)
    try Data(contentsOf: URL(filePath: prefix + ".bin")).dropLast().write(to: URL(filePath: prefix + ".bin"))
    #expect(throws: DatasetFailure.self) { try DatasetCheckCommand.parse([prefix]).run() }
    #expect(throws: DatasetFailure.self) { try DatasetShardCommand.parse([prefix]).run() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
  }

  @Test func tablesAreAligned() {
    #expect(TextColumns.aligned([("items", "1,000"), ("dtype", "uint16")]) == "items   1,000\ndtype  uint16")
  }
}

extension DatasetCommandTests {
  @Test(.enabled(if: TiresiasBinary.path != nil)) func compareReadsWhatHashWrites() throws {
    let folder = TemporaryFolder()
    let writer = try TokenDatasetWriter(folder.file("data"), type: .uint16)
    try writer.append([1, 2, 3])
    try writer.finish()
    let hashes = try TiresiasBinary.run(["dataset", "hash", folder.file("data")])
    #expect(hashes.status == 0)
    try Data(hashes.output.utf8).write(to: URL(filePath: folder.file("list")))
    #expect(try TiresiasBinary.run(["dataset", "compare", folder.file("data"), folder.file("list")]).status == 0)
    #expect(try TiresiasBinary.run(["dataset", "compare", folder.file("data"), folder.file("data")]).status == 0)
    try Data([1, 0, 2, 0, 4, 0]).write(to: URL(filePath: folder.file("data.bin")))
    let result = try TiresiasBinary.run(["dataset", "compare", folder.file("data"), folder.file("list")])
    #expect(result.status == 3)
    #expect(result.output.contains("DIFFERS  data.bin"))
  }
}
