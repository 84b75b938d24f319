import Intervention
import Testing

@testable import Pipeline

@Suite struct WindowEstimateTests {
  @Test func sequencesAreSpreadOverTheWindowAndALargerSampleContainsASmallerOne() {
    let chosen = WindowEstimate.spread(100, over: 5000..<15000)
    #expect(chosen.count == 100 && chosen == chosen.sorted() && Set(chosen).count == 100)
    #expect(chosen.allSatisfy { (5000..<15000).contains($0) })
    for tenth in 0..<10 {
      #expect((1...25).contains(chosen.count { (5000 + tenth * 1000..<6000 + tenth * 1000).contains($0) }))
    }
    #expect(Set(WindowEstimate.spread(30, over: 5000..<15000)).isSubset(of: chosen))
    #expect(WindowEstimate.spread(100, over: 3..<9) == Array(3..<9))
  }

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
