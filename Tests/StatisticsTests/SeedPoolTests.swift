import TestSupport
import Testing

@testable import Statistics

@Suite struct SeedPoolTests {
  /// value(k, i) = seed + item + rest, each normal with its spread.
  static func draw(
    _ seeds: Int, _ items: Int, _ spreads: (Double, Double, Double), _ random: inout SeededGenerator
  ) -> [ClusteredValues] {
    func normal() -> Double { NormalDistribution.quantile(Double.random(in: 1e-9..<1, using: &random)) }
    let ofItems = (0..<items).map { _ in spreads.1 * normal() }
    return (0..<seeds).map { _ in
      let seed = spreads.0 * normal()
      return ClusteredValues(ofItems.map { seed + $0 + spreads.2 * normal() })
    }
  }

  @Test(
    "intervals hold the truth as often as they say, whatever varies",
    arguments: [(0.0, 0.0, 1.0), (0, 1, 1), (0.3, 0.3, 1), (1, 0, 0.1)])
  func coverage(spreads: (Double, Double, Double)) {
    var random = SeededGenerator(seed: 7)
    for seeds in [3, 5] {
      let held = (0..<150).count { _ in SeedPool(Self.draw(seeds, 30, spreads, &random)).interval().contains(0) }
      #expect(held >= 134, "\(held) of 150")
    }
  }

  @Test func `where only seeds differ it is Student's t over their means`() {
    let seeds = [0.1, 0.4, 0.2].map { ClusteredValues([Double](repeating: $0, count: 50)) }
    let pool = SeedPool(seeds)
    let means = ClusteredValues([0.1, 0.4, 0.2])
    #expect(abs(pool.freedom - 2) < 1e-9 && abs(pool.pValue - MeanTest.student(means)) < 1e-9)
    #expect(
      abs(pool.interval().upper - (0.7 / 3 + 4.302652729911275 * Estimate(meanOf: [0.1, 0.4, 0.2]).standardError))
        < 1e-9)
  }

  @Test func `where seeds are equal it is that of the items, in their clusters`() {
    let values = ClusteredValues([1, 0, 0, 1, 1, 0, 1, 0.5], clusters: [0, 0, 1, 1, 2, 2, 3, 3])
    let pool = SeedPool([values, values, values])
    let means = Estimate(meanOf: [0.5, 0.5, 0.5, 0.75])
    #expect(abs(pool.mean - means.value) < 1e-12 && abs(pool.standardError - means.standardError) < 1e-12)
    #expect(abs(pool.freedom - 3) < 1e-9)
  }

  @Test func `one seed, or one item, says nothing of the error`() {
    #expect(SeedPool([ClusteredValues([1, 2])]).standardError.isNaN)
    #expect(SeedPool([ClusteredValues([1]), ClusteredValues([2])]).pValue.isNaN)
    #expect(SeedPool(means: [1], standardErrors: [1]).interval().lower.isNaN)
  }

  @Test func `no difference anywhere is no evidence, and the same everywhere is certain`() {
    let zero = SeedPool([[0, 0, 0], [0, 0, 0]].map { ClusteredValues($0) })
    #expect(zero.pValue == 1 && zero.interval() == Interval(0, 0))
    #expect(SeedPool([[1, 1], [1, 1]].map { ClusteredValues($0) }).pValue == 0)
  }

  @Test func `critical values are those of the tables`() {
    for (freedom, value) in [(1.0, 12.706204736), (2, 4.302652730), (9.5, 2.244137461), (.infinity, 1.959963985)] {
      #expect(abs(StudentDistribution.critical(0.05, freedom: freedom) - value) < 1e-5 * value, "\(freedom)")
    }
    #expect(
      StudentDistribution.critical(0, freedom: 3) == .infinity && StudentDistribution.critical(1, freedom: 3) < 1e-6)
  }
}
