import StructuredText
import SwapRules
import Testing

@Suite struct PackParserTests {
  @Test func aMisspeltKeyIsAnsweredWithPlaceAndSuggestion() {
    #expect(
      refusal(lexicon("  - id: he\n    from: he\n    choos: []"))
        == "pack.yaml:8:5: unknown key 'choos' in a lexicon entry; did you mean 'choose'?")
    #expect(refusal("schema: 1\npack: p\nverson: 1.0.0").contains("did you mean 'version'?"))
    #expect(
      refusal(lexicon("  - {id: a, from: a, to: b}", more: "guards: {spans: [ur]}")).contains("did you mean 'url'?"))
  }

  @Test(arguments: [
    ("schema: 2\npack: p\nversion: 1.0.0", "pack.yaml:1:9: found '2', expected 1, the rule language"),
    ("schema: 1\npack: p\nversion: 1.0", "pack.yaml:3:10: found '1.0', expected a version such as 1.0.0"),
    ("schema: 1\npack: p\nversion: 1.02.0", "pack.yaml:3:10: found '1.02.0', expected a version such as 1.0.0"),
    ("schema: 1\npack: ../p\nversion: 1.0.0", "pack.yaml:2:7: found '../p', expected a pack name"),
    ("schema: 1\npack: p\nversion: 1.0.0\ncase: off", "pack.yaml:4:7: unknown case policy 'off'"),
    (
      "schema: 1\npack: p\nversion: 1.0.0\nboundaries: token-id",
      "pack.yaml:1:1: 'boundaries: token-id' needs the key 'tokenizer'"
    ),
    ("schema: 1\npack: p\nversion: 1.0.0\ntokenizer: t", "pack.yaml:4:12: 'tokenizer' needs 'boundaries: token-id'"),
    (
      "schema: 1\npack: p\nversion: 1.0.0\nboundaries: ascii-space\ncase: exact",
      "pack.yaml:5:1: 'case' cannot stand beside 'boundaries: ascii-space'"
    ),
    ("schema: 1\npack: p\nversion: 1.0.0\npaired_forms: swap", "pack.yaml:4:15: 'paired_forms: swap' needs 'direc"),
    ("schema: 1\npack: p\nversion: 1.0.0\ndirection: f2n", "pack.yaml:4:12: unknown direction 'f2n'; did you mean"),
    (
      "schema: 1\npack: p\nversion: 1.0.0\ntests: [{in: a}]",
      "pack.yaml:4:9: a test needs one of the keys 'out' or 'same'"
    ),
    (
      "schema: 1\npack: p\nversion: 1.0.0\ntests: [{in: a, same: yes}]", "pack.yaml:4:23: found 'yes', expected true or"
    ),
    ("[1]", "pack.yaml:1:1: found a list, expected a rule pack"),
    ("schema: 1", "pack.yaml:1:1: a rule pack needs the key 'pack'"),
  ])
  func aBadFileIsRefusedWithItsPlace(text: String, message: String) {
    #expect(refusal(text).hasPrefix(message), "\(refusal(text))")
  }

  @Test(arguments: [
    ("{id: a, from: a}", "a lexicon entry needs one of the keys 'to', 'keep' or 'choose'"),
    ("{id: a, from: a, to: b, keep: true}", "'keep' cannot stand beside 'to'"),
    ("{id: a, from: A, to: b}", "found 'A', expected lower case"),
    ("{id: a, from: 'a  b', to: b}", "found 'a  b', expected one to four words"),
    ("{id: a, from: ' a', to: b}", "found ' a', expected one to four words"),
    ("{id: a, from: a b c d e, to: b}", "found 'a b c d e', expected one to four words"),
    ("{id: a, from: a, to: 'b '}", "found 'b ', expected at most four words with one space between them and none"),
    ("{id: a, from: a, choose: her, words: {object: him}}", "unknown choice 'her'"),
    ("{id: a, from: a, choose: her}", "a named choice needs the key 'words'"),
    ("{id: a, from: a, to: b, words: {x: y}}", "'words' belongs to a 'choose' that names"),
    ("{id: a, from: a, to: b, features: {a b: true}}", "expected a feature's name"),
    ("{id: a, from: [], to: b}", "found an empty list, expected a form"),
    ("{id: a, from: a, to: b, clitics: []}", "found an empty list, expected a clitic"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {mark: ['']}}, to: b}]}", "found '', expected one mark"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {mark: ab}}, to: b}]}", "found 'ab', expected one mark"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {mark: é}}, to: b}]}", "found 'é', expected one mark"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {mark: '.-'}}, to: b}]}", "found '.-', expected one mark, or sev"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {mark: '(('}}, to: b}]}", "found '((', expected one mark"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {suffix: ''}}, to: b}]}", "found '', expected the ending of"),
    ("{id: a, from: a, choose: [{id: c, when: {next: {suffix: 'a b'}}, to: b}]}", "found 'a b', expected the ending"),
    ("{id: a, from: a, to: ''}", "a replacement cannot be empty"),
    ("{id: a, from: a, to: \"\\u0301b\"}", "joins the one before it"),
    ("{id: a, from: a, to: \"e\\u0301\"}", "not in Unicode normalization form C"),
    ("{id: a, from: a, to: '<|endoftext|>'}", "the mark of an added token"),
    ("{id: a, from: a, to: \"b\\n\"}", "control character"),
    ("{id: a, from: a, to: b, clitics: [s]}", "found 's', expected a clitic"),
    ("{id: a, from: [a, a], to: b}", "form 'a' stands twice"),
    ("{id: a, from: a, choose: []}", "expected at least one branch"),
    ("{id: a, from: a, choose: [{id: x, to: b}, {id: y, to: c}]}", "never reached: branch 'x' before it"),
    ("{id: a, from: a, choose: [{id: x, to: b, when: {nxt: {is: c}}}]}", "did you mean 'next'?"),
    (
      "{id: a, from: a, choose: [{id: x, to: b, when: {next: {any: [stp]}}}]}",
      "unknown kind of item 'stp'; did you mean"
    ),
    ("{id: a, from: a, choose: [{id: x, to: b, when: {next: {in: [verb]}}}]}", "unknown class 'verb'"),
    ("{id: a, from: a, choose: one}", "a named choice needs the key 'words'"),
    ("{id: a, from: a, choose: one, words: {x: b}}", "unknown choice 'one'"),
    ("{id: a, from: a, to: b, words: {x: b}}", "'words' belongs to a 'choose' that names"),
  ])
  func aBadEntryIsRefused(entry: String, message: String) {
    let text = refusal(lexicon("  - " + entry))
    #expect(text.contains(message), "\(text)")
    #expect(text.hasPrefix("pack.yaml:6:"), "\(text)")
  }

  @Test(arguments: [
    ("{any: []}", "one or more conditions"), ("{next: {is: a}, all: []}", "one or more conditions"),
    ("{match: []}", "a letter case"), ("{next: {in: []}}", "a class"), ("{next: {not-in: []}}", "a class"),
    ("{next: {is: []}}", "a word"), ("{next: {mark: []}}", "a mark"), ("{next: {suffix: []}}", "an ending"),
    ("{next: {any: []}}", "one or more kinds and tests"), ("{not: {next: {all: []}}}", "one or more kinds and tests"),
  ])
  func anEmptyListInAConditionIsRefused(condition: String, expected: String) {
    let text = refusal(lexicon("  - {id: a, from: a, choose: [{id: c, when: \(condition), to: b}]}"))
    #expect(text.hasPrefix("pack.yaml:6:") && text.contains("found an empty list, expected \(expected)"), "\(text)")
  }

  @Test func namesMustBeKnown() {
    let text = lexicon("  - {id: aa, from: a, to: b}", more: "tests: [{in: a, out: b, by: ab}]")
    #expect(refusal(text).contains("unknown rule 'ab' in a test's 'by'; did you mean 'aa'?"))
    let unused = lexicon("  - {id: aa, from: a, to: b}", more: "exceptions: [{text: c d, reason: x}]")
    #expect(refusal(unused).contains("no form of the lexicon stands in this exception"))
    let twice = lexicon("  - {id: aa, from: a, to: b}\n  - {id: aa, from: c, to: b}")
    #expect(refusal(twice).contains("entry 'aa' stands twice"))
    let classes = lexicon("  - {id: aa, from: a, to: b}", more: "extends: [base@1]\nclasses: {c: [x]}")
    let base = "schema: 1\npack: base\nversion: 1.0.0\nclasses: {c: [y]}\n"
    #expect(refusal(classes, files: ["base.yaml": base]).contains("class 'c' stands twice; the first is at "))
    let regex = lexicon("  - {id: aa, from: a, to: b}", more: "guards: {regex: ['a(']}")
    #expect(refusal(regex).contains("is no ICU regular expression: U_REGEX_MISMATCHED_PAREN at character"))
  }
}

