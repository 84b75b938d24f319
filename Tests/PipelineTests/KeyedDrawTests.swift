import Testing

@testable import Pipeline

@Suite struct KeyedDrawTests {
  @Test func sequencesAreSpreadOverTheWindowAndALongerDrawBeginsWithAShorterOne() {
    let chosen = KeyedDraw.of(100, from: 5000..<15000)
    #expect(chosen.count == 100 && Set(chosen).count == 100)
    #expect(chosen.allSatisfy { (5000..<15000).contains($0) })
    for tenth in 0..<10 {
      #expect((1...25).contains(chosen.count { (5000 + tenth * 1000..<6000 + tenth * 1000).contains($0) }))
    }
    #expect(KeyedDraw.of(30, from: 5000..<15000) == Array(chosen.prefix(30)))
    #expect(KeyedDraw.of(100, from: 3..<9).sorted() == Array(3..<9))
    #expect(KeyedDraw.of(0, from: 3..<9).isEmpty)
  }
}
