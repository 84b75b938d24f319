import Statistics
import TestSupport
import Testing

@Suite struct MeanTestTests {
  static let values = [0.31, -0.2, 0.75, 1.1, -0.4, 0.05, 0.66, -0.9, 0.42, 0.13]

  @Test func `Student's test and all sign flips are scipy's`() {
    let values = ClusteredValues(Self.values)
    #expect(isClose(MeanTest.student(values), 0.3309208936123046))
    #expect(isClose(MeanTest.signFlip(values), 0.330078125))
    #expect(isClose(Estimate(meanOf: Self.values).standardError, 0.18682612237050794))
  }

  @Test func `drawn sign flips come near all of them`() {
    #expect(abs(MeanTest.signFlip(ClusteredValues(Self.values), draws: 1000) - 0.330078125) < 0.05)
  }

  @Test func `a cluster is one observation`() {
    let doubled = ClusteredValues(
      Self.values.flatMap { [$0, $0] }, clusters: Self.values.indices.flatMap { [$0, $0] })
    #expect(isClose(MeanTest.student(doubled), 0.3309208936123046))
    #expect(isClose(MeanTest.signFlip(doubled), 0.330078125))
  }

  @Test func `nothing but zeros is no evidence, nothing but ones is all there can be`() {
    #expect(MeanTest.student(ClusteredValues([0, 0, 0])) == 1)
    #expect(MeanTest.student(ClusteredValues([1, 1, 1])) == 0)
    #expect(MeanTest.signFlip(ClusteredValues([0, 0, 0])) == 1)
    #expect(MeanTest.signFlip(ClusteredValues([1, 1, 1])) == 0.25)
    #expect(MeanTest.student(ClusteredValues([1])).isNaN)
  }

  @Test func `without an effect, one test in twenty is below 0.05`() {
    var random = SeededGenerator(seed: 13)
    var (student, flips) = (0, 0)
    for round in 0..<1000 {
      let values = ClusteredValues((0..<40).map { _ in Double.random(in: -1...1, using: &random) })
      if MeanTest.student(values) < 0.05 { student += 1 }
      if MeanTest.signFlip(values, draws: 200, seed: UInt64(round)) < 0.05 { flips += 1 }
    }
    #expect((30...72).contains(student) && (28...72).contains(flips))
  }
}
