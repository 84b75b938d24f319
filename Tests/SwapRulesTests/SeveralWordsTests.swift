import SwapRules
import Testing

@Suite struct SeveralWordsTests {
  private static let agreement = lexicon(
    """
      - {id: he, from: he, to: they, clitics: ["'ll"], pairs: [she]}
      - {id: he-is, from: [he is, "he's"], to: they are, pairs: [she]}
      - {id: is-he, from: is he, to: are they}
      - {id: he-is-not, from: he is not, to: they are not}
      - {id: i-am, from: i am, to: we are}
    """)

  @Test func theLongestFormWins() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.apply("he is. he isn't; he'll, he is not") == "they are. they isn't; they'll, they are not")
    #expect(try pack.rules("he is, he's, he is not, he") == ["he-is", "he-is", "he-is-not", "he"])
  }

  @Test func theLongestFormWinsWhereLettersAreOthersInCapitals() throws {
    let forms =
      "  - {id: short, from: er strasse, to: sie gasse}\n  - {id: long, from: er straße genau, to: sie gasse eben}"
    #expect(
      try pack(lexicon(forms)).rules("ER STRASSE GENAU, er strasse genau, er straße genau") == [
        "long", "short", "long",
      ])
  }

  @Test func eachWordCarriesItsCase() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.apply("He is; he IS; HE is; He Is; HE IS") == "They are; they ARE; THEY are; They Are; THEY ARE")
    #expect(try pack.apply("He's; HE'S; HE’S; I am; I AM") == "They are; THEY ARE; THEY ARE; We are; WE ARE")
    #expect(try pack.rules("hE is; he iS; HE's") == ["case", "case", "case"])
  }

  /// What is ruled out at a look is told by letters that may be others in capitals.
  @Test(arguments: [0, 12]) func aLaterWordMayHaveOtherLettersInCapitals(others: Int) throws {
    let more = "abcdefghijkl".prefix(others).map { "\n  - {id: o\($0), from: er \($0)x, to: sie \($0)x}" }.joined()
    let pack = try pack(
      lexicon("  - {id: er, from: er, to: sie}\n  - {id: knows, from: er weiß, to: sie weiß}\(more)"))
    #expect(try pack.rules("er weiß nun mehr; ER WEISS NUN MEHR; ER WEISS") == ["knows", "knows", "knows"])
    #expect(try pack.rules("er weist nun mehr; ER WEIST NUN MEHR") == ["er", "er"])
  }

  @Test func spacesOrOneLineBreakStandBetweenWords() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.apply("he\nis he\r\nis not") == "they\nare they\r\nare not")
    #expect(try pack.apply("he \t\n    is") == "they \t\n    are")
    // As in set text.
    #expect(try pack.apply("he  is, he   is not;\tis    he") == "they  are, they   are not;\tare    they")
    let widest = String(repeating: " ", count: 16)
    #expect(try pack.apply("he\(widest)is") == "they\(widest)are")
    for gap in [
      widest + " ", " \t", "\t", "\n\n", "\r", "\u{A0}", "\u{3000}", "\n" + String(repeating: " ", count: 16), ", ",
      "-",
    ] {
      #expect(try pack.apply("he\(gap)is") == "they\(gap)is", "\(gap.debugDescription)")
    }
  }

  @Test func whiteSpaceIsKeptWhereTheNumberOfWordsChanges() throws {
    let pack = try pack(
      lexicon("  - {id: a, from: old man, to: elder}\n  - {id: b, from: big old house, to: palace of stone now}"))
    let text = "old\nman; big\nold  house big\nold house"
    #expect(try pack.apply(text) == "elder; palace\nof  stone now palace\nof stone now")
    #expect(try pack.apply("Old man, Old Man, OLD MAN, old MAN") == "Elder, Elder, ELDER, old MAN")
  }

  @Test func ofOverlappingMatchesTheFirstIsTaken() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.apply("where he is he is not") == "where they are they are not")
    #expect(try pack.apply("is he is he is he") == "are they are they are they")
  }

  @Test func anEndlessChainIsLeftAlone() throws {
    let pack = try pack(Self.agreement)
    let text = Array(String(repeating: "he is ", count: 1000).utf8)
    try text.withUnsafeBufferPointer { bytes in
      let whole = try pack.decide(bytes)
      #expect(whole.last?.start ?? 0 <= 512)
      #expect(whole.filter(\.isReplaced).count > 50)
      let matcher = try Matcher(pack)
      var parts: [Candidate] = []
      for start in stride(from: 0, to: bytes.count, by: 100) {
        matcher.candidates(in: SegmentText(bytes), from: start, to: start + 100, into: &parts)
      }
      #expect(parts == whole)
    }
  }

  @Test func aFormThatACutMayContinueIsNotDecided() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.rules("so he", trailing: .cut) == ["edge"])
    #expect(try pack.rules("so he ", trailing: .cut) == ["edge"])
    #expect(try pack.rules("so he i", trailing: .cut) == ["edge"])
    #expect(try pack.rules("so he ik", trailing: .cut) == ["he"])
    #expect(try pack.rules("is he not", leading: .cut) == ["edge"])
    #expect(try pack.rules("so. he not", leading: .cut) == ["he"])
    #expect(try pack.rules("a b c d he not", leading: .cut) == ["he"])
  }

  @Test func anExceptionForAWordHoldsWithinALongerForm() throws {
    let pack = try pack(
      Self.agreement.replacing(
        "\nlexicon:", with: "\nexceptions: [{text: liquid He, reason: helium, case: exact}]\nlexicon:"))
    #expect(
      try pack.rules("Liquid He is; liquid He is; liquid He\nis; so liquid He is not; liquid he is")
        == ["he-is", "exception:helium", "exception:helium", "exception:helium", "he-is"])
  }

  /// Of exceptions that hold a form's words some cannot hold where a longer form stands, others go on within it or behind it.
  @Test func anExceptionThatGoesOnWithinALongerFormHolds() throws {
    let texts = "he IS there, so that he, he isn't so, is he not, he—is"
    let pack = try pack(
      lexicon(
        """
          - {id: he, from: he, to: they}
          - {id: he-is, from: he is, to: they are}
          - {id: he-isnt, from: "he isn't", to: "they aren't"}
          - {id: he-is-not, from: he is not, to: they are not}
          - {id: is-he, from: is he, to: are they}
        """
      ).replacing("\nlexicon:", with: "\nexceptions: [{text: [\(texts)], reason: left}]\nlexicon:"))
    #expect(try pack.apply("he is there, he  IS there, he\nis there") == "he is there, he  IS there, he\nis there")
    #expect(try pack.apply("x he was, he is here, he is not there") == "x they was, they are here, they are not there")
    #expect(try pack.apply("so that he is, so that he isn't, that he") == "so that he is, so that he isn't, that they")
    #expect(try pack.apply("he isn't so; he isn't; he isn’t so") == "he isn't so; they aren't; he isn’t so")
    #expect(try pack.apply("is he not; is he is not; is he nothing") == "is he not; are they is not; are they nothing")
  }

  @Test func apostrophesAreThoseOfTheText() throws {
    let pack = try pack(
      lexicon("  - {id: a, from: he isn't, to: they aren't}\n  - {id: b, from: \"he's\", to: \"they're\"}"))
    #expect(try pack.apply("he isn't, he isn’t, HE’S, he\nisn’t") == "they aren't, they aren’t, THEY’RE, they\naren’t")
  }

  @Test func aFormThatEndsWithinAWordGivesWay() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.apply("is he's; is he'll") == "is they are; is they'll")
  }

  @Test func pairedFormsAreSeenAroundTheWholeMatch() throws {
    let pack = try pack(Self.agreement)
    #expect(try pack.rules("she or he is; he is or she is; s/he is; (s)he's") == Array(repeating: "paired", count: 4))
  }
}
