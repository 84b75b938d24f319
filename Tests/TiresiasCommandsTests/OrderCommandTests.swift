import ArgumentParser
import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

@testable import TiresiasCommands

/// The commands on the goldens' data: the files and batches are GPT-NeoX's.
@Suite(.enabled(if: Assets.golden != nil))
struct OrderCommandTests {
  private let neox = (Assets.golden ?? "") + "/neox"

  @Test(arguments: [("v1.0", ""), ("current", "_packedpi_ac")])
  func buildWritesGPTNeoXsFiles(naming: String, suffix: String) throws {
    let folder = TemporaryFolder()
    let golden = "\(neox)/mixed_gas2_dp2/\(naming == "current" ? "main" : naming)"
    try OrderBuildCommand.parse([
      "--dataset", golden + "/data", "--output", folder.file("data"), "--samples", "161", "--sequence-length", "8",
      "--seed", "1234", "--naming", naming,
    ]).run()
    for kind in ["doc", "sample", "shuffle"] {
      let name = "data_train_0_indexmap_161ns_8sl_1234s\(suffix)_\(kind)_idx.npy"
      #expect(try contents(folder.file(name)) == contents(golden + "/" + name))
    }
  }

  @Test func buildTakesAPartOfTheDocuments() throws {
    let folder = TemporaryFolder()
    let golden = neox + "/split_969_30_1/main"
    try OrderBuildCommand.parse([
      "--dataset", golden + "/data", "--output", folder.file("data"), "--samples", "24", "--sequence-length", "16",
      "--seed", "1234", "--name", "valid", "--documents", "194..<200",
    ]).run()
    let name = "data_valid_indexmap_24ns_16sl_1234s_packedpi_ac_sample_idx.npy"
    #expect(try contents(folder.file(name)) == contents(golden + "/" + name))
  }

  @Test func batchOfOneSetIsWhatTheTrainerSaw() throws {
    let golden = neox + "/mixed_gas2_dp2/v1.0"
    let arguments = ["--dataset", golden + "/data", "--samples", "161", "--sequence-length", "8"]
    try expectBatches(arguments, batch: 8, steps: 0..<20, golden)
    try expectBatches(arguments, batch: 8, steps: 12..<20, golden)
    try expectBatches(
      arguments + ["--index-map-prefix", golden + "/data", "--naming", "v1.0"], batch: 8, steps: 7..<9, golden)
  }

  @Test func batchOfABlendIsWhatTheTrainerSaw() throws {
    let golden = neox + "/blend_3/main"
    let sets = zip(0..<3, ["0.6", "0.15", "0.25"]).flatMap { ["--dataset", "\(golden)/data\($0)=\($1)"] }
    try expectBatches(sets + ["--samples", "88", "--sequence-length", "16"], batch: 8, steps: 0..<11, golden)
  }

  @Test func aStepOutsideTheDataLeavesNothing() throws {
    let folder = TemporaryFolder()
    let command = try BatchCommand.parse([
      "--dataset", neox + "/mixed_gas2_dp2/main/data", "--samples", "161", "--sequence-length", "8", "--seed", "1234",
      "--batch-size", "8", "--steps", "29..<31", "--npy", folder.file("b.npy"),
    ])
    let failure = #expect(throws: OrderFailure.self) { try command.run() }
    #expect(failure?.reason.contains("0..<29") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [
    ["--steps", "5..<4"], ["--steps", "x"], ["--batch-size", "0"], ["--dataset", "d=-1"], ["--dataset", "d=0"],
    ["--seed", "4294967296"], ["--naming", "v2"], ["--index-map-prefix", "a", "--index-map-prefix", "b"],
  ])
  func wrongUseIsAUsageError(extra: [String]) {
    let base = ["--samples", "9", "--sequence-length", "8", "--npy", "b.npy"]
    let defaults = [("--dataset", "d"), ("--steps", "0..<1"), ("--batch-size", "1"), ("--seed", "1")]
      .filter { !extra.contains($0.0) }.flatMap { [$0.0, $0.1] }
    #expect(throws: (any Error).self) { try BatchCommand.parse(base + defaults + extra) }
    #expect(throws: Never.self) {
      try BatchCommand.parse(base + ["--dataset", "d", "--steps", "0..<1", "--batch-size", "1", "--seed", "1"])
    }
  }

  private func expectBatches(_ arguments: [String], batch: Int, steps: Range<Int>, _ golden: String) throws {
    let folder = TemporaryFolder()
    try BatchCommand.parse(
      arguments + [
        "--seed", "1234", "--batch-size", "\(batch)", "--steps", "\(steps)", "--npy", folder.file("b.npy"),
      ]
    ).run()
    let (file, expected) = (try NPYFile(folder.file("b.npy")), try NPYFile(golden + "/batches.npy"))
    #expect(file.element == .uint16)
    #expect(file.shape == [steps.count, batch, expected.shape[2]])
    let first = steps.lowerBound * batch * expected.shape[2]
    for place in 0..<file.count {
      let token = Int64(file.bytes.loadUnaligned(fromByteOffset: 2 * place, as: UInt16.self))
      #expect(token == expected.bytes.loadUnaligned(fromByteOffset: 8 * (first + place), as: Int64.self))
    }
  }

  private func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
}
