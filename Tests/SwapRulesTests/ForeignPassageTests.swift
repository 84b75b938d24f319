@testable import SwapRules
import TestSupport
import Testing

@Suite struct ForeignPassageTests {
  private func pack() throws -> RulePack {
    try SwapRulesTests.pack(
      lexicon("  - {id: he, from: [he, her, his], to: x}", more: "guards: {spans: [foreign]}"))
  }

  @Test(arguments: [
    "hin und her", "Hun er her", "Sie ging im Zimmer hin und her.", "La verdad que no he ido (solo he ido 5) y ya.",
    "Kommer du her?\nJa, jeg er her nu.", "he visto que no está", "— Il a son his et pour elle", "»Han er her ikke«",
    "für her und über", "ER IST HER UND DA NICHT", "er his og",
    "the phrase hin und her", "han har The Lord of the Rings og her er det", "hun har set My Fair Lady og er her nu",
    "« he of the sea » est le titre", "kæmpe år her", "Cry No More. His cadre de vie est la forêt",
    "¿he dicho Ramón?",
  ])
  func wordsOfOtherLanguagesAreLeftAlone(text: String) throws {
    let rules = try pack().rules(text)
    #expect(!rules.isEmpty && rules.allSatisfy { $0 == "guard:foreign" }, "\(rules)")
  }

  @Test(arguments: [
    "“Es ist nicht wahr,” he said.", "\"Es ist nicht wahr,\" he said.", "«Il est mort», he said",
    "He said: and the ist und nicht das", "her und", "his", "he he he", "er her folks, er him",
    "Es ist nicht das\n\nHer mother",
    "her hin und then the", "her fiancé", "her José Núñez", "his et al.", "Home » his » her",
  ])
  func englishBesideThemIsNot(text: String) throws {
    #expect(try !pack().rules(text).contains("guard:foreign"))
  }

  @Test func whatIsDecidedDoesNotDependOnWordsThatASwapWritesOrReplaces() throws {
    let pack = try pack()
    let words = ["he", "she", "him", "her", "his", "hers", "himself", "herself", "grandfather", "granddaughter"]
    for frame in ["_ ist her und _", "_ her und _ ", "_ her the _", "das _ his _ _ _ nicht _", "er _ his de _ th' _"] {
      let texts = words.map { word in
        frame.split(separator: "_", omittingEmptySubsequences: false).joined(separator: word)
      }
      let decisions = try texts.map { try pack.rules($0).contains("guard:foreign") }
      #expect(Set(decisions).count == 1, "\(frame)")
    }
  }

  @Test(arguments: [
    "http://das.example/nicht/und/ist her", "her das@nicht.example", "his c:\\das\\und", "his das_ist_nicht und",
    "www.das.example/nicht?und=ist her",
  ])
  func wordsOfAddressesSayNothing(text: String) throws {
    #expect(try !pack().rules(text).contains("guard:foreign"))
    #expect(try pack().rules(text + " und ist nicht").contains("guard:foreign"))
  }

  @Test func whatStandsBeyondAQuotationCountsIfNothingWithinTells() throws {
    let pack = try pack()
    let behind = "det er ikke sagt i dag"
    for (open, close) in [("\"", "\""), ("“", "”"), ("„", "“")] {
      #expect(try pack.rules("\(behind) \(open)oh her\(close) \(behind)") == ["guard:foreign"])
      #expect(try pack.rules("\(behind) \(open)tell her why\(close) \(behind)") == ["he"])
      #expect(try pack.rules("\(open)tell them why\(close) \(behind) her") == ["guard:foreign"])
      #expect(try pack.rules("\(open)oh her\(close) they said") == ["he"])
    }
    #expect(try pack.rules("\"oh her\" ist", trailing: .cut) == ["edge"])
  }

  @Test func lettersThatEnglishHasNotTellToo() throws {
    let pack = try pack()
    #expect(try pack.rules("økologisk her gås") == ["guard:foreign"])
    #expect(try pack.rules("Ørsted her Århus") == ["guard:foreign"])
    #expect(try pack.rules("Zürich her Genève") == ["he"])
    #expect(try pack.rules("жизнь her 他們 λόγος") == ["he"])
  }

