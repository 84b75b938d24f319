import SwapRules
import TestSupport
import Testing

@Suite struct TrueSwapTests {
  private static let header = "direction: both\npaired_forms: swap"
  private static let words = """
      - {id: he, from: he, to: she, clitics: ["'s"]}
      - {id: she, from: she, to: he, clitics: ["'s"]}
      - {id: him, from: him, to: her, pairs: [herself]}
      - {id: his, from: his, choose: [{id: his-end, when: {next: {any: [end, stop]}}, to: hers}, {id: his-else, to: her}]}
      - {id: hers, from: hers, to: his}
      - {id: her, from: her, choose: [{id: her-end, when: {next: {any: [end, stop]}}, to: him}, {id: her-else, to: his}]}
    """

  @Test func pairedFormsTurnAround() throws {
    let pack = try pack(lexicon(Self.words, more: Self.header))
    #expect(try pack.apply("he/she, his or her, for him & her") == "she/he, her or his, for her & him")
    #expect(try pack.apply("His or Hers; (“he” or “she”); HE/SHE's") == "Hers or His; (“she” or “he”); SHE/HE's")
    #expect(try pack.apply("him/herself, him or\nher.") == "her/herself, her or\nhim.")
    #expect(try pack.rules("s/he (s)he s/she") == ["paired", "paired", "she"])
  }

  /// No condition of a branch was asked: none of them decided. An entry with one branch has none to ask.
  @Test func thePairedFormIsWhatDecidesBetweenBranches() throws {
    let pack = try pack(lexicon(Self.words, more: Self.header))
    #expect(try pack.rules("his or her. his or hers, her book") == ["paired", "paired", "paired", "hers", "her-else"])
    #expect(try pack.rules("he or she") == ["he", "she"])
    let bytes = Array("his or hers.".utf8)
    let overruled = try bytes.withUnsafeBufferPointer { text in
      let matcher = try Matcher(pack)
      return try pack.decide(text).flatMap { matcher.overruledBranches(of: $0, in: SegmentText(text)) }
    }
    #expect(overruled == [])
  }

  /// Else "his or hEr" would become "her or hEr", and that "him or hEr".
  @Test(arguments: [
    "his or hEr book", "hEr or his book", "for his or `her` book", "see his/her.csv", "https://x.y/her or his",
    "his or her\u{200F} book", "his, hEr or its", "s/he or him",
    "`his` or her book", "```\nhis\n```\nor her book",
  ])
  func aPairedFormOfWhichOneHalfStaysStaysWhole(text: String) throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-swap.yaml")
    // With much text behind it there is more that need not be looked at again.
    for text in [text, "We saw that\n" + text + String(repeating: " and so it went on", count: 100)] {
      let once = try pack.apply(text)
      #expect(try pack.apply(once) == text)
      #expect(text.contains("s/he") || once == text)
    }
  }

  @Test func exceptionsHoldBothWays() throws {
    let exceptions = "\nexceptions: [{text: he-man, reason: compound}, {text: He Ne, reason: helium, case: exact}]"
    let pack = try pack(lexicon(Self.words, more: Self.header + exceptions))
    let reasons = ["exception:compound", "exception:compound", "exception:helium", "exception:helium", "he"]
    #expect(try pack.rules("He-man, she-man, He Ne, She Ne, he Ne") == reasons)
  }

  @Test(arguments: [
    ("{id: a, from: a, to: b}", "'b' is written and no entry has it as a form"),
    (
      "{id: a, from: a, to: b}\n  - {id: b, from: b, to: c}\n  - {id: c, from: c, to: a}",
      "'a' becomes 'b', which never"
    ),
    ("{id: a, from: [a, aa], to: b}\n  - {id: b, from: b, to: a}", "'aa' becomes 'b', which never becomes 'aa' again"),
    (
      "{id: a, from: a, to: b, clitics: [\"'s\"]}\n  - {id: b, from: b, to: a}",
      "'a' and 'b' become each other and have other clitics"
    ),
  ])
  func aSwapThatIsNotItsOwnInverseIsRefused(entries: String, message: String) {
    let text = refusal(lexicon("  - " + entries, more: "direction: both"))
    #expect(text.contains(message), "\(text)")
  }
}
