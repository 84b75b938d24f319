import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

struct RunOrderTests {
  @Test func aPreshuffledSetIsReadInFileOrder() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [5, 5, 5, 5])
    let order = try RunOrder(preshuffled: dataset, sequenceLength: 4)
    #expect(order.positions == 0..<4)
    #expect(try order.ids(2) == [10, 11, 12, 13, 14])
    #expect(throws: OrderFailure.self) { try order.ids(4) }
  }

  @Test func aPreshuffledItemOfAnotherLengthIsAnError() throws {
    let folder = TemporaryFolder()
    let order = try RunOrder(preshuffled: folder.dataset(sizes: [5, 6]), sequenceLength: 4)
    let failure = #expect(throws: OrderFailure.self) { try order.ids(1) }
    #expect(failure?.reason.contains("6 tokens") == true)
  }

  @Test func aSplitReadsTheTrainingDocumentsOnly() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [Int](repeating: 10, count: 20))
    let run = try TrainingRun(trainIterations: 3, batchSize: 4, sequenceLength: 8)
    let order = try RunOrder(run: run, dataset: dataset, split: "5,4,1")
    // ns = 12 asks for just as many samples as there are, of which the last is never read: the run is one short.
    #expect(order.positions == 0..<11)
    for q in order.positions { #expect(try order.ids(q).allSatisfy { $0 < 100 }) }
  }

  @Test func aBlendThatTakesMoreThanASetHasStartsOver() throws {
    let folder = TemporaryFolder()
    let (small, large) = (try folder.dataset("s", sizes: [9]), try folder.dataset("l", sizes: [400], first: 1000))
    // Four samples in the small set, three by length: the fourth is still there, the fifth is the second again.
    let parts = try [small, large].map { set in
      let plan = try IndexMapPlan(set, samples: 1, sequenceLength: 2, seed: 1)
      return (dataset: set, maps: try IndexMaps(plan, set), weight: 1.0)
    }
    let order = try RunOrder(parts)
    let rows = try (0..<16).compactMap { q in
      let location = try order.location(of: q)
      return location.dataset == 0 ? location.row : nil
    }
    let maps = parts[0].maps
    #expect(maps.length == 3)
    #expect(Array(rows.prefix(8)) == [0, 1, 2, 3, 1, 2, 0, 1].map { maps.shuffle[$0] })
  }

  @Test func batchesAreAnArrayOfStepsRowsAndTokens() throws {
    let folder = TemporaryFolder()
    let items = (0..<8).map { item in (0..<3).map { UInt32(item * 100 + $0) } }
    let order = try RunOrder(preshuffled: folder.dataset(items: items), sequenceLength: 2)
    try order.writeBatches(steps: 1..<3, batchSize: 2, to: folder.file("b.npy"))
    let file = try NPYFile(folder.file("b.npy"))
    #expect(file.shape == [2, 2, 3])
    #expect(file.element == .uint16)
    #expect(
      (0..<12).map { UInt32(file.bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) }
        == items[2..<6].flatMap { $0 })
  }

  @Test func stepsOutsideTheDataSayWhatTheRangeIs() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [Int](repeating: 3, count: 9))
    let whole = try RunOrder(preshuffled: dataset, sequenceLength: 2)
    for steps in [0..<5, 4..<5, -1..<1, 2..<2, 0..<Int.max, Int.max - 1..<Int.max] {
      let failure = #expect(throws: OrderFailure.self) {
        try whole.writeBatches(steps: steps, batchSize: 2, to: folder.file("b.npy"))
      }
      #expect(failure?.reason.contains("0..<4") == true)
    }
    let window = try RunOrder(preshuffled: dataset, sequenceLength: 2, window: 3..<8)
    #expect(throws: OrderFailure.self) { try window.writeBatches(steps: 1..<3, batchSize: 2, to: folder.file("b.npy")) }
    try window.writeBatches(steps: 2..<4, batchSize: 2, to: folder.file("b.npy"))
    #expect(throws: OrderFailure.self) { try whole.writeBatches(steps: 0..<1, batchSize: 0, to: folder.file("c.npy")) }
    #expect(!folder.names.contains { $0.hasPrefix("c") || $0.hasSuffix(".partial") })
  }
}
