import Statistics
import TestSupport
import Testing

@Suite struct ProportionTests {
  @Test func `the standard error has n - 1`() {
    #expect(isClose(Proportion(180, of: 320).standardError, (0.5625 * 0.4375 / 319).squareRoot()))
    #expect(Proportion([true, false, true, false]).value == 0.5)
    #expect(Proportion(1, of: 1).standardError.isNaN)
  }

  @Test(
    "Wilson's interval is statsmodels'",
    arguments: [
      (0, 10, 0.0, 0.27753279986288926), (10, 10, 0.7224672001371106, 1.0),
      (185, 320, 0.5234023799026981, 0.6309941577799096), (1, 3, 0.06149194472039626, 0.7923403991979523),
      (986, 1677, 0.5642224169617777, 0.6112849150664178),
    ])
  func wilson(successes: Int, count: Int, lower: Double, upper: Double) {
    let interval = Proportion(successes, of: count).wilson()
    #expect(isClose(interval.lower, lower) && isClose(interval.upper, upper))
  }

  @Test(
    "two proportions compare as in statsmodels",
    arguments: [
      ([180, 320, 185, 320], [0.3992521028047597, 0.6897074555430438, -0.06076051252923696, 0.09175365016891697]),
      ([3, 20, 11, 25], [2.0880668192073393, 0.03679180763496933, 0.017375521680562722, 0.5030174970060237]),
      ([0, 10, 7, 12], [2.9249881291307074, 0.0034446936330652616, 0.20041491689169277, 0.8067396863412435]),
    ])
  func difference(counts: [Int], expected: [Double]) {
    let difference = ProportionDifference(
      from: Proportion(counts[0], of: counts[1]), to: Proportion(counts[2], of: counts[3]))
    let interval = difference.interval()
    #expect(isClose(difference.z, expected[0]) && isClose(difference.pValue, expected[1], 1e-9))
    #expect(isClose(interval.lower, expected[2]) && isClose(interval.upper, expected[3]))
  }

  @Test func `all alike is no difference`() {
    let difference = ProportionDifference(from: Proportion(5, of: 5), to: Proportion(9, of: 9))
    #expect(difference.z == 0 && difference.pValue == 1)
  }

  @Test func `an interval holds its share and stays within 0 and 1`() {
    for count in 1...60 {
      for successes in 0...count {
        let proportion = Proportion(successes, of: count)
        let interval = proportion.wilson()
        #expect(interval.contains(proportion.value) && interval.lower >= 0 && interval.upper <= 1)
      }
    }
  }

  @Test func `Wilson's interval covers as often as it says`() {
    var random = SeededGenerator(seed: 5)
    let covered = (0..<4000).count { _ in
      Proportion((0..<80).map { _ in Double.random(in: 0..<1, using: &random) < 0.6 }).wilson().contains(0.6)
    }
    #expect((0.93...0.975).contains(Double(covered) / 4000))
  }

  @Test func `a difference of published figures adds their errors in squares`() {
    let difference = Estimate(0.111, standardError: 0.03).minus(Estimate(0.073, standardError: 0.04))
    #expect(isClose(difference.standardError, 0.05) && isClose(difference.value, 0.038, 1e-9))
    #expect(isClose(difference.pValue, NormalDistribution.twoSided(0.76), 1e-9))
    #expect(isClose(difference.interval().upper, 0.038 + 1.9599639845400545 * 0.05, 1e-9))
    #expect(Estimate(0, standardError: 0).pValue == 1)
  }
}
