import TestSupport
import Testing

@testable import SwapRules

@Suite struct ExactCaseTests {
  private static let exact = lexicon(
    """
      - {id: pronoun, from: [us, it’s], to: them}
      - {id: country, from: [US, "U'S"], to: UK}
      - {id: club, from: Us, keep: true}
      - {id: navy, from: us navy, to: a}
      - {id: Navy, from: US Navy, to: b}
    """, more: "case: exact")

  @Test func formsThatDifferInCaseAloneAreForms() throws {
    let pack = try pack(Self.exact)
    #expect(try pack.apply("us US Us uS") == "them UK Us uS")
    #expect(try pack.rules("us, US, Us, uS.") == ["pronoun", "country", "keep:club", "case"])
    #expect(try pack.rules("us navy. US\nNavy. US navy. Us Navy") == ["navy", "Navy", "case", "case"])
    #expect(try pack.apply("the U’S, U'S, it’s, IT’S") == "the UK, UK, them, IT’S")
  }

  @Test func conditionsDoNotAskForTheCase() {
    let branches = "[{id: b, when: {any: [{next: {is: [c]}}, {not: {match: upper}}]}, to: x}, {id: d, to: y}]"
    let answer = refusal(lexicon("  - {id: a, from: a, choose: \(branches)}", more: "case: exact"))
    #expect(
      answer.contains("pack.yaml:6:") && answer.contains("in place of 'match' give each case an entry"), "\(answer)")
  }

  @Test func explanationsSayWhatDecided() throws {
    let pack = try pack(Self.exact)
    let text = Array("US".utf8)
    try text.withUnsafeBufferPointer { bytes in
      let candidate = try #require(try pack.decide(bytes).first)
      let explanation = try Matcher(pack).explanation(of: candidate, in: SegmentText(bytes))
      #expect(explanation.entry == "country" && explanation.rule == "country" && explanation.written == "UK")
    }
  }

  @Test func theSameFormTwiceIsRefusedAndInPreservedCaseAnyCaseIs() {
    let twice = lexicon("  - {id: a, from: US, to: x}\n  - {id: b, from: US, to: y}", more: "case: exact")
    #expect(refusal(twice).contains("form 'US' stands twice"))
    let apostrophes = lexicon("  - {id: a, from: it's, to: x}\n  - {id: b, from: it’s, to: y}", more: "case: exact")
    #expect(refusal(apostrophes).contains("stands twice"))
  }

  @Test func aTrueSwapOfFormsThatDifferInCaseUndoesItself() throws {
    let pack = try pack(
      lexicon(
        """
          - {id: us, from: us, to: UK}
          - {id: uk, from: UK, to: us}
          - {id: US, from: US, to: uk}
          - {id: UK, from: uk, to: US}
        """, more: "case: exact\ndirection: both"))
    #expect(try pack.apply("us US uk UK") == "UK uk US us")
    #expect(try pack.apply(pack.apply("us US uk UK")) == "us US uk UK")
  }
}
