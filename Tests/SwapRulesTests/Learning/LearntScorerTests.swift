import TestSupport
import Testing

@testable import SwapRules

@Suite struct LearntScorerTests {
  private func pack(_ table: String) throws -> RulePack {
    let text = lexicon(
      """
        - id: her
          from: her
          choose: [{id: learnt, table: t.tsv, threshold: 0, to: him}, {id: default, to: his}]
      """)
    return try SwapRulesTests.pack(text, files: ["t.tsv": table])
  }

  private func margins(_ text: String, _ pack: RulePack) throws -> [Int] {
    let matcher = try Matcher(pack)
    return try Array(text.utf8).withUnsafeBufferPointer { bytes in
      let segment = SegmentText(bytes)
      return try pack.decide(bytes).compactMap {
        matcher.explanation(of: $0, in: segment).trials[0].margin?.thousandths
      }
    }
  }

  @Test func marginsAreThoseOfASlowTwin() throws {
    let table = try rulesFile("tables/her-object.tsv")
    let (pack, twin) = (try pack(table), SlowScorer(table))
    let vocabulary =
      "gave saw made of to the a his and but she I you standing badly home right back mother friends happy kindness Mary "
      + "old 12 2nd Saw Walking NATO don't they'd dog's running red is was very so own let go told said at when . , ? family"
    let words = vocabulary.split(separator: " ").map { String($0) }
    var random = SeededGenerator(seed: 5)
    var isPositive = [false: 0, true: 0]
    for _ in 0..<60 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let word = Int.random(in: 0..<4, using: &random) == 0 ? "her" : words.randomElement(using: &random) ?? ""
        text += (text.isEmpty || ".,?".contains(word) ? "" : " ") + word
      }
      let expected = twin.margins(text)
      #expect(try margins(text, pack) == expected, "\(text)")
      for margin in expected { isPositive[margin > 0, default: 0] += 1 }
    }
    #expect(isPositive.values.allSatisfy { $0 > 10 }, "\(isPositive)")
  }

  @Test func theShippedTableIsWrittenAsItIsRead() throws {
    let bytes = Array(try rulesFile("tables/her-object.tsv").utf8)
    let table = try LearntTableParser.parse(bytes, file: "t.tsv")
    #expect(table.bytes == bytes)
    #expect(table.weights.count <= 3000)
    #expect(table.weights.allSatisfy { $0.weight.thousandths % 50 == 0 && $0.weight.thousandths != 0 })
  }

  @Test func templatesWithFewerPartsAreNotMistakenForOthers() throws {
    let table = """
      # tiresias learnt table 1
      bias\t0
      weight\tnext.word+next2.word+next3.word=a a a\t4
      weight\tnext.word+next2.word=a a\t2
      weight\tnext.word=a\t1
      weight\tprev.word=a\t8

      """
    let pack = try pack(table)
    #expect(try margins("her a", pack) == [1000])
    #expect(try margins("her a a", pack) == [3000])
    #expect(try margins("a her a a a", pack) == [15_000])
    #expect(try margins("her, a a", pack) == [0])
  }

  @Test(arguments: [("0", 0), ("-0.35", -350), ("12.5", 12_500), ("999", 999_000), ("0.05", 50), ("-3", -3000)])
  func logOddsAreExactDecimals(text: String, thousandths: Int32) throws {
    let value = try #require(LogOdds(text))
    #expect(value.thousandths == thousandths)
    #expect("\(value)" == text)
  }

  @Test(arguments: ["", "-", ".5", "1.", "1.2345", "1000", "--1", "1,5", "0x1", " 1", "1 ", "١"])
  func whatIsNoDecimalIsRefused(text: String) {
    #expect(LogOdds(text) == nil)
  }
}
