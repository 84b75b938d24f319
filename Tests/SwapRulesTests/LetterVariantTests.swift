import SwapRules
import TestSupport
import Testing

/// What a pack names holds in all cases of all letters, and with either apostrophe.
@Suite struct LetterVariantTests {
  private static let words = """
      - id: z
        from: zog
        choose:
          - {id: is, when: {next: {is: [élan, Œuvre, øl]}}, to: word}
          - {id: in, when: {next: {in: [names]}}, to: class}
          - {id: suffix, when: {next: {suffix: [té]}}, to: suffix}
          - {id: else, to: other}
      - {id: foo, from: foo, to: bar, pairs: [fiancée], clitics: ["'s"]}
      - {id: isnt, from: isn’t, to: ain't}
    """
  private static let more = """
    classes: {names: [ångström, Émile, don’t]}
    exceptions:
      - {text: café foo, reason: place}
      - {text: "don't foo", reason: straight}
      - {text: foo’s été, reason: curly}
      - {text: Ö foo, reason: exact, case: exact}
    """

  /// For a `String` they are the same text.
  @Test func lettersInOneAndInTwoCharactersAreTwoTexts() throws {
    let (one, two) = ("caf\u{E9}", "cafe\u{301}")
    let pack = try pack(
      lexicon(
        "  - {id: he, from: he, to: she}",
        more: "exceptions:\n  - {text: he \(one), reason: one}\n  - {text: he \(two), reason: two}"))
    #expect(try pack.rules("he \(one), he \(two)") == ["exception:one", "exception:two"])
  }

  @Test(arguments: ["he man", "he\tman", "he\u{B}man"]) func whiteSpaceInExceptions(text: String) throws {
    let written = text.replacing("\t", with: "\\t").replacing("\u{B}", with: "\\v")
    let pack = try pack(
      lexicon("  - {id: he, from: he, to: she}", more: "exceptions: [{text: \"\(written)\", reason: made}]"))
    #expect(try pack.rules(text) == ["exception:made"])
    #expect(try pack.rules("and so it is that \(text) went away to the house") == ["exception:made"])
  }

  @Test(arguments: [
    ("zog élan, zog Élan, zog ÉLAN", "is"), ("zog œuvre, zog Œuvre, zog ŒUVRE, zog ØL", "is"),
    ("zog Ångström, zog ÅNGSTRÖM, zog émile, zog ÉMILE, zog don't, zog DON’T", "in"),
    ("zog cité, zog CITÉ", "suffix"), ("zog elan, zog angström", "else"),
    ("café foo, Café foo, CAFÉ FOO, Café Foo", "exception:place"),
    ("don't foo, don’t foo, Don’t foo", "exception:straight"), ("foo's été, foo’s été, FOO’S ÉTÉ", "exception:curly"),
    ("foo or fiancée, foo/Fiancée, FOO OR FIANCÉE", "paired"), ("isn't, isn’t, ISN'T, Isn’t", "isnt"),
    ("Ö foo", "exception:exact"), ("ö foo, Ö FOO", "foo"),
  ])
  func allSpellingsAreTheSame(text: String, rule: String) throws {
    let rules = try pack(lexicon(Self.words, more: Self.more)).rules(text)
    #expect(rules == Array(repeating: rule, count: text.split(separator: ",").count))
  }

  @Test func onlyTheFirstLetterOfALigatureIsLarge() throws {
    let pack = try pack(lexicon("  - {id: a, from: he, to: ﬁt}\n  - {id: b, from: she, to: ǆin}"))
    #expect(try pack.apply("he He HE she She SHE") == "ﬁt Fit FIT ǆin ǅin ǄIN")
  }

  @Test func anExceptionIsSeenWholeAroundEveryMatch() {
    let text = { (count: Int) in
      let letters = String(repeating: "x", count: count)
      return lexicon("  - {id: a, from: he, to: she}", more: "exceptions: [{text: \(letters) he, reason: long}]")
    }
    #expect(refusal(text(253)) == "accepted")
    #expect(refusal(text(254)).contains("an exception has at most 256 bytes"))
  }
}
