import Intervention
import Testing

@testable import Pipeline

@Suite struct WindowEstimateTests {
  @Test func theMarginShrinksWithTheRootOfTheSample() {
    func estimate(_ sequences: Int) -> ShareEstimate {
      var estimate = ShareEstimate()
      for number in 0..<sequences {
        var counts = PronounCounts()
        counts.counts[number % 4 == 0 ? 4 : 0] = 10
        estimate.add(counts)
      }
      return estimate
    }
    #expect(estimate(400).share == 0.75)
    // A quarter of sequences all feminine: 1.96 · √(0.75 · 0.25 / 400).
    #expect(abs(estimate(400).margin - 0.0425) < 0.0005)
    #expect(abs(estimate(1600).margin * 2 - estimate(400).margin) < 0.0005)
    #expect(ShareEstimate().share == nil && ShareEstimate().margin == 0)
  }
}
