import Statistics
import TestSupport
import Testing

@Suite struct DetectableDifferenceTests {
  let detectable = DetectableDifference()

  @Test("320 paired items show", arguments: [(0.05, 3.5), (0.10, 4.9), (0.20, 7.0)])
  func paired(discordance: Double, points: Double) throws {
    let difference = try #require(detectable.paired(count: 320, discordance: discordance))
    #expect((difference * 1000).rounded() / 10 == points)
  }

  @Test func `320 items an arm, unpaired, show 10.8 points`() throws {
    let difference = try #require(detectable.unpaired(count: 320, proportion: 0.6))
    #expect((difference * 1000).rounded() / 10 == 10.8)
  }

  @Test func `what no data could show is nil`() {
    #expect(detectable.paired(count: 5, discordance: 0.05) == nil)
    #expect(detectable.paired(count: 0, discordance: 0.5) == nil)
    #expect(detectable.unpaired(count: 3, proportion: 0.99) == nil)
  }

  @Test func `a difference of that size is found four times in five`() throws {
    var random = SeededGenerator(seed: 21)
    let (n, discordance) = (640, 0.2)
    let difference = try #require(detectable.paired(count: n, discordance: discordance))
    let found = (0..<3000).count { _ in
      var (b, c) = (0, 0)
      for _ in 0..<n {
        let u = Double.random(in: 0..<1, using: &random)
        if u < (discordance - difference) / 2 { b += 1 } else if u < discordance { c += 1 }
      }
      // The formula is that of the test without continuity correction.
      return Double((c - b) * (c - b)) / Double(b + c) > 3.841458820694124
    }
    #expect((0.77...0.83).contains(Double(found) / 3000))
  }
}
