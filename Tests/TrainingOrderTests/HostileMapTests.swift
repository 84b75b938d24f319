import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// Index maps come from strangers too, and GPT-NeoX validates none of them.
struct HostileMapTests {
  /// A data set of items 3, 4, 5 tokens long, with maps of these values; L = 2.
  private struct Forged {
    let folder = TemporaryFolder()
    let dataset: TokenDataset
    let names: IndexMapNames

    init(_ documents: [Int32], _ samples: [Int32], _ shuffle: [UInt32]) throws {
      dataset = try folder.dataset(sizes: [3, 4, 5])
      names = IndexMapNames(
        prefix: dataset.prefix, name: "train_0", samples: 4, sequenceLength: 2, seed: 0, naming: .current)
      try Self.write(names.documentsPath, .int32, [documents.count], documents)
      try Self.write(names.samplesPath, .int32, [samples.count / 2, 2], samples)
      try Self.write(names.shufflePath, .uint32, [shuffle.count], shuffle)
    }

    static func write<T>(_ path: String, _ element: NPYElement, _ shape: [Int], _ values: [T]) throws {
      let writer = try NPYWriter(path, element, shape: shape)
      try values.withUnsafeBytes { try writer.write($0) }
      try writer.commit()
    }

    func read(_ row: Int) throws -> [TokenSpan] {
      var spans: [TokenSpan] = []
      try IndexMaps(names).forEachSpan(ofRow: row, in: dataset) { spans.append($0) }
      return spans
    }
  }

  @Test func soundMapsAreRead() throws {
    let forged = try Forged([2, 0], [0, 0, 0, 2, 0, 4, 1, 1], [1, 0, 2])
    #expect(try forged.read(0) == [TokenSpan(item: 2, offset: 0, count: 3)])
    #expect(
      try forged.read(2) == [TokenSpan(item: 2, offset: 4, count: 1), TokenSpan(item: 0, offset: 0, count: 2)])
  }

  @Test(
    arguments: [
      ([2, 0], [0, 0, 2, 0]), ([2, 0], [1, 0, 0, 2]), ([2, 0], [-1, 0, 0, 2]), ([2, 0], [0, -1, 0, 1]),
      ([2, 0], [0, 0, 0, 1]), ([2, 0], [0, 0, 0, 3]), ([2, 0], [0, 3, 0, 5]), ([7, 0], [0, 0, 0, 2]),
      ([-1, 0], [0, 0, 0, 2]), ([2, 0], [0, 0, 0, .max]), ([2, 0], [0, .max, 0, .max]), ([2, 0], [0, 4, 1, 3]),
      ([], [0, 0, 0, 2]), ([2, 0], [0, 0]), ([2, 0], [0, 0, .max, 0]),
    ] as [([Int32], [Int32])])
  func valuesThatDoNotFitTheDataAreErrors(documents: [Int32], samples: [Int32]) throws {
    let forged = try Forged(documents, samples, [0, 0])
    #expect(throws: OrderFailure.self) { try forged.read(0) }
  }

  @Test func wrongTypesAndShapesAreRefusedByName() throws {
    let forged = try Forged([2, 0], [0, 0, 0, 2], [0, 0])
    try Forged.write(forged.names.shufflePath, .int32, [2], [Int32(0), 0])
    let type = #expect(throws: OrderFailure.self) { try IndexMaps(forged.names) }
    #expect(type?.place == forged.names.shufflePath)
    let other = try Forged([2, 0], [0, 0, 0, 2], [0, 0])
    try Forged.write(other.names.samplesPath, .int32, [4], [Int32(0), 0, 0, 2])
    #expect(throws: OrderFailure.self) { try IndexMaps(other.names) }
    try Forged.write(other.names.samplesPath, .int32, [1, 4], [Int32(0), 0, 0, 2])
    #expect(throws: OrderFailure.self) { try IndexMaps(other.names) }
  }

  @Test func aShuffleBeyondTheSamplesIsFoundByCheck() throws {
    let forged = try Forged([2, 0], [0, 0, 0, 2, 0, 4], [0, 2])
    let failure = #expect(throws: OrderFailure.self) { try IndexMaps(forged.names).check(forged.dataset) }
    #expect(failure?.place == "shuffle_idx")
  }

  @Test func emptyMapsHaveNoPositions() throws {
    let forged = try Forged([], [], [])
    #expect(try IndexMaps(forged.names).length == 0)
    let reader = try NeoXReader(forged.names)
    #expect(throws: OrderFailure.self) { try reader.tokens(ofSequence: 0) }
  }
}
