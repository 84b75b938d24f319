import Foundation
import Testing
import TestSupport
import TokenDataset

@testable import TrainingOrder

struct BlendTests {
  @Test(arguments: [[0.6, 0.15, 0.25], [1], [1, 1], [3, 2, 1], [0.1, 0.2, 0.7], [5, 0, 1], [0.3, 0.3, 0.4]])
  func takesFromTheSetThatIsFurthestBehind(weights: [Double]) throws {
    var blend = try Blend(weights: weights)
    for expected in slowBlend(weights, count: 3000) {
      let next = blend.next()
      #expect(next == expected)
    }
  }

  @Test func aWindowKnowsWhatTheStreamKnows() throws {
    let weights = [0.6, 0.15, 0.25]
    let whole = slowBlend(weights, count: 5000)
    for range in [0..<5000, 0..<1, 1..<2, 1023..<1025, 1024..<3000, 4000..<4000, 777..<3333] {
      let window = try BlendWindow(weights: weights, range: range)
      for position in range { #expect(window.location(position) == whole[position]) }
      for set in 0..<3 {
        #expect(whole[range].allSatisfy { $0.0 != set || window.places[set].contains($0.1) })
        #expect(window.places[set].count == whole[range].count { $0.0 == set })
      }
    }
  }

  @Test func samplesNeededHaveHalfAPercentInReserve() throws {
    #expect(try Blend.samplesNeeded(total: 146_432_000, weights: [1]) == [147_164_160])
    #expect(try Blend.samplesNeeded(total: 88, weights: [0.6, 0.15, 0.25]) == [54, 14, 23])
    #expect(try Blend.samplesNeeded(total: 88, weights: [60, 15, 25]) == [54, 14, 23])
    #expect(try Blend.samplesNeeded(total: 0, weights: [1]) == [0])
  }

  @Test func weightsThatMakeNoBlendAreErrors() {
    for weights in [[], [0], [-1, 2], [.nan], [.infinity], [1, .nan], [Double](repeating: 1, count: 255)] {
      #expect(throws: OrderFailure.self) { try Blend(weights: weights) }
    }
    #expect(throws: OrderFailure.self) { try Blend.samplesNeeded(total: .max, weights: [1]) }
  }

  @Test func manyEqualSetsTakeTurns() throws {
    for count in [7, 8, 9, 16, 23, 129, 254] {
      var blend = try Blend(weights: [Double](repeating: 0.1, count: count))
      let drawn = (0..<count).map { _ in blend.next() }
      #expect(Set(drawn.map(\.dataset)).count == count)
      #expect(abs(blend.weights.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test func aBlendedRunReadsEachSetInItsOwnOrder() throws {
    let folder = TemporaryFolder()
    let sets = [
      try folder.dataset("a", sizes: (0..<60).map { $0 % 20 }),
      try folder.dataset("b", sizes: [90, 3, 0, 41], first: 100_000),
    ]
    let weights = [0.7, 0.3]
    let run = try TrainingRun(trainIterations: 10, batchSize: 6, sequenceLength: 8, seed: 5)
    let order = try RunOrder(run: run, sources: Array(zip(sets, weights)))
    let needed = try Blend.samplesNeeded(total: 60, weights: weights)
    let single = try zip(sets, needed).map { set, samples in
      let plan = try IndexMapPlan(set, samples: samples, sequenceLength: 8, seed: 5)
      return try RunOrder([(dataset: set, maps: try IndexMaps(plan, set), weight: 1)])
    }
    let blend = slowBlend(weights, count: 60)
    for q in 0..<60 { #expect(try order.ids(q) == single[blend[q].0].ids(blend[q].1)) }
    let window = try RunOrder(run: run, sources: Array(zip(sets, weights)), window: 31..<47)
    for q in 31..<47 { #expect(try window.ids(q) == order.ids(q)) }
    #expect(throws: OrderFailure.self) { try window.ids(30) }
    #expect(throws: OrderFailure.self) { try window.ids(47) }
  }

  @Test func setsThatDoNotAgreeAreRefused() throws {
    let folder = TemporaryFolder()
    let run = try TrainingRun(trainIterations: 1, batchSize: 2, sequenceLength: 2)
    let sets = [try folder.dataset("a", sizes: [9]), try folder.dataset("b", items: [[1, 2, 3, 4, 5, 6]])]
    let failure = #expect(throws: OrderFailure.self) {
      try RunOrder(run: run, sources: sets.map { (dataset: $0, weight: 1) })
    }
    #expect(failure?.reason.contains("uint16") == true)
  }
}
