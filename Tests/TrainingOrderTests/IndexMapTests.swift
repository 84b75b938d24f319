import Foundation
import Testing
import TestSupport
import TokenDataset

@testable import TrainingOrder

struct IndexMapTests {
  /// Lengths of all kinds: empty documents, single tokens, some that end exactly where a sample does.
  static func sizes(_ random: inout SplitMix, length: Int) -> [Int] {
    let kinds = [0, 1, 1, length, length + 1, 2 * length, 2 * length + 1, Int(random.next() % 200)]
    let sizes = (0..<Int(random.next() % 60 + 1)).map { _ in kinds.randomElement(using: &random)! }
    return sizes.reduce(0, +) == 0 ? sizes + [1] : sizes
  }

  @Test(arguments: 0..<60) func equalsTheSlowTwin(round: Int) throws {
    var random = SplitMix(state: UInt64(round))
    let length = [1, 2, 7, 16, 64].randomElement(using: &random)!
    let sizes = Self.sizes(&random, length: length)
    let seed = [UInt32(0), 1234, .max, UInt32(truncatingIfNeeded: random.next())].randomElement(using: &random)!
    let samples = Int(random.next() % 120)
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: sizes)
    let low = Int(random.next() % UInt64(sizes.count))
    let documents = sizes[low...].reduce(0, +) > 0 ? low..<sizes.count : 0..<sizes.count
    let twin = SlowTwin(sizes: sizes, documents: documents, samples: samples, length: length, seed: seed)
    let plan = try IndexMapPlan(dataset, documents: documents, samples: samples, sequenceLength: length, seed: seed)
    #expect(plan.epochs == twin.epochs)
    let maps = try IndexMaps(plan, dataset)
    #expect((0..<maps.documents.count).map { maps.documents[$0] } == twin.documents)
    #expect((0..<maps.samples.count).map { maps.samples[$0] } == twin.rows.flatMap { [$0.position, $0.offset] })
    #expect((0..<maps.shuffle.count).map { maps.shuffle[$0] } == twin.shuffle)
    try maps.check(dataset)
  }

  @Test(arguments: 0..<10) func spansJoinToTheTokensOfTheShuffledDocuments(round: Int) throws {
    var random = SplitMix(state: UInt64(round + 1000))
    let length = Int(random.next() % 30 + 1)
    let items = Self.sizes(&random, length: length).map { size in
      (0..<size).map { _ in UInt32(random.next() % 60_000) }
    }
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(items: items)
    let twin = SlowTwin(sizes: items.map(\.count), documents: 0..<items.count, samples: 40, length: length, seed: 3)
    let plan = try IndexMapPlan(dataset, samples: 40, sequenceLength: length, seed: 3)
    let order = try RunOrder([(dataset: dataset, maps: try IndexMaps(plan, dataset), weight: 1)])
    #expect(order.positions == 0..<twin.shuffle.count - 1, "the last sample is never read")
    for q in order.positions {
      let expected = twin.tokens(row: twin.shuffle[q], items, length: length)
      var tokens = [UInt32](repeating: 0, count: length + 1)
      try order.copyTokens(ofSequence: q, into: &tokens)
      #expect(tokens == expected)
      #expect(try order.ids(q) == expected)
      try order.forEachSpan(ofSequence: q) { set, span in #expect(set == 0 && span.count > 0) }
    }
  }

  @Test func filesAndMemoryHoldTheSame() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: (0..<500).map { $0 % 37 })
    for naming in IndexMapNaming.allCases {
      let plan = try IndexMapPlan(dataset, samples: 900, sequenceLength: 16, seed: 7)
      let names = IndexMapNames(
        prefix: dataset.prefix, name: "train_0", samples: 900, sequenceLength: 16, seed: 7, naming: naming)
      try IndexMaps.write(plan, dataset, to: names)
      let (written, built) = (try IndexMaps(names), try IndexMaps(plan, dataset, naming: naming))
      #expect(written.documents.bytes.elementsEqual(built.documents.bytes))
      #expect(written.samples.bytes.elementsEqual(built.samples.bytes))
      #expect(written.shuffle.bytes.elementsEqual(built.shuffle.bytes))
    }
    #expect(folder.names.filter { $0.hasSuffix(".npy") }.count == 6)
  }

  @Test(arguments: 0..<20) func aWindowHoldsWhatTheWholeHolds(round: Int) throws {
    var random = SplitMix(state: UInt64(round + 2000))
    let length = [1, 5, 16].randomElement(using: &random)!
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: Self.sizes(&random, length: length) + [200])
    let plan = try IndexMapPlan(dataset, samples: 300, sequenceLength: length, seed: 9)
    let whole = try IndexMaps(plan, dataset)
    let low = Int(random.next() % 300)
    for places in [low..<low, low..<low + 1, 0..<plan.sampleCount, low..<min(low + 60, plan.sampleCount)] {
      let window = try WindowMaps(plan, dataset, places: places)
      #expect(window.length == whole.length)
      for place in places {
        let row = try window.row(atPlace: place)
        #expect(try row == whole.row(atPlace: place))
        #expect(try window.bounds(ofRow: row) == whole.bounds(ofRow: row))
      }
      #expect(throws: OrderFailure.self) { try window.row(atPlace: places.upperBound) }
      #expect(throws: OrderFailure.self) { try window.row(atPlace: places.lowerBound - 1) }
    }
    let window = try WindowMaps(plan, dataset, places: 0..<1)
    let other = try whole.row(atPlace: 7)
    let kept = try window.row(atPlace: 0)
    if ![kept, kept + 1].contains(other) {
      #expect(throws: OrderFailure.self) { try window.bounds(ofRow: other) }
    }
    #expect(throws: OrderFailure.self) { try WindowMaps(plan, dataset, places: 0..<plan.sampleCount + 1) }
  }

  @Test func fileNamesAreGPTNeoXs() {
    func names(_ naming: IndexMapNaming) -> [String] {
      IndexMapNames(
        prefix: "d/pile_0.87_deduped_text_document", name: "train_0", samples: 147_164_160, sequenceLength: 2048,
        seed: 1234, naming: naming
      ).all
    }
    #expect(
      names(.v1)[0] == "d/pile_0.87_deduped_text_document_train_0_indexmap_147164160ns_2048sl_1234s_doc_idx.npy")
    #expect(names(.current)[2].hasSuffix("_indexmap_147164160ns_2048sl_1234s_packedpi_ac_shuffle_idx.npy"))
  }

  @Test func typesAreThoseOfTheVersion() throws {
    // 2 · ((e·T − 1) / L + 1) below 2³¹ − 1, by float division.
    func plan(_ tokens: Int) throws -> IndexMapPlan {
      try IndexMapPlan(tokensPerEpoch: tokens, documents: 0..<10, samples: 1, sequenceLength: 1, seed: 0)
    }
    #expect(try plan(1 << 30 - 1).sampleElement(.current) == .int32)
    #expect(try plan(1 << 30).sampleElement(.current) == .int64)
    #expect(try plan(1 << 40).sampleElement(.v1) == .int32)
    #expect(try plan(1 << 32 - 2).shuffleElement == .uint32)
    #expect(try plan(1 << 32 - 1).shuffleElement == .int64)
  }

  @Test func samplesIn64BitHoldTheSame() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [30, 1, 17, 0, 55])
    let plan = try IndexMapPlan(dataset, samples: 30, sequenceLength: 4, seed: 2)
    let builder = IndexMapBuilder(plan, dataset)
    let order = try builder.documentOrder()
    var (narrow, wide): ([Int32], [Int64]) = ([], [])
    try builder.forEachRows(Int32.self, order) { narrow += Array($0) }
    try builder.forEachRows(Int64.self, order) { wide += Array($0) }
    #expect(narrow.map(Int64.init) == wide)
  }

  @Test func numbersOfThePublishedRuns() throws {
    let plan = try IndexMapPlan(
      tokensPerEpoch: 207_170_414_058, documents: 0..<134_318_121, samples: 147_164_160, sequenceLength: 2048,
      seed: 1234)
    #expect(plan.epochs == 2)
    #expect(plan.sampleCount == 202_314_857)
  }

  @Test func numbersThatCannotBeAreErrors() throws {
    func fails(_ tokens: Int, _ documents: Range<Int>, _ samples: Int, _ length: Int) {
      #expect(throws: OrderFailure.self) {
        try IndexMapPlan(
          tokensPerEpoch: tokens, documents: documents, samples: samples, sequenceLength: length, seed: 0)
      }
    }
    fails(0, 0..<5, 1, 8)
    fails(5, 0..<5, -1, 8)
    fails(5, 0..<5, 1, 0)
    fails(5, 0..<5, Int.max, 8)
    fails(5, 0..<5, Int.max / 8, 8)
    fails(5, 0..<5, 1 << 40, 8)
    fails(1 << 40, 0..<(1 << 31), 1, 8)
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [3, 0])
    #expect(throws: OrderFailure.self) {
      try IndexMapPlan(dataset, documents: 0..<3, samples: 1, sequenceLength: 2, seed: 0)
    }
    let empty = #expect(throws: OrderFailure.self) {
      try IndexMapPlan(dataset, documents: 1..<2, samples: 1, sequenceLength: 2, seed: 0)
    }
    #expect(empty?.place == dataset.prefix)
  }
}
