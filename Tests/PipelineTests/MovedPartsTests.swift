import Testing

@testable import Pipeline

@Suite struct MovedPartsTests {
  private func moved(_ parts: [Range<Int>], _ base: [UInt32], _ arm: [UInt32]) -> [Range<Int>] {
    base.withUnsafeBufferPointer { base in
      arm.withUnsafeBufferPointer { arm in MovedParts.ranges(of: parts, from: base, to: arm) { $0 < 2 } }
    }
  }

  @Test func partsFollowTheirEnds() {
    #expect(moved([0..<3, 3..<6], [5, 6, 0, 7, 8, 9], [5, 0, 7, 8, 9, 4]) == [0..<2, 2..<6])
    #expect(moved([0..<3, 3..<5, 5..<6], [5, 6, 0, 7, 8, 9], [5, 6, 6, 0, 7, 8]) == [0..<4, 4..<6, 6..<6])
  }

  @Test func whatFollowsTheLastEndIsOfNoPart() {
    #expect(moved([0..<3, 3..<6], [5, 6, 0, 7, 8, 9], [5, 0, 7, 8, 0, 4]) == [0..<2, 2..<4])
    #expect(moved([0..<4], [5, 6, 7, 8], [5, 6, 1, 1]) == [0..<2])
  }

  @Test func anEndThatFellOffTakesItsPartAlong() {
    #expect(moved([0..<3, 3..<4], [5, 6, 0, 7], [5, 5, 6, 6]) == [0..<4, 4..<4])
  }
}
