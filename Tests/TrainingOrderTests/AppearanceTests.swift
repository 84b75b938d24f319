import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// From documents to the steps that show them, against a walk over every sample.
struct AppearanceTests {
  /// Everything that positions show of some documents, found by reading all of them.
  private func slowly(_ order: RunOrder, _ set: Int, _ items: [Int], _ range: Range<Int>) throws -> [Appearance] {
    try range.flatMap { q in
      try order.appearances(at: q).filter { $0.dataset == set && items.contains($0.span.item) }
    }
  }

  private func found(_ order: RunOrder, _ set: Int, _ items: [Int], _ range: Range<Int>) throws -> [Appearance] {
    var all: [Appearance] = []
    try order.forEachAppearance(ofItems: items, dataset: set, in: range) { all.append($0) }
    return all
  }

  @Test(arguments: 0..<40) func findsWhatAWalkOverAllSamplesFinds(round: Int) throws {
    var random = SplitMix(state: UInt64(round))
    let folder = TemporaryFolder()
    let length = Int.random(in: 1...12, using: &random)
    let sets = try (0..<Int.random(in: 1...3, using: &random)).map { number in
      let sizes = [length + 2] + (0..<9).map { _ in Int.random(in: 0...3 * length, using: &random) }
      return (dataset: try folder.dataset("data\(number)", sizes: sizes), weight: Double(number + 1))
    }
    let run = try TrainingRun(
      trainIterations: Int.random(in: 1...40, using: &random), batchSize: 3, sequenceLength: length,
      seed: UInt32(round))
    let order = try RunOrder(run: run, sources: sets)
    let low = Int.random(in: 0...order.positions.count / 2, using: &random)
    for range in [order.positions, low..<order.positions.upperBound] {
      for set in sets.indices {
        let items = (0..<3).map { _ in Int.random(in: 0..<10, using: &random) }
        #expect(try found(order, set, items, range) == slowly(order, set, items, range))
      }
    }
    #expect(throws: OrderFailure.self) { try found(order, 0, [10], order.positions) }
    #expect(throws: OrderFailure.self) { try found(order, 0, [0], 0..<order.positions.count + 1) }
  }

  @Test func appearancesOfAPositionAreItsTokens() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [3, 0, 9, 4])
    let run = try TrainingRun(trainIterations: 4, batchSize: 2, sequenceLength: 5)
    let order = try RunOrder(run: run, sources: [(dataset, 1)])
    for q in order.positions {
      var tokens: [UInt32] = []
      for part in try order.appearances(at: q) {
        #expect(part.place == tokens.count)
        tokens += try dataset.tokens(of: part.span.item)[part.span.offset..<part.span.offset + part.span.count]
      }
      #expect(try tokens == order.ids(q))
    }
  }

  @Test func aWindowAndAPreshuffledSetAreSearchedToo() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [Int](repeating: 7, count: 30))
    let run = try TrainingRun(trainIterations: 20, batchSize: 2, sequenceLength: 3)
    let whole = try RunOrder(run: run, sources: [(dataset, 1)])
    let window = try RunOrder(run: run, sources: [(dataset, 1)], window: 6..<14)
    for item in 0..<30 {
      #expect(try found(window, 0, [item], 6..<14) == slowly(whole, 0, [item], 6..<14))
    }
    let plain = try RunOrder(preshuffled: dataset, sequenceLength: 6)
    #expect(try found(plain, 0, [4], 0..<30).map(\.position) == [4])
  }

  @Test(.enabled(if: Goldens.isThere), arguments: Goldens.cases, IndexMapNaming.allCases)
  func goldenBatchesHoldTheDocumentWhereItIsFound(name: String, naming: IndexMapNaming) throws {
    let path = Goldens.path(name, naming)
    let parameters = try Goldens.parameters(path)
    let numbers = parameters.case
    guard numbers.split == nil, numbers.replay != true else { return }
    let batches = try NPYFile(path + "/batches.npy")
    let sets = try parameters.prefixes.map { prefix in
      try TokenDataset(prefix: path + "/" + String(prefix.split(separator: "/").last ?? ""))
    }
    let weights = numbers.weights ?? [1]
    let order = try RunOrder(
      run: Goldens.run(parameters), sources: zip(sets, weights).map { (dataset: $0, weight: $1) })
    let range = 0..<batches.shape[0] * batches.shape[1]
    var covered = 0
    for (set, dataset) in sets.enumerated() {
      for item in 0..<dataset.itemCount {
        let tokens = try dataset.tokens(of: item)
        try order.forEachAppearance(ofItems: [item], dataset: set, in: range) { part in
          covered += part.span.count
          for index in 0..<part.span.count {
            let place = part.position * batches.shape[2] + part.place + index
            let seen = batches.bytes.loadUnaligned(fromByteOffset: 8 * place, as: Int64.self)
            #expect(seen == Int64(tokens[part.span.offset + index]))
          }
        }
      }
    }
    #expect(covered == batches.count)
  }
}
