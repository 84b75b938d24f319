import ByteIO
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

/// First, second, third exposures, against a counter for every token.
struct ExposureTests {
  private struct Counter {
    var inRange: [Int] = []
    var byEnd: [Int] = []

    /// Tokens are all different, so that a token is its own name.
    init(_ order: RunOrder, _ sets: [TokenDataset], _ range: Range<Int>) throws {
      var seen: [UInt32: Int] = [:]
      for q in 0..<range.upperBound {
        for token in try order.ids(q).dropFirst() {
          if range.contains(q) { Self.add(&inRange, seen[token, default: 0]) }
          seen[token, default: 0] += 1
        }
      }
      for set in sets {
        for item in 0..<set.itemCount {
          for token in try set.tokens(of: item) { Self.add(&byEnd, seen[token, default: 0]) }
        }
      }
    }

    private static func add(_ counts: inout [Int], _ place: Int) {
      while counts.count <= place { counts.append(0) }
      counts[place] += 1
    }
  }

  @Test(arguments: 0..<40) func equalsACounterForEveryToken(round: Int) throws {
    var random = SplitMix(state: UInt64(round))
    let folder = TemporaryFolder()
    let length = Int.random(in: 1...9, using: &random)
    let sets = try (0..<Int.random(in: 1...2, using: &random)).map { number in
      let sizes = [length + 2] + (0..<12).map { _ in Int.random(in: 0...4 * length, using: &random) }
      return try folder.dataset("data\(number)", sizes: sizes, first: UInt32(number * 10_000))
    }
    let run = try TrainingRun(
      trainIterations: Int.random(in: 1...60, using: &random), batchSize: 2, sequenceLength: length,
      seed: UInt32(round))
    let order = try RunOrder(run: run, sources: sets.map { (dataset: $0, weight: 1) })
    let low = Int.random(in: 0...order.positions.count, using: &random)
    for range in [order.positions, low..<order.positions.upperBound, 0..<low, low / 2..<low] {
      let expected = try Counter(order, sets, range)
      for atOnce in [1, 7, 1 << 20] {
        let counted = try order.exposures(in: range, spansAtOnce: atOnce)
        #expect(counted.inRange == expected.inRange)
        #expect(counted.byEnd == expected.byEnd)
      }
    }
  }

  @Test func aStepShowsItsBatchTimesItsLength() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [40, 0, 60])
    let run = try TrainingRun(trainIterations: 12, batchSize: 2, sequenceLength: 4)
    let order = try RunOrder(run: run, sources: [(dataset, 1)])
    #expect(try order.exposures(in: 8..<16).inRange.reduce(0, +) == 32)
    #expect(try order.exposures(in: 8..<16).byEnd.reduce(0, +) == 100)
    #expect(throws: OrderFailure.self) { try order.exposures(in: 8..<1000) }
  }

  @Test func whatHasNoDocumentsIsRefused() throws {
    let folder = TemporaryFolder()
    let dataset = try folder.dataset(sizes: [5, 5, 5])
    let order = try RunOrder(preshuffled: dataset, sequenceLength: 4)
    #expect(throws: OrderFailure.self) { try order.exposures(in: 0..<2) }
  }

  /// Two epochs cut where 143,000 steps of 1024 · 2048 tokens cut two of 207 G: 7.6 % never, 40.0 % once, 52.4 % twice.
  /// The same sizes, fewer of them; all of them with TIRESIAS_BIG=1.
  @Test(.enabled(if: Goldens.isThere), arguments: BigFormulaTests.cases.filter { $0.ndocs != 5_000_000 })
  func twoEpochsCutAsPythiasShowTheirTokensAsPublished(vector: BigFormulaTests.Case) throws {
    let folder = TemporaryFolder()
    let dataset = try BigFormulaTests.dataset(vector, folder)
    let isWhole = vector.num_epochs == 2
    let steps = isWhole ? 146_432_000 : Int(Double(vector.tokens_per_epoch) * 1.4475 / Double(vector.seq_length))
    let samples = isWhole ? vector.num_samples : steps
    let plan = try IndexMapPlan(
      dataset, samples: samples, sequenceLength: vector.seq_length, seed: vector.seed)
    #expect(plan.epochs == 2)
    let order = try RunOrder([(dataset: dataset, plan: plan, weight: 1)])
    let counted = try order.exposures(in: 0..<steps)
    let shares = counted.byEnd.map { 100 * Double($0) / Double(dataset.tokenCount) }
    for (share, published) in zip(shares, [7.6, 40.0, 52.4]) {
      #expect(abs(share - published) < (isWhole ? 0.05 : 0.7), "\(shares)")
    }
    #expect(counted.byEnd.count == 3)
    #expect(counted.inRange.reduce(0, +) == steps * vector.seq_length)
  }
}
