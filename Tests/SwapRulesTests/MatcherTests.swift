import SwapRules
import Testing

@Suite struct MatcherTests {
  @Test func onlyWholeWordsAreCandidates() throws {
    let pack = try shippedPack()
    #expect(try pack.rules("hehe HeLa this whistle he2 2he ³he éhe heé x\u{301}he 他he") == [])
    #expect(try pack.rules("he, he") == ["he", "he"])
  }

  @Test func everyReasonToKeepAWordIsNamed() throws {
    let pack = try shippedPack()
    #expect(try pack.rules("hE") == ["case"])
    #expect(try pack.rules("_he_ he:x said.he he'x") == Array(repeating: "boundary", count: 4))
    #expect(try pack.rules("he\u{301} him\u{20DD}") == ["combining", "combining"])
    #expect(try pack.rules("he or she, s/he") == ["paired", "paired"])
    #expect(try pack.rules("@his he-man") == ["guard:handle", "exception:compound"])
  }

  @Test func partialReadingGivesTheSameCandidates() throws {
    let pack = try shippedPack()
    let bytes = Array(String(repeating: "He said his, not him or her; 'tis hers and he's. ", count: 40).utf8)
    try bytes.withUnsafeBufferPointer { buffer in
      let whole = try pack.decide(buffer)
      let matcher = try Matcher(pack)
      for step in [1, 7, 50] {
        var parts: [Candidate] = []
        for start in stride(from: 0, to: buffer.count, by: step) {
          matcher.candidates(in: SegmentText(buffer), from: start, to: start + step, into: &parts)
        }
        #expect(parts == whole)
      }
    }
  }

  @Test func wordsAtACutAreNotDecided() throws {
    let pack = try shippedPack()
    #expect(try pack.rules("he", leading: .cut) == ["edge"])
    #expect(try pack.rules("he", trailing: .cut) == ["edge"])
    #expect(try pack.rules("it is his ", trailing: .cut) == ["edge"])
    #expect(try pack.rules("it is his b", trailing: .cut) == ["edge"])
    // Guards for code and markup look 1,000 bytes either way, and give up only where both sides are not seen that far.
    let filler = String(repeating: "word ", count: 200)
    #expect(
      try pack.rules("it was the dog that bit his big dog. " + filler, leading: .cut, trailing: .cut) == ["his-default"]
    )
    #expect(try pack.rules(filler + "and that said he. An answer came", leading: .cut, trailing: .cut) == ["he"])
    #expect(try pack.rules("and that said he. An answer came", leading: .cut) == ["he"])
    #expect(try pack.rules("and that said he. An answer came", leading: .cut, trailing: .cut) == ["edge"])
    #expect(try pack.rules([0xFF] + Array("he".utf8)) == ["edge"])
    #expect(try pack.rules(Array("he".utf8) + [0xE2, 0x80]) == ["edge"])
  }

  @Test func formsMayHoldApostrophesAndTheLongestWins() throws {
    let pack = try pack(
      lexicon("  - {id: he, from: he, to: they, clitics: [\"'ll\"]}\n  - {id: he-is, from: \"he's\", to: \"they're\"}"))
    #expect(
      try pack.apply("He's late; he’s here, HE'S he'll he'd he")
        == "They're late; they’re here, THEY'RE they'll he'd they")
  }

  @Test func wordsBeyondASCIIKeepTheirCase() throws {
    let pack = try pack(lexicon("  - {id: rene, from: rené, to: élise}\n  - {id: el, from: él, to: ella}"))
    #expect(try pack.apply("René RENÉ rené rENé Él él ÉL") == "Élise ÉLISE élise rENé Ella ella ELLA")
  }

  @Test func exactCaseMatchesWhatIsWritten() throws {
    let pack = try pack(lexicon("  - {id: us, from: US, to: UK}", more: "case: exact"))
    #expect(try pack.apply("US us Us US.") == "UK us Us UK.")
  }

  @Test func regularExpressionsGuard() throws {
    let pack = try pack(
      lexicon("  - {id: he, from: he, to: she}", more: "guards: {regex: ['(?i)\\bsaid he\\b', 'he(?= 😀)']}"))
    #expect(
      try pack.rules("said he; Said HE, he said; he 😀") == ["guard:regex:1", "guard:regex:1", "he", "guard:regex:2"])
    #expect(try pack.rules("and so said he", leading: .cut) == ["edge"])
  }

  @Test(arguments: [
    "(a+)+$", "(\\w+\\s?)*!", "(?:a?){40}a{40}", "(?:(?:(?:a*)*)*)*b", "((.*)*)\\1z", "(x+x+)+y", "(é|é)*!",
  ])
  func aRegularExpressionWithoutEndIsRefused(pattern: String) {
    let pack = lexicon("  - {id: he, from: he, to: she}", more: "guards: {regex: ['\(pattern)']}")
    #expect(refusal(pack).contains("'\(pattern)' takes too many steps on a text as short as "))
  }

  @Test(arguments: [
    "(?i)\\bbundle of his\\b", "(\\w++ ?+)*+!", "\"[^\"]*his[^\"]*\"", ".*he.*she.*they.*", "\\b\\w+@\\w+(\\.\\w+)+\\b",
    "(?s).{0,9999}", "\\X{0,999}", "(\\w+ )*he", "([a-z]+[0-9]+)*!", "(?<=a{1,99})h", "\\p{Lu}*",
  ])
  func aRegularExpressionThatEndsIsTaken(pattern: String) throws {
    let yaml = pattern.replacing("'", with: "''")
    let pack = try pack(lexicon("  - {id: he, from: he, to: she}", more: "guards: {regex: ['\(yaml)']}"))
    #expect(try pack.rules("So he went.").count == 1)
  }

  @Test func regularExpressionsAreCounted() {
    let many = (0...256).map { "'he\($0)'" }.joined(separator: ", ")
    let text = lexicon("  - {id: he, from: he, to: she}", more: "guards: {regex: [\(many)]}")
    #expect(refusal(text).contains("more than 256 regular expressions in guards"))
  }

  /// Of these some are not found out before: a match is then not decided.
  @Test func aRegularExpressionWithoutEndIsStopped() throws {
    let pack = try pack(lexicon("  - {id: he, from: he, to: she}", more: "guards: {regex: ['(qvx|q|v|x)*!']}"))
    #expect(try pack.rules(String(repeating: "qvx", count: 40) + " he ?") == ["edge"])
  }

  @Test func conditionsSeeThreeItemsEitherSide() throws {
    let pack = try pack(
      lexicon(
        """
          - id: x
            from: x
            choose:
              - {id: far, when: {prev3: {is: [one]}, next3: {is: [six]}}, to: far}
              - {id: upper, when: {next: {all: [capitalised, {not: {any: [uppercase]}}]}}, to: name}
              - {id: shout, when: {next: {any: [uppercase]}}, to: shout}
              - {id: ing, when: {next: {suffix: [ing]}, match: [lower]}, to: doing}
              - {id: either, when: {any: [{prev: {mark: "%"}}, {next: {any: [number]}}]}, to: either}
              - {id: line, when: {next: {any: [newline]}}, to: line}
              - {id: kept, when: {next: {any: [end]}}, keep: true}
        """))
    #expect(try pack.rules("one two three x four five six") == ["far"])
    #expect(try pack.rules("x Ann x NATO x sing X sing . % x") == ["upper", "shout", "ing", "none", "either"])
    #expect(try pack.rules("x 12 x\nb c x") == ["either", "line", "keep:kept"])
    #expect(try pack.rules("x a") == ["none"])
  }
}
