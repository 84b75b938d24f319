import SwapRules
import Testing

@Suite struct LearntTableTests {
  private static let head = "# tiresias learnt table 1\n# corpus: none\n"
  private static let body = """
    bias\t-0.5
    class\tdeterminer\ta the
    ending\t-ing\ting
    weight\tnext.class=determiner\t2.5
    weight\tnext.class=end\t1.1
    weight\tnext.ending=ers\t0.25
    weight\tnext.word=,\t3
    weight\tprev.word+next.class=saw -ing\t1.05
    weight\tprev.word+next.class=saw capital\t0.55

    """

  private func entry(_ threshold: String = "0.6") -> String {
    lexicon(
      """
        - id: her
          from: her
          choose:
            - {id: learnt, table: tables/t.tsv, threshold: \(threshold), uncertain: 0.3, to: him}
            - {id: default, to: his}
      """)
  }

  private func pack(table: String, threshold: String = "0.6") throws -> RulePack {
    try SwapRulesTests.pack(entry(threshold), files: ["tables/t.tsv": table])
  }

  @Test func theTableDecidesByItsMargin() throws {
    let pack = try pack(table: Self.head + Self.body)
    let text = "give her the, her book, HER, saw her go, saw her going, saw her Ann, her"
    #expect(
      try pack.rules(text) == [
        "learnt", "default", "learnt", "default", "default", "default", "default",
      ])
    // -0.5 + 1.1 is 0.6, and not above it.
    #expect(
      try SwapRulesTests.pack(entry("0.599"), files: ["tables/t.tsv": Self.head + Self.body]).rules("x her") == [
        "learnt"
      ])
    #expect(pack.sourceFiles.map(\.path) == ["pack.yaml", "tables/t.tsv"])
  }

  @Test func linesMayEndInCRLFBehindAByteOrderMark() throws {
    let table = "\u{FEFF}" + (Self.head + Self.body).replacing("\n", with: "\r\n")
    #expect(try pack(table: table).rules("give her the, her book") == ["learnt", "default"])
  }

  @Test func whatIsNearTheThresholdIsUncertainWhicheverWayItFalls() throws {
    func uncertain(_ text: String, _ threshold: String) throws -> [Bool] {
      let pack = try pack(table: Self.head + Self.body, threshold: threshold)
      return try Array(text.utf8).withUnsafeBufferPointer { try pack.decide($0).map(\.isUncertain) }
    }
    #expect(try uncertain("saw her going, her book, her the", "0.6") == [true, false, false])
    #expect(try uncertain("saw her going", "0.25") == [true])
    #expect(try uncertain("saw her going", "0.249") == [false])
    #expect(try uncertain("saw her going", "0.85") == [true])
    #expect(try uncertain("saw her going", "0.851") == [false])
  }

  @Test func whatATableNeedsAndCannotSeeIsAnEdge() throws {
    let pack = try pack(table: Self.head + Self.body)
    #expect(try pack.rules("I saw her the ", leading: .cut, trailing: .cut) == ["learnt"])
    #expect(try pack.rules("I saw her the", leading: .cut, trailing: .cut) == ["edge"])
    #expect(try pack.rules("saw her the ", leading: .cut) == ["edge"])
    #expect(try pack.rules("her the ", leading: .cut) == ["edge"])
    #expect(try pack.rules("her the") == ["learnt"])
  }

  @Test(arguments: [
    ("", "t.tsv:1:1: the last line has no end"),
    ("# tiresias learnt table 1", "t.tsv:1:1: the last line has no end"),
    ("# tiresias learnt table 2\n", "t.tsv:1:1: expected '# tiresias learnt table 1'"),
    ("# tiresias learnt table 1\n", "t.tsv:1:1: the row 'bias' is missing"),
    (head + "weight\tnext.word=a\t1\n", "t.tsv:3:1: the row 'bias' is missing"),
    (head + "bias\t0\n# late\n", "t.tsv:4:1: rows must be sorted"),
    (head + "bias\t0\nbias\t0\n", "t.tsv:4:1: rows must be sorted"),
    (head + "bias\t0\nbias\t1\n", "t.tsv:4:1: 'bias' stands twice"),
    (head + "bias\t0\n\n", "t.tsv:4:1: rows must be sorted"),
    (head + "bias\t0\t0\n", "t.tsv:3:1: expected 'bias', 'class', 'ending' or 'weight'"),
    (head + "bias\t0\r\n", "t.tsv:3:1: found '0\r', expected a number"),
    (head + "bias\t-00.10\n", "t.tsv:3:1: found '-00.10', expected -0.1, the shortest"),
    (head + "bias\t-0\n", "t.tsv:3:1: found '-0', expected 0, the shortest"),
    (head + "bias\t0\nweight\tnext.word=THE\t1\n", "t.tsv:4:1: found 'THE', expected 'the'"),
    (head + "bias\t1e9\n", "t.tsv:3:1: found '1e9', expected a number"),
    (head + "bias\t+1\n", "t.tsv:3:1: found '+1', expected a number"),
    (head + "bias\t0.0001\n", "t.tsv:3:1: found '0.0001', expected a number"),
    (head + "bias\t99999999999999999999\n", "t.tsv:3:1: found '99999999999999999999', expected a number"),
    (head + "bias\t0\nweight\tnext=a\t1\n", "t.tsv:4:1: found 'next=a', expected a feature"),
    (head + "bias\t0\nweight\tnext.word+next.word=a a\t1\n", "expected a feature"),
    (head + "bias\t0\nweight\tnext.word+prev.word=a a\t1\n", "expected a feature"),
    (head + "bias\t0\nweight\tnext.word=a b\t1\n", "expected a feature"),
    (head + "bias\t0\nweight\tnext.word=\t1\n", "expected a feature"),
    (head + "bias\t0\nweight\tnext4.word=a\t1\n", "expected a feature"),
    (
      head + "bias\t0\nweight\tnext.word=a\t1\nweight\tnext.word=a\t2\n",
      "t.tsv:5:1: feature 'next.word=a' stands in line 4"
    ),
    (head + "bias\t0\nweight\tnext.class=verb\t1\n", "t.tsv:4:1: unknown class 'verb'"),
    (head + "bias\t0\nclass\tother\ta\n", "t.tsv:4:1: found 'other', expected a class name"),
    (head + "bias\t0\nclass\tx y\ta\n", "t.tsv:4:1: found 'x y', expected a class name"),
    (head + "bias\t0\nclass\tx\tA\n", "t.tsv:4:1: found 'A', expected a word in lower case"),
    (head + "bias\t0\nclass\tx\ta  b\n", "t.tsv:4:1: found '', expected a word in lower case"),
    (head + "bias\t0\nclass\tx\ta\nclass\ty\tb a\n", "t.tsv:5:1: 'a' stands in line 4 too"),
    (head + "bias\t0\nclass\tx\ta\nclass\tx\tb\n", "t.tsv:5:1: class 'x' stands in line 4 too"),
  ])
  func aMalformedTableIsRefusedWithItsPlace(table: String, message: String) {
    let text = refusal(entry(), files: ["tables/t.tsv": table])
    #expect(text.hasPrefix("tables/t.tsv:"), "\(text)")
    #expect(text.contains(message), "\(text)")
  }

  private func answer(to table: String) -> String {
    refusal(
      lexicon("  - {id: a, from: a, choose: [{id: b, table: t.tsv, threshold: 0, to: c}, {id: d, to: e}]}"),
      files: ["t.tsv": Self.head + table])
  }

  /// For a `String` they are the same text.
  @Test func featuresOfOtherBytesAreOtherFeatures() throws {
    let (one, two) = ("caf\u{E9}", "cafe\u{301}")
    let rows = [(two, 2), (one, 1)].map { "weight\tnext.word=\($0)\t\($1)\n" }.joined()
    #expect(answer(to: "bias\t0\n" + rows) == "accepted")
    for (threshold, rules) in [("0.5", ["learnt", "learnt"]), ("1.5", ["default", "learnt"])] {
      let pack = try pack(table: Self.head + "bias\t0\n" + rows, threshold: threshold)
      #expect(try pack.rules("her \(one), her \(two).") == rules)
    }
  }

  /// The sign for Kelvin, for a `String` the same as K.
  @Test func aClassIsNamedByItsBytes() {
    let rows = "bias\t0\nclass\tK\tone\n"
    #expect(answer(to: rows + "weight\tnext.class=K\t1\n") == "accepted")
    let refusal = answer(to: rows + "weight\tnext.class=\u{212A}\t1\n")
    #expect(refusal.contains("t.tsv:5:1: unknown class '\u{212A}'"), "\(refusal)")
  }

  @Test func thereAreLimits() {
    let classes = (100_000..<120_000).map { "class\tc\($0)\tw\($0)\n" }.joined()
    #expect(answer(to: "bias\t0\n" + classes).contains("t.tsv:19989:1: more than 20000 classes and endings"))
    let branches = (0..<17).map { "{id: b\($0), table: t\($0).tsv, threshold: 0, to: b}" }.joined(separator: ", ")
    let files = (0..<17).map { ("t\($0).tsv", Self.head + "bias\t\($0)\n") }
    let many = refusal(
      lexicon("  - {id: a, from: a, choose: [\(branches)]}"), files: Dictionary(uniqueKeysWithValues: files))
    #expect(many.contains("more than 16 learnt tables"), "\(many)")
  }

  @Test(arguments: [
    ("table: tables/t.tsv", "pack.yaml:9:24: a table needs the key 'threshold'"),
    ("threshold: 1", "pack.yaml:9:28: 'threshold' belongs to a branch with the key 'table'"),
    ("table: tables/t.tsv, threshold: much", "pack.yaml:9:49: found 'much', expected a number such as 0.6"),
    ("table: tables/t.tsv, threshold: 0.0005", "at most three decimals"),
    ("table: tables/t.tsv, threshold: 1, uncertain: true", "found 'true', expected a number such as 0.6"),
    ("table: tables/t.tsv, threshold: 1, uncertain: -1", "found '-1', expected a distance from the threshold"),
    ("table: ../t.tsv, threshold: 1", "found '../t.tsv', expected a path within the rules' folder"),
    ("table: tables/none.tsv, threshold: 1", "none.tsv: cannot open: No such file"),
  ])
  func aBadUseOfATableIsRefused(branch: String, message: String) {
    let text = lexicon("  - id: her\n    from: her\n    choose:\n      - {id: a, \(branch), to: b}")
    let answer = refusal(text, files: ["tables/t.tsv": Self.head + Self.body])
    #expect(answer.contains(message), "\(answer)")
  }
}
