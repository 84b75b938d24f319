import TestSupport
import Testing

@testable import SwapRules

@Suite struct LearntScorerTests {
  private func pack(_ table: String, threshold: Int = 0, doubt: Int = 0) throws -> RulePack {
    let text = lexicon(
      """
        - id: her
          from: her
          choose: [{id: learnt, table: t.tsv, threshold: \(threshold), uncertain: \(doubt), to: him}, {id: default, to: his}]
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
        let weight = Int.random(in: 1...999, using: &random)
        features["\(template)=\(seen)"] = Bool.random(using: &random) ? weight : -weight
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
        let text = text(&random)
        let expected = twin.margins(text)
        #expect(try self.margins(text, pack) == expected, "\(text)")
        margins.formUnion(expected)
      }
    }
    #expect(margins.count > 3)
  }

  private func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...9, using: &random)).map { _ in
      let word = (Self.words + ["her", "her", "her", "odd"]).randomElement(using: &random) ?? ""
      return word + (["", "", "", "", "", ".", ","].randomElement(using: &random) ?? "")
    }.joined(separator: " ")
  }

  // MARK: Without the farthest item

  private func decisions(_ text: String, _ pack: RulePack) throws -> [String] {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      try pack.decide(bytes).map { "\(pack.rule(of: $0) == "learnt") \($0.isUncertain)" }
    }
  }

  /// Calls `body` with what a margin can be without the farthest item, and with what it is.
  private func forEachMargin(
    of text: String, _ pack: RulePack, _ body: (_ lowest: Int32, _ highest: Int32, _ margin: Int32?) -> Void
  ) throws {
    let matcher = try Matcher(pack)
    let (tables, bytes) = (pack.tables, Array(text.utf8))
    try bytes.withUnsafeBufferPointer { bytes in
      for candidate in try pack.decide(bytes) {
        let view = TextView(SegmentText(bytes), around: candidate.start, candidate.end)
        var around = Surroundings(
          view, tables, matcher.memory, wordCase: .lower, start: candidate.start, end: candidate.end)
        var bounds: (Int32, Int32)?
        let margin = tables.learnt[0].margin(&around, table: 0) { lowest, highest in
          bounds = (lowest, highest)
          return false
        }
        guard let bounds else {
          Issue.record("the nearer items of '\(text)' are not known")
          return
        }
        body(bounds.0, bounds.1, margin)
      }
    }
  }

  @Test(arguments: [(1, 4), (3, 6), (12, 20), (60, 200)])
  func noMarginIsBeyondWhatTheNearerItemsAllow(templates: Int, classes: Int) throws {
    var random = SeededGenerator(seed: UInt64(templates) + 100)
    var (met, count) = (0, 0)
    for _ in 0..<8 {
      let pack = try pack(table(templates, 60, classes: classes, &random))
      for _ in 0..<60 {
        try forEachMargin(of: text(&random), pack) { lowest, highest, margin in
          guard let margin else {
            Issue.record("a margin is not known")
            return
          }
          #expect(lowest <= margin && margin <= highest)
          met += margin == lowest || margin == highest ? 1 : 0
          count += 1
        }
      }
    }
    // They are not merely wide; those of many templates at once are hardly ever all met.
    #expect(count > 200 && (met > 0 || templates > 12), "\(met) of \(count)")
  }

  @Test(arguments: [(1, 4), (3, 6), (12, 20), (60, 200)])
  func decisionsWithoutTheFarthestItemAreThoseOfASlowTwin(templates: Int, classes: Int) throws {
    var random = SeededGenerator(seed: UInt64(templates) + 200)
    var (settled, decided) = (0, Set<String>())
    for _ in 0..<8 {
      let (threshold, doubt) = (Int.random(in: -900...900, using: &random), Int.random(in: 0...300, using: &random))
      let table = table(templates, 60, classes: classes, &random)
      let (pack, twin) = (try pack(table, threshold: threshold, doubt: doubt), SlowScorer(table))
      for _ in 0..<40 {
        let text = text(&random)
        let expected = twin.margins(text).map { margin in
          "\(margin > threshold * 1000) \(doubt > 0 && abs(margin - threshold * 1000) <= doubt * 1000)"
        }
        #expect(try decisions(text, pack) == expected, "\(text)")
        decided.formUnion(expected)
        try forEachMargin(of: text, pack) { lowest, highest, _ in
          let (low, high) = (Int32(threshold - doubt) * 1000, Int32(threshold + doubt) * 1000)
          settled += lowest > high || highest < low ? 1 : 0
        }
      }
    }
    // Weights of thousands of random features hardly ever leave it settled.
    #expect(decided.count > 2 && (settled > 20 || templates > 3), "\(decided), \(settled)")
  }

  /// What is decided must not hang on how the bounds are found.
  @Test func aFarthestItemThatChangesNothingHasToBeKnownAllTheSame() throws {
    let table = """
      # tiresias learnt table 1
      bias\t0
      weight\tnext.word=at\t9
      weight\tnext2.word=the\t-5

      """
    let pack = try pack(table)
    // The last word goes on beyond what is known.
    let texts = ["her at th", "her at the ma", "her at\nlast, the ma", "her at a.", "her at averylongwordofmanylett"]
    #expect(
      try texts.flatMap { try pack.rules($0, trailing: .cut) } == ["edge", "learnt", "learnt", "learnt", "edge"])
    #expect(try pack.rules("her at th") == ["learnt"])
    // What is no UTF-8 may be any letter.
    for (broken, rule) in [("th\u{1}e man and", "edge"), ("the\u{1} man", "edge"), ("the m\u{1}an", "learnt")] {
      let bytes = Array("her at \(broken)".utf8).map { $0 == 1 ? 0xFF : $0 }
      #expect(try pack.rules(bytes) == [rule], "\(broken)")
    }
  }

  @Test func whetherTheItemBehindTheNextIsKnownIsWhatReadingItSays() throws {
    var random = SeededGenerator(seed: 31)
    let pack = try pack(table(1, 4, classes: 4, &random))
    let texts = ["at", "a", "kindnes", "kindness", "standing", " ", " ", " ", "\n", "'", "’", ".", "-", "é"]
    let pieces = texts.map { Array($0.utf8) } + [[0xFF], [0xE2, 0x80], [0xC3]]
    var counts = [false: 0, true: 0]
    for _ in 0..<4000 {
      var bytes = Array("her at".utf8)
      for _ in 0..<Int.random(in: 0...6, using: &random) { bytes += pieces.randomElement(using: &random) ?? [] }
      let edge = Bool.random(using: &random) ? SegmentText.Edge.cut : .end
      bytes.withUnsafeBufferPointer { bytes in
        let view = TextView(SegmentText(bytes, trailing: edge), around: 0, 3)
        var quick = Surroundings(view, pack.tables, nil, wordCase: .lower, start: 0, end: 3)
        var slow = quick
        let item = slow.item(2)
        let isKnown = !item.isPartial && item.doubtful.isEmpty
        #expect(quick.isKnown(inSlot: Surroundings.slot(of: 2)) == isKnown, "\(Array(bytes))")
        counts[isKnown, default: 0] += 1
      }
    }
    #expect(counts.values.allSatisfy { $0 > 400 }, "\(counts)")
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
