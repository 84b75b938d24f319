import SwapRules
import TestSupport
import Testing

@Suite struct PackCheckTests {
  @Test func aPackWithoutFaultsHasNoFindings() throws {
    let text = """
      schema: 1
      pack: p
      version: 1.0.0
      lexicon: [{id: he, from: he, to: she}]
      tests: [{in: he, out: she, by: he}]
      """
    #expect(try findings(schemaLine + text).isEmpty)
  }

  @Test func everyFaultOfAFileIsFoundNotOnlyTheFirst() throws {
    let text = """
      schema: 1
      pack: bad
      version: 1.0
      extend: [base/guards@1]
      classes:
        boats: [boat, ship]
      lexicon:
        - id: he
          form: he
          to: she
        - id: his
          from: his
          choose:
            - {id: a, when: {next: {in: [boat]}}, to: hers}
            - {id: b, when: {next: {any: [stop]}, nex3: {any: [stop]}}, to: hers}
            - {id: e, to: her, keep: true}
      tests:
        - {in: "x", out: y, by: hiss}
        - {in: "x", same: yes}
      """
    #expect(
      try findings(schemaLine + text) == [
        "4:10 error found '1.0', expected a version such as 1.0.0 [language]",
        "5:1 error unknown key 'extend' in a rule pack; did you mean 'extends'? [language]",
        "10:5 error unknown key 'form' in a lexicon entry; did you mean 'from'? [language]",
        "15:36 error unknown class 'boat'; did you mean 'boats'? [language]",
        "16:45 error unknown key 'nex3' in a condition; did you mean 'next'? [language]",
        "17:26 error 'keep' cannot stand beside 'to' in a branch; keep one [language]",
        "20:21 error found 'yes', expected true or false for same [language]",
      ])
  }

  @Test func ofManyFaultsTheFirstAreFoundAndThatThereMayBeMore() throws {
    func pack(_ faults: Int) -> String {
      let entries = (0..<faults).map { "  - {id: a\($0), from: \(String(repeating: "a", count: $0 + 1)), too: b}\n" }
      return schemaLine + "schema: 1\npack: p\nversion: 1.0.0\nlexicon:\n" + entries.joined()
    }
    let many = try findings(pack(60))
    #expect((10...20).contains(many.filter { $0.contains("unknown key 'too'") }.count))
    #expect(many.filter { $0.contains("there may be more faults; mend these first") }.count == 1)
    #expect(try findings(pack(5)).count == 5)
  }

  @Test func aTestThatNamesAnUnknownRuleIsFoundOnceTheRulesAreSound() throws {
    let text = "schema: 1\npack: p\nversion: 1.0.0\nlexicon: [{id: his, from: his, to: hers}]\n"
    let found = try findings(schemaLine + text + "tests: [{in: his, out: hers, by: hiss}, {in: x, same: yes}]")
    #expect(
      found == [
        "6:34 error unknown rule 'hiss' in a test's 'by'; did you mean 'his'? [language]",
        "6:55 error found 'yes', expected true or false for same [language]",
      ])
  }

  @Test func aFaultInAnExtendedPackOrAWordListHasItsPlaceThere() throws {
    let head = "schema: 1\nversion: 1.0.0\n"
    let found = try findings(
      schemaLine + head + "pack: p\nextends: [base/a@1, base/b@2, base/c@1]\nclasses: {w: {file: words.txt}}\n"
        + "lexicon: [{id: he, from: he, choose: [{id: x, when: {next: {in: [w]}}, to: she}, {id: y, to: it}]}]\n",
      files: [
        "base/a.yaml": head + "pack: base/a\nextends: [base/a@1]\n", "base/b.yaml": head + "pack: base/b\n",
        "base/c.yaml": head + "pack: base/c\nguard: {}\n", "words.txt": "ox\ntwo words\n",
      ])
    #expect(
      found.map { String($0.prefix { $0 != ";" }) }
        == [
          "base/a.yaml:4:11 error packs extend each other in a circle: p → base/a → base/a [language]",
          "base/c.yaml:4:1 error unknown key 'guard' in a rule pack",
          "words.txt:2:1 error found 'two words', expected one word of at most 64 letters [language]",
          "5:26 error found base/b in version 1.0.0, expected 2 [language]",
        ].sorted() || found.count == 4)
  }

  /// A pack whose entry has this branch before two others.
  private func branches(_ first: String) throws -> [String] {
    try findings(
      schemaLine
        + """
        schema: 1
        pack: p
        version: 1.0.0
        choices: {c: [{id: d, \(first), to: s}, {id: e, when: {next: {any: [end]}}, to: t}, {id: f, to: t}]}
        lexicon:
          - id: his
            from: his
            choose:
              - {id: a, \(first), to: hers}
              - {id: b, when: {next: {any: [end]}}, to: hers}
              - {id: c, to: her}
          - {id: him, from: him, choose: c, words: {s: her, t: hers}}
        tests: [{in: his, out: hers, by: a}]
        """
    ).map { String($0.split(separator: " ", maxSplits: 1)[1].prefix { $0 != ";" }) }
  }

  @Test(arguments: [
    ("when: {nxt: {any: [stp]}}", "error unknown key 'nxt' in a condition"),
    ("when: {next: {any: [stp]}}", "error unknown kind of item 'stp'"),
    ("when: {}", "error found an empty mapping, expected a condition such as next: {in: [preposition]} [language]"),
    ("when: {next: {in: [boats]}}", "error unknown class 'boats'"),
    ("table: t.tsv", "error a table needs the key 'threshold', the margin above which the branch holds [language]"),
    (
      "table: t.tsv, threshold: x, uncertain: 0.1",
      "error found 'x', expected a number such as 0.6, with at most three decimals [language]"
    ),
    (
      "table: ../t.tsv, threshold: 0.5, uncertain: 0.1",
      "error found '../t.tsv', expected a path within the rules' folder [language]"
    ),
  ])
  func aFaultInWhatABranchAsksIsNoFaultOfTheBranchesBehindIt(_ asked: String, _ message: String) throws {
    #expect(try branches(asked) == [message, message])
  }

  @Test func whatIsTooMuchIsToldOnce() throws {
    let branches = (0..<80).map { "      - {id: b\($0), when: {next: {is: [w\($0)]}}, to: her}\n" }
    let found = try findings(
      schemaLine + "schema: 1\npack: p\nversion: 1.0.0\nlexicon:\n  - id: his\n    from: his\n    choose:\n"
        + branches.joined() + "      - {id: rest, to: hers}\n")
    #expect(found.count == 1)
    #expect(found.first?.contains("conditions name more than 64 classes and word lists") == true)
  }

  @Test func aTableOfPairsNeedsNoSchemaAndNoTests() throws {
    let table =
      "# version: 1.0.0\n"
      + (0..<20).map { "a\(String(repeating: "a", count: $0))\tb\(String(repeating: "b", count: $0))\n" }.joined()
    #expect(try findings(table, name: "pairs.tsv") == [])
    #expect(
      try findings(table + "one\n", name: "pairs.tsv")
        == ["22:1 error found 'one', expected two words with a tab between them [language]"])
    #expect(try PackCheck.findings(path: PairTableTests.shipped) == [])
  }

  @Test func linesMayEndInCRLFBehindAByteOrderMark() throws {
    let text =
      schemaLine + """
        schema: 1
        pack: p
        version: 1.0.0
        status: stable
        classes: {w: {file: words.txt}}
        lexicon: [{id: he, from: he, choose: [{id: x, when: {next: {in: [w]}}, to: she}, {id: y, to: it}]}]
        tests: [{in: he dog, out: she dog, by: x}, {in: he cat, out: she cat}, {in: he, out: it}]
        """
    func windows(_ text: String) -> String { "\u{FEFF}" + text.replacing("\n", with: "\r\n") }
    let files = ["words.txt": windows("dog # a dog\n\ncat\n"), "released.txt": windows("# PACK VERSION SHA256\n")]
    let found = try findings(windows(text), files: files)
    #expect(found.map { String($0.prefix(40)) } == ["1:1 error p 1.0.0 is stable, but release"])
    let words = files.merging(["words.txt": windows("dog\ntwo words\n")]) { $1 }
    #expect(
      try findings(windows(text), files: words)
        == ["words.txt:2:1 error found 'two words', expected one word of at most 64 letters [language]"])
  }

  @Test func whatIsNoPackAtAllIsOneFinding() throws {
    #expect(try findings(schemaLine + "[a, b]").map { $0.hasSuffix("[language]") } == [true])
    #expect(try findings(schemaLine + "a: [").map { $0.hasSuffix("[language]") } == [true])
    #expect(try findings(schemaLine + "{}").count == 1)
    #expect(try PackCheck.findings(path: TemporaryFolder().file("none.yaml")).count == 1)
  }

  @Test func shippedPacksHaveNoErrors() throws {
    for path in try RulePack.files(at: [Assets.root + "/rules"]) {
      #expect(try PackCheck.findings(path: path).filter { $0.severity == .error } == [], "\(path)")
    }
  }
}
