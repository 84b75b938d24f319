import Statistics
import TestSupport
import Testing

@Suite struct HolmTests {
  @Test(
    "adjusted values are statsmodels'",
    arguments: [
      ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]), ([0.2, 0.2, 0.01], [0.4, 0.4, 0.03]),
      ([0.9, 0.8, 0.7], [1, 1, 1]), ([0.001, 0.5, 0.04, 0.04, 0.013, 0.2], [0.006, 0.5, 0.16, 0.16, 0.065, 0.4]),
      ([], []),
    ])
  func adjusted(pValues: [Double], expected: [Double]) {
    let adjusted = Holm.adjusted(pValues)
    #expect(adjusted.count == expected.count && zip(adjusted, expected).allSatisfy { isClose($0, $1) })
  }

  @Test func `adjusted values keep the order, are never below p, never above Bonferroni`() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<300 {
      let pValues = (0..<Int.random(in: 1...12, using: &random)).map { _ in Double.random(in: 0...1, using: &random) }
      let adjusted = Holm.adjusted(pValues)
      for (i, p) in pValues.enumerated() {
        #expect(p <= adjusted[i] && adjusted[i] <= min(1, p * Double(pValues.count)))
        for (j, q) in pValues.enumerated() where p <= q { #expect(adjusted[i] <= adjusted[j]) }
      }
    }
  }
}
