import Statistics
import TestSupport
import Testing

@Suite struct PairedCountsTests {
  @Test(
    "McNemar's test is statsmodels', exact below 25 discordant items",
    arguments: [
      (0, 0, 1.0), (1, 0, 1.0), (3, 9, 0.14599609375), (12, 12, 1.0), (7, 17, 0.06391465663909912),
      (24, 0, 1.1920928955078125e-07), (8, 17, 0.10959858339911568), (30, 50, 0.03364802587476163),
      (100, 140, 0.01182113783662232), (5, 400, 2.381092296287405e-85),
    ])
  func mcnemar(b: Int, c: Int, pValue: Double) {
    let test = McNemarTest(PairedCounts(both: 10, onlyFirst: b, onlySecond: c, neither: 20))
    #expect(isClose(test.pValue, pValue))
    #expect(test.isExact == (b + c < 25))
  }

  @Test(
    "any count can be tested exactly",
    arguments: [(100, 140, 0.01166409231767769), (5, 400, 2.1709390973631123e-111), (30, 50, 0.03299261842647619)])
  func exact(b: Int, c: Int, pValue: Double) {
    let counts = PairedCounts(both: 0, onlyFirst: b, onlySecond: c, neither: 0)
    #expect(isClose(McNemarTest(counts, exactBelow: .max).pValue, pValue, 1e-9))
  }

  @Test func `with as many one way as the other, p is 1`() {
    let counts = PairedCounts(both: 1, onlyFirst: 40, onlySecond: 40, neither: 1)
    #expect(McNemarTest(counts).pValue == 1)
  }

  @Test func `counts are those of the items, and swapping the arms changes the sign only`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let count = Int.random(in: 1...300, using: &random)
      let first = (0..<count).map { _ in Bool.random(using: &random) }
      let second = first.map { Int.random(in: 0..<5, using: &random) == 0 ? !$0 : $0 }
      let (there, back) = (PairedCounts(from: first, to: second), PairedCounts(from: second, to: first))
      #expect(there.discordant == zip(first, second).count { $0 != $1 })
      #expect(isClose(there.difference, there.second.value - there.first.value, 1e-9))
      #expect(there.difference == -back.difference)
      #expect(McNemarTest(there) == McNemarTest(back))
      #expect(there.interval().lower <= there.interval().upper)
      #expect(isClose(there.interval().lower, -back.interval().upper))
    }
  }

  @Test func `the paired interval covers as often as it says`() {
    var random = SeededGenerator(seed: 3)
    let covered = (0..<3000).count { _ in
      var (b, c) = (0, 0)
      for _ in 0..<320 {
        let u = Double.random(in: 0..<1, using: &random)
        if u < 0.06 { b += 1 } else if u < 0.10 { c += 1 }
      }
      return PairedCounts(both: 160, onlyFirst: b, onlySecond: c, neither: 160 - b - c).interval().contains(-0.02)
    }
    #expect((0.935...0.97).contains(Double(covered) / 3000))
  }
}
