import Testing

@testable import Workbench

@Suite struct KeyedSampleTests {
  private func draw(_ count: Int, of all: Int, seed: UInt64) -> [Int] {
    var sample = KeyedSample<Int>(count: count, seed: seed)
    for number in 0..<all { sample.offer(number / 7, number % 7) { number } }
    #expect(sample.seen == all)
    return sample.elements
  }

  @Test func theSameSeedDrawsTheSameInTheirOrder() {
    let drawn = draw(50, of: 5000, seed: 3)
    #expect(drawn.count == 50 && drawn == drawn.sorted())
    #expect(draw(50, of: 5000, seed: 3) == drawn)
    #expect(draw(50, of: 5000, seed: 4) != drawn)
  }

  @Test func aLargerSampleContainsASmallerOne() {
    #expect(Set(draw(20, of: 900, seed: 1)).isSubset(of: draw(60, of: 900, seed: 1)))
  }

  @Test func fewerThanAskedForAreAll() {
    #expect(draw(50, of: 8, seed: 0) == Array(0..<8))
  }

  @Test func everyPlaceIsDrawnEquallyOften() {
    let counts = (0..<400).reduce(into: [Int](repeating: 0, count: 40)) { counts, seed in
      for number in draw(10, of: 40, seed: UInt64(seed)) { counts[number] += 1 }
    }
    // 100 each are expected; the standard deviation is 8.7.
    #expect(counts.allSatisfy { (60...140).contains($0) })
  }
}
