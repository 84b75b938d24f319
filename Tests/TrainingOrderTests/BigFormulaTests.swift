import ByteIO
import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// Data sets of a formula's sizes, up to the deduplicated Pile's; the `.bin` is a hole of the right length.
/// The largest takes a minute and 6 GB of disk in a release build, and runs with TIRESIAS_BIG=1 only.
@Suite(.enabled(if: Goldens.isThere), .serialized)
struct BigFormulaTests {
  struct Case: Decodable, CustomTestStringConvertible {
    struct Map: Decodable { let sha256: String }
    let ndocs: Int
    let modulus: Int
    let num_samples: Int
    let seq_length: Int
    let seed: UInt32
    let tokens_per_epoch: Int
    let num_epochs: Int
    let doc_idx: Map
    let sample_idx: Map
    let shuffle_idx: Map
    var testDescription: String { "\(ndocs) documents, \(num_epochs) epochs" }
  }

  static let isBig = ProcessInfo.processInfo.environment["TIRESIAS_BIG"] == "1"
  static let cases: [Case] = {
    guard let folder = Goldens.folder, let data = try? contents(folder + "/big_formula.json") else { return [] }
    let all = (try? JSONDecoder().decode([Case].self, from: data)) ?? []
    return all.filter { isBig || $0.ndocs <= 100_000 }
  }()

  @Test(arguments: cases) func mapsHaveGPTNeoXsHashes(vector: Case) throws {
    let folder = TemporaryFolder()
    let dataset = try Self.dataset(vector, folder)
    #expect(dataset.tokenCount == vector.tokens_per_epoch)
    let plan = try IndexMapPlan(
      dataset, samples: vector.num_samples, sequenceLength: vector.seq_length, seed: vector.seed)
    #expect(plan.epochs == vector.num_epochs)
    let names = IndexMapNames(
      prefix: dataset.prefix, name: "train_0", samples: vector.num_samples, sequenceLength: vector.seq_length,
      seed: vector.seed, naming: .v1)
    try IndexMaps.write(plan, dataset, to: names)
    let maps = try IndexMaps(names)
    #expect(SHA256.hash(maps.documents.bytes) == vector.doc_idx.sha256)
    #expect(SHA256.hash(maps.samples.bytes) == vector.sample_idx.sha256)
    #expect(SHA256.hash(maps.shuffle.bytes) == vector.shuffle_idx.sha256)
  }

  static func dataset(_ vector: Case, _ folder: TemporaryFolder) throws -> TokenDataset {
    let writer = try TokenIndexWriter(folder.file("data.idx"), type: .uint16)
    for item in 0..<vector.ndocs {
      try writer.append(size: 1 + Int(UInt32(truncatingIfNeeded: item &* 2_654_435_761)) % vector.modulus)
    }
    try writer.finish()
    try PositionedFile(folder.file("data.bin")).setSize(2 * writer.tokenCount)
    return try TokenDataset(prefix: folder.file("data"))
  }
}
