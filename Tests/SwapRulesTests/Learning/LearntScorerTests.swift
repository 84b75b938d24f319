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

  /// A table of random features: of words, endings and classes, at up to six positions, of up to three parts.
  private func table(_ templates: Int, _ rows: Int, classes: Int, _ random: inout SeededGenerator) -> String {
    let positions = ["prev3", "prev2", "prev", "next", "next2", "next3"]
    let names = (0..<classes).map { "c\($0)" }
    // Most classes are of words that no text has.
    let members = names.enumerated().map { "class\t\($1)\t" + ($0 < 5 ? Self.words[$0] : "unseen\($0)") }
    let values = [
      "word": Self.words + ["rare"], "ending": Self.words.filter { $0.count > 2 }.map { String($0.suffix(3)) },
      "class": names.prefix(6) + ["other", "stop", "end"],
    ]
    var features: [String: Int] = [:]
    for _ in 0..<templates {
      let slots = positions.indices.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)).sorted()
      let aspects = slots.map { _ in ["word", "ending", "class"].randomElement(using: &random) ?? "" }
      let template = zip(slots, aspects).map { positions[$0] + "." + $1 }.joined(separator: "+")
      for _ in 0..<rows {
        let seen = aspects.map { values[$0]?.randomElement(using: &random) ?? "" }.joined(separator: " ")
        features["\(template)=\(seen)"] = Int.random(in: 1...999, using: &random)
      }
    }
    let lines = members + features.map { "weight\t\($0)\t\($1)" } + ["bias\t-7"]
    let sorted = lines.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    return (["# tiresias learnt table 1"] + sorted).map { $0 + "\n" }.joined()
  }

  private static let words = ["to", "the", "gave", "made", "friends", "home", "kindness", "a", "back", "standing"]

  /// Few templates and more than have a bit of their own, matrices of classes and too many classes for one.
  @Test(arguments: [(1, 4), (3, 6), (12, 20), (60, 200)])
  func anyTemplatesAddUp(templates: Int, classes: Int) throws {
    var random = SeededGenerator(seed: UInt64(templates))
    var margins: Set<Int> = []
    for _ in 0..<6 {
      let table = table(templates, 60, classes: classes, &random)
      let (pack, twin) = (try pack(table), SlowScorer(table))
      for _ in 0..<30 {
        let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
          (Self.words + ["her", "her", "her", "odd"]).randomElement(using: &random) ?? ""
        }.joined(separator: " ")
        let expected = twin.margins(text)
        #expect(try self.margins(text, pack) == expected, "\(text)")
        margins.formUnion(expected)
      }
    }
    #expect(margins.count > 3)
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