@Suite struct PackLoaderTests {
  @Test func anEmptyListOfWordsIsRefused() {
    let text = lexicon("  - {id: a, from: a, to: b}", more: "classes: {c: {file: c.txt}}")
    #expect(
      refusal(text, files: ["c.txt": "# none\n\n"]) == "c.txt:1:1: the word list is empty, expected a word a line")
  }

  private let base = "schema: 1\npack: base/words\nversion: 1.2.0\nclasses: {thing: [on, off, no, 'yes', null, y]}\n"

  @Test func packsAndFilesAreFoundFromTheRulesFolder() throws {
    let text = lexicon(
      "  - {id: a, from: a, choose: [{id: x, when: {next: {in: [thing, more]}}, to: b}, {id: y, keep: true}]}",
      more: "extends: [base/words@1.2]\nclasses: {more: {file: classes/more.txt}}")
    let files = ["base/words.yaml": base, "classes/more.txt": "# comment\nrock\nroll # tail\n\n"]
    let loaded = try pack(text, files: files)
    #expect(loaded.sourceFiles.map(\.path) == ["pack.yaml", "base/words.yaml", "classes/more.txt"])
    #expect(loaded.sourceFiles[2].bytes == Array(files["classes/more.txt"]!.utf8))
    #expect(try loaded.apply("a no a null a yes a roll a tail a NO") == "b no b null b yes b roll a tail b NO")
  }

  @Test(arguments: [
    ("extends: [base/words@2]", "found base/words in version 1.2.0, expected 2"),
    ("extends: [base/words]", "found 'base/words', expected a pack with the front of its version"),
    ("extends: [../words@1]", "expected a pack with the front of its version"),
    ("extends: [base/none@1]", "none.yaml: cannot open: No such file"),
    ("extends: [base/circle@1]", "packs extend each other in a circle: p → base/circle → p"),
    ("classes: {a: {file: ../../secret.txt}}", "expected a path within the rules' folder"),
    ("classes: {a: {file: /etc/hostname}}", "expected a path within the rules' folder"),
  ])
  func whatCannotBeFoundIsRefused(header: String, message: String) {
    let files = [
      "base/words.yaml": base,
      "base/circle.yaml": "schema: 1\npack: base/circle\nversion: 1.0.0\nextends: [p@1]\n", "p.yaml": "",
    ]
    let text = refusal(lexicon("  - {id: aa, from: aa, to: b}", more: header), files: files)
    #expect(text.contains(message), "\(text)")
    #expect(text.hasPrefix("pack.yaml:4:") || text.hasPrefix("base/circle.yaml:4:"), "\(text)")
  }

  @Test func aMissingPackIsAnError() {
    #expect(throws: RulesFailure.self) { try RulePack.load(path: "no/such/pack.yaml") }
  }

  @Test func failingTestsAreReportedWithWhatDecided() throws {
    let text = lexicon(
      "  - {id: he, from: he, to: she}",
      more: """
        tests:
          - {in: he, out: she, by: he}
          - {in: he, out: her}
          - {in: he, out: she, by: paired}
          - {in: he, out: it, todo: true}
          - {in: he, out: she, todo: true}
        """)
    let loaded = try pack(text)
    let results = try loaded.runTests()
    #expect(results.map(\.outcome) == [.passed, .failed, .failed, .knownLimit, .unexpectedPass])
    #expect(results[1].place.line == 6)
    #expect(results[1].decisions.map(\.rule) == ["he"])
    #expect(throws: RulesFailure.self) { try loaded.requirePassingTests() }
  }
}