  @Test func whatStandsInNamesTooIsLessEvidence() throws {
    let pack = try pack()
    #expect(try pack.rules("de la her") == ["he"])
    #expect(try pack.rules("de la her est") == ["guard:foreign"])
    #expect(try pack.rules("de la her les") == ["guard:foreign"])
  }

  @Test func whatAnEdgeHidesMayBeEnglish() throws {
    let pack = try pack()
    #expect(try pack.rules("x hin und her ist ", leading: .cut, trailing: .cut) == ["edge"])
    #expect(try pack.rules("hin und her ist", trailing: .cut) == ["edge"])
    #expect(try pack.rules("ist und her the ", leading: .cut, trailing: .cut) == ["edge"])
    #expect(try pack.rules("x with her ist", leading: .cut, trailing: .cut) == ["he"])
    #expect(try pack.rules("\"ist und her nicht\"", leading: .cut, trailing: .cut) == ["guard:foreign"])
    #expect(try pack.rules("\"ist und her nicht", leading: .cut) == ["guard:foreign"])
    let far = String(repeating: "ooo ", count: 60)
    #expect(try pack.rules(far + "ist und her nicht das " + far, leading: .cut, trailing: .cut) == ["guard:foreign"])
  }

  // MARK: The short way

  /// Words, gaps and marks of all kinds, and now and then a stretch of one of them.
  private func randomPassage(_ random: inout SeededGenerator) -> [UInt8] {
    let words = [
      "the", "that", "ist", "nicht", "der", "house", "elephantine", "Über", "él", "x", "œuvre", "The", "que",
    ]
    let gaps = [
      " ", " ", " ", ", ", "\n", "\n\n", "\r\n", "  ", " \"", "\" ", " “", "” ", " — ", "\0", " @", "/", "12", "\u{A0}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let count = Int.random(in: 0...30, using: &random) == 0 ? Int.random(in: 1...90, using: &random) : 1
      let isWord = Bool.random(using: &random)
      text += String(repeating: (isWord ? words : gaps).randomElement(using: &random)!, count: count)
    }
    return Array(text.utf8)
  }

  @Test func plainWordsAreReadAsOneByOne() {
    var random = SeededGenerator(seed: 71)
    let words = LanguageWords()
    defer { words.deallocate() }
    var settled = 0
    for _ in 0..<3000 {
      let text = randomPassage(&random)
      let (leading, trailing): (SegmentText.Edge, SegmentText.Edge) =
        Bool.random(using: &random) ? (.cut, .cut) : (.end, .end)
      text.withUnsafeBufferPointer { bytes in
        let place = Int.random(in: 0...bytes.count, using: &random)
        let view = TextView(SegmentText(bytes, leading: leading, trailing: trailing), around: place, place)
        for isAhead in [false, true] {
          var (quick, slow) = (LanguageEvidence(words: words), LanguageEvidence(words: words))
          var (quickly, slowly) = (TextView.Reading(position: place), TextView.Reading(position: place))
          while !quickly.isDone, !quick.isEnglish {
            isAhead ? view.readPlainWordsAhead(&quickly, &quick) : view.readPlainWordsBack(&quickly, &quick)
            isAhead ? view.readWordAhead(&quickly, &quick) : view.readWordBack(&quickly, &quick)
          }
          while !slowly.isDone, !slow.isEnglish {
            isAhead ? view.readWordAhead(&slowly, &slow) : view.readWordBack(&slowly, &slow)
          }
          // Of a paragraph's end only one of them counts the bytes.
          let isSame = quickly.hasEnded || quickly.gaps == slowly.gaps && quickly.position == slowly.position
          #expect(quick.verdict == slow.verdict && quickly.words == slowly.words && isSame)
          #expect(quickly.hasEnded == slowly.hasEnded)
          settled += quick.isEnglish ? 1 : 0
        }
      }
    }
    #expect(settled > 100)
  }
}
