import TestSupport
import Testing

@testable import Terms

@Suite struct WordFinderTests {
  private func count(_ word: String, in text: String, isCaseSensitive: Bool = false) -> Int {
    let finder = WordFinder([word], isCaseSensitive: isCaseSensitive)
    var count = 0
    Array(text.utf8).withUnsafeBufferPointer { text in
      finder.forEach(in: text, 0..<text.count) { _, _ in count += 1 }
    }
    return count
  }

  @Test(arguments: [
    ("she", "She said SHE, she. (she) “she” she-", 6), ("she", "sheep ashe she_ _she she9 9she éshe sheé", 0),
    ("she", "she's she’d she'd've she'll she's.", 5), ("she", "she'x she'sx she'1", 1), ("he", "[t]he [Th]is (t)he", 0),
    ("he", "(s)he [he] (he)", 3), ("he", "he.com he:she he. he: he", 3), ("he", "he\u{301} he\u{200D}", 0),
    ("her husband", "her husband, her\n  husband; HER HUSBAND herhusband her-husband", 3),
    ("her", "her own herself", 1),
    ("mother-in-law", "Mother-in-Law's mother-in-lawful", 1), ("don't", "don't DON’T dont", 2),
    ("él", "él Él ÉL élan", 3),
    ("42", "42 142 4.2 42nd (42)", 2), ("C++", "C++ and c++, C+", 2),
  ])
  func aWordStandsWhereTheRulesSeeOne(word: String, text: String, expected: Int) {
    #expect(count(word, in: text) == expected)
  }

  @Test func caseMattersOnlyWhenAsked() {
    #expect(count("May", in: "May may MAY", isCaseSensitive: true) == 1)
    #expect(count("May", in: "May may MAY") == 3)
  }

  @Test func theFastWayFindsWhatTheSlowOneFinds() {
    var random = SeededGenerator(seed: 3)
    let words = ["she", "he", "her", "her own", "don't", "o'clock", "él", "mother-in-law"]
    for isCaseSensitive in [false, true] {
      let finder = WordFinder(words, isCaseSensitive: isCaseSensitive)
      let slow = SlowTerms(words: words, isCaseSensitive: isCaseSensitive)
      for _ in 0..<200 {
        let text = RandomWords.bytes(&random)
        var found: [[Int]] = []
        text.withUnsafeBufferPointer { finder.forEach(in: $0, 0..<text.count) { found.append([$1, $0]) } }
        let expected = slow.find(in: text).map { [$0.start, $0.term] }
        #expect(Set(found) == Set(expected), "\(String(decoding: text, as: UTF8.self).debugDescription)")
        #expect(found.count == expected.count)
      }
    }
  }
}

/// Text in which terms stand in all kinds of company.
enum RandomWords {
  private static let pieces = [
    "she", "he", "her", "own", "don't", "don’t", "o'clock", "él", "mother-in-law", "mother", "-in-", "law", "herself",
    "the",
    "She", "HE", "Her", "DON'T", "Él", "ÉL", "sHe", "cat", "'s", "’d", "'ve", "'ll", "'x", "n", "s", "t", "9",
  ]
  private static let gaps = [
    " ", " ", " ", " ", "", "\n", "  ", " \n ", ".", ". ", ",", ":", "'", "’", "_", "-", "(", ")", "[", "]", "\"",
    "\u{301}",
    "\u{200D}", "é", "中", "\u{1F600}", "\u{A0}", "\t",
  ]

  static func bytes(_ random: inout SeededGenerator, count: Int = 12) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 1...count, using: &random) {
      text += pieces.randomElement(using: &random)!.utf8
      text += gaps.randomElement(using: &random)!.utf8
      // A character that a sample's edge has cut.
      if Int.random(in: 0..<40, using: &random) == 0 { text += [0xE2, 0x80] }
    }
    return text
  }
}
