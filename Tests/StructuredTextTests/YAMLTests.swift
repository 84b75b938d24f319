import Testing

@testable import StructuredText

private func parse(_ text: String) throws -> YAMLNode { try YAMLNode.parse(text.utf8, file: "f.yaml") }

private func message(_ text: String, _ read: (YAMLNode) throws -> Void = { _ in }) -> String {
  do {
    try read(parse(text))
    return "no error"
  } catch {
    return "\(error)"
  }
}

@Suite struct YAMLParsingTests {
  @Test func scalarsAreStringsWhateverTheyLookLike() throws {
    let words = try parse("[on, off, no, yes, null, y, n, 1.0, 012, 0x1F, ~, 2001-01-01]").strings("words")
    #expect(words == ["on", "off", "no", "yes", "null", "y", "n", "1.0", "012", "0x1F", "~", "2001-01-01"])
  }

  @Test func everyNodeKnowsItsPlace() throws {
    let root = try parse("a: 1\nb:\n  - x\n  - {é: ü, k: v}\n")
    let items = try root.fields("f", allowed: ["a", "b"])["b"]!.list("items")
    #expect(items[0].place.description == "f.yaml:3:5")
    let entries = try items[1].entries("pairs")
    #expect(entries[1].keyPlace.description == "f.yaml:4:12")
    #expect(entries[1].value.place.description == "f.yaml:4:15")
  }

  @Test func brokenFilesAreRefusedWithThePlace() {
    #expect(message("\"1\": 1\n1: 2").contains("stands twice"))
    #expect(message("") == "f.yaml:1:1: the file is empty")
    #expect(message("a: [1, 2\nb: 3").hasPrefix("f.yaml:2:2: not valid YAML: "))
    #expect(message("a: 1\n---\nb: 2").hasPrefix("f.yaml:2:1: not valid YAML: "))
    #expect(message("? [a]\n: b").hasPrefix("f.yaml:1:3: found a list or mapping as a key"))
    #expect(message("a: !!int 3").hasPrefix("f.yaml:1:4: tag "))
    #expect(message("a: !x 3").hasPrefix("f.yaml:1:4: tag "))
  }

  @Test(arguments: [
    ("a: 1\na: 2", "2:1", 1), ("a: 1\r\n\r\nb: 3\r\na : 2\r\n", "4:1", 1),
    ("b:\n  a: 1\na: 2\n'a': 3", "4:1", 3), ("x:\n  - y\n  - - a: 1\n      b: 2\n      a: 3\nz: 1", "5:7", 3),
    ("- é: 1\n  # é: 7\n\n  b: {é: 3}\n  c: |\n    é: 4\n  \"é\": 2\n- é: 5", "7:3", 1),
    ("x y: 1\nx: 2\nx y: 3", "3:1", 1),
  ])
  func aKeyThatStandsTwiceHasItsOwnPlace(text: String, place: String, first: Int) {
    let key = text.contains("é") ? "é" : text.contains("x y") ? "x y" : "a"
    let reason = "key '\(key)' stands twice in one mapping, first in line \(first); keep one"
    #expect(message(text) == "f.yaml:\(place): \(reason)")
  }

  @Test(arguments: [
    "{a: 1, a: 2}", "{a: 1,\n a: 2}", "{a: 1, b: {c: 1,\n a: 5}, a: 2}", "? a\n: 1\n? a\n: 2",
    "a:: 1\n\"a\\x3a\": 2",
  ])
  func aKeyThatStandsTwiceInAnotherMappingHasTheMappingsPlace(text: String) {
    #expect(message(text).hasPrefix("f.yaml:1:"))
    #expect(message(text).hasSuffix("stands twice in one mapping; keep one"))
  }

