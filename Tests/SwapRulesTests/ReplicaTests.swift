import SwapRules
import TestSupport
import Testing

@Suite struct ReplicaTests {
  private static let strings = lexicon(
    """
      - {id: he, from: " he ", to: " she "}
      - {id: him, from: " him ", to: " her "}
      - {id: they, from: " 他 ", to: " 她 "}
    """, more: "boundaries: ascii-space")

  @Test func stringsBetweenSpacesAreReplacedOneAfterTheOther() throws {
    let pack = try pack(Self.strings)
    #expect(try pack.apply("so he saw him he. he\n 他 he him x") == "so she saw her he. he\n 她 she her x")
    // Python: " he he he ".replace(" he ", " she ")
    #expect(try pack.apply(" he he he he x") == " she he she he x")
    #expect(try pack.apply("he he he") == "he she he")
    #expect(try pack.rules("a he he b") == ["he", "boundary"])
  }

  @Test func stringsAreReplacedAsTextReplaceDoes() throws {
    let pack = try pack(Self.strings)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<300 {
      let words = (0..<12).map { _ in ["he", "him", "他", "", "x", "he."].randomElement(using: &random) ?? "" }
      let text = words.joined(separator: " ")
      var expected = Array(text.utf8)
      for (from, to) in [(" he ", " she "), (" him ", " her "), (" 他 ", " 她 ")] {
        expected = replace(Array(from.utf8), Array(to.utf8), in: expected)
      }
      #expect(try pack.apply(text) == String(decoding: expected, as: UTF8.self), "\(text.debugDescription)")
    }
  }

  private func replace(_ from: [UInt8], _ to: [UInt8], in text: [UInt8]) -> [UInt8] {
    var (output, position) = ([UInt8](), 0)
    while position < text.count {
      if text[position...].starts(with: from) {
        output += to
        position += from.count
      } else {
        output.append(text[position])
        position += 1
      }
    }
    return output
  }

  @Test func stringsAtACutAreNotDecided() throws {
    let pack = try pack(Self.strings)
    #expect(try pack.rules("he x", leading: .cut) == ["edge"])
    #expect(try pack.rules(" he x", leading: .cut) == ["edge"])
    #expect(try pack.rules("a he", trailing: .cut) == ["edge"])
    #expect(try pack.rules("a he", trailing: .end) == [])
    #expect(try pack.rules("some he x", leading: .cut) == ["he"])
  }

  @Test(arguments: [
    ("{id: a, from: a, to: ' b '}", "found 'a', expected one word of at most 64 bytes between two spaces"),
    ("{id: a, from: ' a b ', to: ' b '}", "found ' a b ', expected one word"),
    ("{id: a, from: ' a ', to: ' b '}\n  - {id: b, from: ' b ', to: ' c '}", "' b ' is searched for or written before"),
    ("{id: a, from: ' a ', to: ' b ', clitics: [\"'s\"]}", "an 'ascii-space' entry has"),
  ])
  func aBadStringIsRefused(entry: String, message: String) {
    let text = refusal(lexicon("  - " + entry, more: "boundaries: ascii-space"))
    #expect(text.contains(message), "\(text)")
  }

  private static let header = "boundaries: token-id\ntokenizer: tiny"
  private static let tokens = "  - {id: he, from: ' he', from-id: 7, to: ' she', to-id: 9}"

  @Test func tokenIdsAreMapped() throws {
    let tests = "tests: [{in: [1, 7, 8], out: [1, 9, 8], by: he}, {in: [9], same: true}, {in: [7], out: [8]}]"
    let pack = try pack(lexicon(Self.tokens, more: Self.header + "\n" + tests))
    #expect(pack.tokenMap?.pair(of: 7)?.to == 9)
    #expect(pack.tokenMap?.pair(of: 8) == nil)
    let results = try pack.runTests()
    #expect(results.map(\.outcome) == [.passed, .passed, .failed])
    #expect(results[0].got == "1 9 8")
    #expect(results[0].decisions.map(\.word) == ["7"])
    #expect(throws: RulesFailure.self) { try Matcher(pack) }
    #expect(pack.tokenMap?.firstDisagreement { $0 == 7 ? Array(" he".utf8) : Array(" she".utf8) } == nil)
    #expect(pack.tokenMap?.firstDisagreement { _ in nil }?.from == 7)
  }

  @Test(arguments: [
    ("  - {id: a, from: a, to: b}", "an entry of token ids needs the key 'from-id'"),
    ("  - {id: a, from: a, from-id: 1, to: b, to-id: -1}", "expected a token id from 0"),
    (tokens + "\n  - {id: b, from: a, from-id: 7, to: b, to-id: 1}", "token 7 stands twice"),
  ])
  func aBadTokenEntryIsRefused(entries: String, message: String) {
    let text = refusal(lexicon(entries, more: Self.header))
    #expect(text.contains(message), "\(text)")
  }

  @Test func nothingExtendsAReplica() {
    let text = refusal(
      lexicon("  - {id: a, from: a, to: b}", more: "extends: [old@1]"),
      files: [
        "old.yaml": "schema: 1\npack: old\nversion: 1.0.0\nboundaries: ascii-space"
      ])
    #expect(text.contains("nothing can extend it"), "\(text)")
  }
}
