import SwapRules
import TestSupport
import Testing

/// A decision depends on the 1,024 bytes on either side of its word and on nothing else.
@Suite final class ReachTests {
  /// Decisions other than `edge` in cut-outs that hold less than the reach: the property must not hold for want of them.
  private var decidedNearCuts = 0

  private static let pieces =
    [
      "he", "him", "his", "himself", "He", "HIS", "hE", "she", "her", "hers", "or", "and", "is", "was", "has", "isn't",
      "also", "/", " ", " ", " ", " ",
      "\n",
      "\n\n", "\r\n", ".", "..", "...", ",", "'", "’", "“", "”", "\"", "`", "``", "```", "-", "--", "—", "(", ")", "[",
      "]",
      "'s", "’ll", "t", "s", "the", "of", "will", "be", "done", "all", "worth", "while", "@", "#", "http://", "www.",
      "=",
      "<", ">", "&", "*", "_", "$", "\\", "->", "::", "12", "é", "e\u{301}", "\u{301}", "ה", "他", "😀", "\u{200D}",
      "letter",
      "He-", "bundle", "word", "Word", "longerword", "\u{FEFF}", "\0", "~~~", "x.", ":", ";", "\u{80}", "\u{85}",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80, 0x80], [0xE2, 0x80]]

  private func randomText(_ random: inout SeededGenerator, pieces count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }
  }

  @Test func aCutOutThatHoldsTheReachDecidesTheSame() throws {
    let pack = try packs()
    var random = SeededGenerator(seed: 11)
    for pack in pack {
      for _ in 0..<5 {
        try check(pack, randomText(&random, pieces: 1500), &random, cuts: 12)
      }
    }
  }

  @Test func aShorterCutOutDecidesTheSameOrSaysEdge() throws {
    var random = SeededGenerator(seed: 12)
    for pack in try packs() {
      for _ in 0..<1000 {
        try check(pack, randomText(&random, pieces: 40), &random, cuts: 6)
      }
    }
    #expect(decidedNearCuts > 1000)
  }

  /// Cuts at chance distances of each word, and at the least that must not matter: near others nothing is to be found.
  @Test(.enabled(if: Assets.folder != nil)) func realTextToo() throws {
    var random = SeededGenerator(seed: 13)
    let path = try #require(Assets.folder) + "/crows-pairs/crows_pairs_anonymized.csv"
    let text = try bytes(of: path)
    for pack in try packs() {
      for _ in 0..<8 {
        let start = Int.random(in: 0..<max(1, text.count - 6000), using: &random)
        try checkEachWord(pack, Array(text[start..<min(text.count, start + 6000)]), &random)
      }
    }
  }

  private func checkEachWord(_ pack: RulePack, _ text: [UInt8], _ random: inout SeededGenerator) throws {
    try text.withUnsafeBufferPointer { whole in
      let expected = try pack.decide(whole)
      for candidate in expected {
        for isWhole in [true, false] {
          let from = max(0, candidate.start - (isWhole ? 1024 : Int.random(in: 0...1100, using: &random)))
          let to = min(whole.count, candidate.end + (isWhole ? 1024 : Int.random(in: 0...1100, using: &random)))
          let segment = SegmentText(
            UnsafeBufferPointer(rebasing: whole[from..<to]), leading: from == 0 ? .end : .cut,
            trailing: to == whole.count ? .end : .cut)
          var found: [Candidate] = []
          try Matcher(pack).candidates(
            in: segment, from: candidate.start - from, to: candidate.start - from + 1, into: &found)
          #expect(!isWhole || found.count == 1, "lost at \(candidate.start)")
          compare(pack, found, [candidate], from: from, to: to, whole)
        }
      }
    }
  }

  private func packs() throws -> [RulePack] {
    let text = lexicon(
      """
        - id: his
          from: his
          choose:
            - {id: a, when: {prev2: {any: [capitalised, stop]}, next3: {not: {any: [word, number]}}}, to: a}
            - {id: b, when: {any: [{prev: {suffix: [e, s]}}, {next2: {mark: ["...", "-", "''"]}}]}, to: b}
            - {id: c, when: {next: {any: [open-quote, uppercase, newline]}, prev3: {not-in: [w]}}, to: a}
            - {id: d, when: {prev: {any: [open-quote, close-quote, dash]}}, keep: true}
        - {id: he, from: he, to: she}
      """, more: "classes: {w: [he, word, the]}\nguards: {regex: ['w[^h]*he']}")
    // Without the guards that look far, short pieces of text decide something too.
    let near = "guards: {spans: [url, email, handle, identifier]}"
    let packs = try ["pronouns-m2f", "pronouns-swap", "pronouns-neutral"].map {
      try pack(withoutTests($0, guards: near), files: shippedFiles())
    }
    let plain = text.replacing("guards: {regex: ['w[^h]*he']}", with: "")
    return try [shippedPack(), pack(text), pack(plain)] + packs
  }

  /// Cuts pieces out of a text and compares each candidate with the one in the whole text.
  private func check(_ pack: RulePack, _ text: [UInt8], _ random: inout SeededGenerator, cuts: Int) throws {
    try text.withUnsafeBufferPointer { whole in
      let expected = try pack.decide(whole)
      for _ in 0..<cuts {
        let from = Int.random(in: 0...whole.count, using: &random)
        let to = Int.random(in: from...whole.count, using: &random)
        let part = UnsafeBufferPointer(rebasing: whole[from..<to])
        let found = try pack.decide(
          part, leading: from == 0 ? .end : .cut, trailing: to == whole.count ? .end : .cut)
        compare(pack, found, expected, from: from, to: to, whole)
      }
    }
  }

  private func compare(
    _ pack: RulePack, _ found: [Candidate], _ expected: [Candidate], from: Int, to: Int,
    _ text: UnsafeBufferPointer<UInt8>
  ) {
    for candidate in found {
      var moved = candidate
      moved.start += from
      moved.end += from
      let match = expected.first { $0.start == moved.start && $0.end == moved.end }
      let isWhole =
        (from == 0 || moved.start - from >= 1024) && (to == text.count || to - moved.end >= 1024)
      if candidate.verdict == .keep(.edge), !isWhole { continue }
      if !isWhole { decidedNearCuts += 1 }
      #expect(match?.verdict == moved.verdict, "\(from)..<\(to), \(moved.start): \(around(moved, text))")
    }
    for candidate in expected {
      guard from == 0 || candidate.start - from >= 1024, to == text.count || to - candidate.end >= 1024 else {
        continue
      }
      #expect(found.contains { $0.start + from == candidate.start }, "lost at \(candidate.start)")
    }
  }

  private func around(_ candidate: Candidate, _ text: UnsafeBufferPointer<UInt8>) -> String {
    let seen = text[max(0, candidate.start - 60)..<min(text.count, candidate.end + 60)]
    return String(decoding: seen, as: UTF8.self).debugDescription
  }
}