  @Test func aByteOrderMarkIsPassedOverAndLinesMayEndInCRLF() throws {
    let fields = try parse("\u{FEFF}a: 1\r\nb: 2\r\n").fields("f", allowed: ["a", "b"])
    #expect(fields.entries.map(\.keyPlace.description) == ["f.yaml:1:1", "f.yaml:2:1"])
    #expect(try fields.required("a").string("a") == "1")
    for broken in ["é: [x, @]", "a: &x 1", "a: 1\na: 2"] { #expect(message("\u{FEFF}" + broken) == message(broken)) }
    #expect(message("\u{FEFF}") == "f.yaml:1:1: the file is empty")
  }

  @Test(arguments: ["a:\n\t- b\n", "a:\r\n\t- b\r\n", "a:\n\tb: c\n"])
  func aTabInAnIndentationIsNamed(text: String) {
    #expect(message(text) == "f.yaml:2:1: found a tab, expected spaces: YAML is indented by spaces")
  }

  @Test func aTabElsewhereIsNotBlamed() throws {
    #expect(try parse("a:\t1 # \tx\n").fields("f", allowed: ["a"]).required("a").string("a") == "1")
    #expect(!message("a: [1\t, @]\n").contains("found a tab"))
  }

  @Test func anchorsAndAliasesAreRefused() {
    #expect(message("a: &x 1\nb: 2").hasPrefix("f.yaml:1:"))
    #expect(message("a: &x 1\nb: 2").contains("anchors"))
    #expect(message("a: &x 1\nb: *x").hasPrefix("f.yaml:2:4: anchors"))
    #expect(message("a: *x").contains("alias"))
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1...60 { bomb += "a\(level): &a\(level) {? *a\(level - 1) : [*a\(level - 1), *a\(level - 1)]}\n" }
    #expect(message(bomb).contains("anchors"))
  }

  @Test func textWithAmpersandsAndStarsIsText() throws {
    #expect(try parse("['him & her', '*his*', 'a &b', \"x*y\"]").strings("t") == ["him & her", "*his*", "a &b", "x*y"])
  }

  @Test func depthSizeAndEncodingAreLimited() {
    #expect(message(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)).contains("nested deeper"))
    #expect(message(String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)).contains("nest"))
    #expect(message(String(repeating: "- ", count: 90) + "x").contains("nested deeper"))
    #expect(throws: YAMLFailure.self) { try YAMLNode.parse([UInt8](repeating: 0x20, count: 5 << 20), file: "f") }
    do {
      _ = try YAMLNode.parse([0x61, 0x3A, 0x20, 0x62, 0x0A, 0xC3, 0xA9, 0xFF], file: "f.yaml")
      Issue.record("accepted")
    } catch {
      #expect("\(error)" == "f.yaml:2:2: invalid UTF-8; save the file as UTF-8")
    }
    #expect(message("a: b\nc: \"é\u{7}\"").contains(":2:6: found the control character U+0007"))
    #expect(message("a: b\n\0").contains(":2:1: found the control character U+0000"))
  }
}

@Suite struct YAMLReaderTests {
  @Test func unknownKeysAreAnsweredWithTheNearestOne() {
    let keys = ["id", "from", "choose", "clitics"]
    #expect(
      message("id: x\nchoos: y") { _ = try $0.fields("a lexicon entry", allowed: keys) }
        == "f.yaml:2:1: unknown key 'choos' in a lexicon entry; did you mean 'choose'?")
    #expect(
      message("zzzzz: y") { _ = try $0.fields("a lexicon entry", allowed: keys) }
        == "f.yaml:1:1: unknown key 'zzzzz' in a lexicon entry; expected 'id', 'from', 'choose' or 'clitics'")
    #expect(
      message("from: y") { _ = try $0.fields("a lexicon entry", allowed: keys, required: ["id"]) }
        == "f.yaml:1:1: a lexicon entry needs the key 'id'")
  }

  @Test func typesAreConvertedOnlyWhereAsked() throws {
    #expect(try parse("-12").integer("n", in: -20...20) == -12)
    #expect(try parse("0.10").decimal("fraction") == "0.10")
    #expect(try parse("true").boolean("flag"))
    #expect(message("yes") { _ = try $0.boolean("flag") } == "f.yaml:1:1: found 'yes', expected true or false for flag")
    #expect(message("1e3") { _ = try $0.integer("a step") } == "f.yaml:1:1: found '1e3', expected a step")
    #expect(message("99999999999999999999") { _ = try $0.integer("a step") }.contains("expected a step"))
    #expect(message("30") { _ = try $0.integer("a step", in: 0...9) }.contains("from 0 to 9"))
    for bad in [".5", "1.", "1.2.3", "-1", "1e3", "nan"] {
      #expect(message(bad) { _ = try $0.decimal("a fraction") }.contains("expected a fraction"))
    }
    #expect(message("a:") { _ = try $0.fields("f", allowed: ["a"])["a"]!.string("a name") }.contains("found nothing"))
    #expect(try parse("\"\"").string("text").isEmpty)
  }

  @Test func choicesBetweenKeysAreExact() throws {
    let read: (YAMLNode) throws -> Void = {
      _ = try $0.fields("a branch", allowed: ["to", "keep", "id"]).exactlyOne(of: ["to", "keep"])
    }
    #expect(message("{to: a}", read) == "no error")
    #expect(message("{id: a}", read) == "f.yaml:1:1: a branch needs one of the keys 'to' or 'keep'")
    #expect(message("{to: a, keep: b}", read).hasPrefix("f.yaml:1:9: 'keep' cannot stand beside 'to'"))
  }
}

@Suite struct SpellingTests {
  @Test func aNameThatIsKnownTwiceIsToldOnce() {
    #expect(Spelling.advice(for: "nosuch", among: ["he", "he", "edge"]) == "expected 'he' or 'edge'")
  }

  @Test func distanceCountsEdits() {
    #expect(Spelling.distance("choos", "choose") == 1)
    #expect(Spelling.distance("hcoose", "choose") == 1)
    #expect(Spelling.distance("", "abc") == 3)
    #expect(Spelling.nearest(to: "ferm", among: ["from", "to"]) == nil)
    #expect(Spelling.nearest(to: "form", among: ["from", "to"]) == "from")
  }

  @Test func theCaseOfLettersAndWhatIsLeftOverMatterLittle() {
    #expect(Spelling.nearest(to: "7", among: ["a", "b"]) == nil && Spelling.nearest(to: "ot", among: ["to"]) == "to")
    #expect(Spelling.nearest(to: "", among: ["a"]) == nil)
    #expect(Spelling.nearest(to: "LEXICON", among: ["classes", "lexicon"]) == "lexicon")
    #expect(Spelling.nearest(to: "prev1", among: ["prev3", "prev2", "prev", "next"]) == "prev")
    #expect(Spelling.nearest(to: "prevv2", among: ["prev3", "prev2", "prev", "next"]) == "prev2")
  }

  @Test func anEmptyListIsToldAsWhatItIs() throws {
    #expect(message("[]") { _ = try $0.oneOrMore("a word") } == "f.yaml:1:1: found an empty list, expected a word")
    #expect(try parse("[a, b]").oneOrMore("a word").count == 2 && parse("a").oneOrMore("a word").count == 1)
    #expect(try parse("[]").items.isEmpty)
  }
}
