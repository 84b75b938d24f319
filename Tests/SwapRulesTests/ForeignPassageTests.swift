import CBytes
import TestSupport
import Testing

@testable import SwapRules

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
    "Von hier oben sieht man den ganzen See.", "Wer so weit gehen möchte, den lernt man schnell kennen.",
    "Tales cosas son siempre de agradecer.", "Los viejos amigos son la mejor familia.",
    "Vejret er køligt, men kampen begynder snart.", "Donc le son de la voix nous semble faible.",
  ])
  func wordsThatAreSpeltAsInEnglishAreLeftAloneThere(text: String) throws {
    let pack = try SwapRulesTests.pack(
      lexicon("  - {id: man, from: [man, son, men], to: x}", more: "guards: {spans: [foreign]}"))
    #expect(try pack.rules(text) == ["guard:foreign"])
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
      "=", "_", ".", "@", "\\", ".\"", "-", "'", "” ", ") ", "é",
    ]
    var text = ""
    // Most stretches have spaces alone, and words of one language.
    let (plainness, languages) = (
      Int.random(in: 1...20, using: &random), Int.random(in: 2...words.count, using: &random)
    )
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let count = Int.random(in: 0...60, using: &random) == 0 ? Int.random(in: 1...90, using: &random) : 1
      let gap = Int.random(in: 0...plainness, using: &random) == 0 ? gaps.randomElement(using: &random)! : " "
      text += String(repeating: words.prefix(languages).randomElement(using: &random)! + gap, count: count)
    }
    return Array(text.utf8)
  }

  @Test func whatIsPlainlyEnglishIsNotForeignByAllThatIsRead() {
    var random = SeededGenerator(seed: 71)
    let (words, narrow) = (LanguageWords(), LanguageWords(width: 16))
    defer {
      words.deallocate()
      narrow.deallocate()
    }
    var (plain, foreign) = (0, 0)
    for _ in 0..<20_000 {
      let text = (0..<4).flatMap { _ in randomPassage(&random) }
      let (leading, trailing): (SegmentText.Edge, SegmentText.Edge) =
        Bool.random(using: &random) ? (.cut, .cut) : (.end, .end)
      text.withUnsafeBufferPointer { bytes in
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
        let view = TextView(SegmentText(bytes, leading: leading, trailing: trailing), around: start, end)
        let slow = view.isForeignByAll(start, end, words)
        let isPlain = view.isPlainlyEnglish(start, end, words)
        #expect(view.isPlainlyEnglish(start, end, narrow) == isPlain)
        if isPlain {
          plain += 1
          #expect(slow == .no, "\(start)..<\(end) of \(String(decoding: text, as: UTF8.self).debugDescription)")
        }
        foreign += slow == .yes ? 1 : 0
      }
    }
    #expect(plain > 1000 && foreign > 1000, "\(plain) plain, \(foreign) foreign")
  }

  @Test func aMarkAtAnyDistanceIsPlain() {
    let (words, narrow) = (LanguageWords(), LanguageWords(width: 16))
    defer {
      words.deallocate()
      narrow.deallocate()
    }
    for mark in ["“", "’", "—"] {
      for distance in 0..<64 {
        let between = String((0..<distance).map { $0 % 8 == 7 ? " " : "z" })
        let front = "They were there between us, and nothing was said through the night " + mark + between + " "
        let behind = " zzz zzzz zzzz zz zzz zzzzzz zzzz zzz zzzzz zzz zz zzzz zzz zzzz zzzz zzz zz zz z."
        Array((front + "her" + behind).utf8).withUnsafeBufferPointer { bytes in
          let start = front.utf8.count
          let view = TextView(SegmentText(bytes), around: start, start + 3)
          #expect(view.isPlainlyEnglish(start, start + 3, words), "\(mark) \(distance)")
          #expect(view.isPlainlyEnglish(start, start + 3, narrow))
          #expect(view.isForeignByAll(start, start + 3, words) == .no)
        }
      }
    }
  }

  /// Words of the lists alone, as they follow each other in no text, and what else matters.
  private func randomListWords(_ random: inout SeededGenerator) -> [UInt8] {
    let english = [
      "the", "of", "said", "by", "That", "that", "Yet", "yet", "through", "without", "with", "nothing", "The", "very",
      "Very", "down", "between", "Between",
    ]
    let others = ["ist", "che", "de", "la", "nicht", "Und", "x", "was", "his", "on", "characteristically", "über"]
    let gaps = [", ", "\n", "\n\n", "\n \n", "\"", " “", "’", "\0", "é", "@", ".", ". ", "_", "--", ": 1", "\t"]
    let rarity = Int.random(in: 2...30, using: &random)
    let known =
      english.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
      + others.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
    var text = ""
    for _ in 0..<Int.random(in: 0...70, using: &random) {
      text += known.randomElement(using: &random)!
      text += Int.random(in: 0...rarity, using: &random) == 0 ? gaps.randomElement(using: &random)! : " "
    }
    return Array(text.utf8)
  }

  @Test func wordsOfTheListsInAnyOrderSayTheSameAsByAllThatIsRead() {
    var random = SeededGenerator(seed: 73)
    let (words, narrow) = (LanguageWords(), LanguageWords(width: 16))
    defer {
      words.deallocate()
      narrow.deallocate()
    }
    let edges: [SegmentText.Edge] = [.cut, .end]
    var (plain, foreign, unknown) = (0, 0, 0)
    for round in 0..<60_000 {
      // Every other time the words ahead are others than those behind.
      let behind = randomListWords(&random)
      let text = round % 2 == 0 ? behind : behind + randomListWords(&random)
      let (leading, trailing) = (edges.randomElement(using: &random)!, edges.randomElement(using: &random)!)
      text.withUnsafeBufferPointer { bytes in
        let start = round % 2 == 0 ? Int.random(in: 0...bytes.count, using: &random) : behind.count
        let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
        let view = TextView(SegmentText(bytes, leading: leading, trailing: trailing), around: start, end)
        let slow = view.isForeignByAll(start, end, words)
        let isPlain = view.isPlainlyEnglish(start, end, words)
        #expect(view.isPlainlyEnglish(start, end, narrow) == isPlain)
        #expect(!isPlain || slow == .no, "\(start)..<\(end) of \(String(decoding: text, as: UTF8.self))")
        plain += isPlain ? 1 : 0
        foreign += slow == .yes ? 1 : 0
        unknown += slow == .unknown ? 1 : 0
      }
    }
    #expect(min(plain, foreign, unknown) > 1000, "\(plain) plain, \(foreign) foreign, \(unknown) unknown")
  }

  /// A word counts once on both sides together, with the weight that it has where it is read first.
  @Test func aWordWithACapitalBehindIsNotCountedAgainAhead() {
    let words = LanguageWords()
    defer { words.deallocate() }
    let far = String(repeating: "ooo ", count: 40)
    let behind = "\(far)\n\nThat summer "
    let ahead = " that und ist nicht das dem ein eine einen einer eines auch sich mit auf \(far)"
    Array((behind + "he" + ahead).utf8).withUnsafeBufferPointer { bytes in
      let (start, end) = (behind.utf8.count, behind.utf8.count + 2)
      let view = TextView(SegmentText(bytes, leading: .end, trailing: .end), around: start, end)
      #expect(view.isForeignByAll(start, end, words) == .yes)
      #expect(view.isForeign(start, end, words) == .yes)
    }
  }

  /// What might be counted as one of "the of is", whose hashes are the same, does not.
  @Test func anEnglishWordSettlesAPassage() {
    let words = LanguageWords()
    defer { words.deallocate() }
    func settles(_ word: String) -> Bool {
      Array((String(repeating: "x ", count: 50) + word + " he nicht und ist").utf8).withUnsafeBufferPointer { bytes in
        let (start, end) = (bytes.count - 16, bytes.count - 14)
        return TextView(SegmentText(bytes), around: start, end).isPlainlyEnglish(start, end, words)
      }
    }
    for word in ["that", "with", "they", "you", "this", "not", "it", "were", "which", "there", "what", "your", "it,"] {
      #expect(settles(word), "\(word)")
    }
    for word in ["out", "yet", "without", "That", "the", "x@that", "ist", "of the"] {
      #expect(!settles(word), "\(word)")
    }
  }

  /// What is cut off may have been an address with the title's word in it.
  @Test func whatAnEdgeHidesOfAWordIsLeftToTheSlowWay() {
    let words = LanguageWords()
    defer { words.deallocate() }
    let (hidden, some, many) = (
      String(repeating: "-", count: 60), String(repeating: "x ", count: 11), String(repeating: "x ", count: 200)
    )
    for (before, after) in [(hidden + "The " + some, " " + many), (many, " " + some + "The" + hidden)] {
      let (start, end) = (before.utf8.count, before.utf8.count + 2)
      Array((before + "he" + after).utf8).withUnsafeBufferPointer { bytes in
        let whole = TextView(SegmentText(bytes), around: start, end)
        #expect(whole.isForeignByAll(start, end, words) == .no && whole.isPlainlyEnglish(start, end, words))
        let cut = TextView(SegmentText(bytes, leading: .cut, trailing: .cut), around: start, end)
        #expect(cut.isForeignByAll(start, end, words) == .unknown && !cut.isPlainlyEnglish(start, end, words))
      }
    }
  }

  @Test(arguments: [16, 32] as [Int32], [true, false])
  func theBitsOfATextAreWhatEachByteIs(width: Int32, isAhead: Bool) {
    var random = SeededGenerator(seed: 72)
    let pieces =
      ["a", "Z", "{", "@", "[", "`", "0", "9", ":", " ", "\n", "\r", "\t", "\0", "\"", ".", ".", "/", "_", "=", "\\"]
      .map { Array($0.utf8) }
      + ["“", "”", "„", "‟", "’", "—", "\u{2040}", "é", "\u{A0}", "中", "ÿ"].map { Array($0.utf8) } + [
        [0xE2], [0x80], [0xE2, 0x80], [0xFF], [0xFB], [0xDB],
      ]
    for _ in 0..<5000 {
      var text: [UInt8] = []
      let size = Int(tiresias_text_block)
      while text.count < size { text += pieces.randomElement(using: &random)! }
      text = Array(text.prefix(size))
      var bits = tiresias_text_bits()
      tiresias_read_text(text, &bits, isAhead, width)
      var marks = Set<Int>()
      for place in 0..<size - 2 where text[place] == 0xE2 && text[place + 1] == 0x80 {
        if (0x80..<0xC0).contains(text[place + 2]), text[place + 2] != 0x9E { marks.formUnion(place...place + 2) }
      }
      for place in text.indices {
        let byte = text[place]
        let isOdd = byte == 0 || byte >= 0x80 && !marks.contains(place)
        let expected = [byte.isASCIILetter, byte == 0x0A, isOdd]
        let bit = UInt32(isAhead ? place : size - 1 - place)
        let found = [bits.letters, bits.line_feeds, bits.odd].map { $0 >> bit & 1 == 1 }
        #expect(found == expected, "\(place) of \(text)")
      }
    }
  }

  /// In real text the short way is nearly always the way.
  @Test(.enabled(if: Assets.folder != nil)) func proseIsPlainlyEnglish() throws {
    let text = Array(try bytes(of: (Assets.folder ?? "") + "/crows-pairs/crows_pairs_anonymized.csv").prefix(300_000))
    let words = LanguageWords()
    defer { words.deallocate() }
    var (plain, places) = (0, 0)
    text.withUnsafeBufferPointer { bytes in
      for place in stride(from: 1, to: bytes.count, by: 7) where bytes[place - 1] == 0x20 {
        let view = TextView(SegmentText(bytes), around: place, place)
        places += 1
        guard view.isPlainlyEnglish(place, place, words) else { continue }
        plain += 1
        #expect(view.isForeignByAll(place, place, words) == .no)
      }
    }
    #expect(plain * 2 > places && places > 1000, "\(plain) of \(places)")
  }
}
