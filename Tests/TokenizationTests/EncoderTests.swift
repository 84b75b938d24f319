import Testing
import UnicodeText

@testable import Tokenization

/// Random texts that hold what pre-tokens turn on.
struct RandomText {
  static let parts = [
    "a", "b", "he", "she", "s", "t", "re", "ll", "'", "'s", " ", " ", "  ", "   ", String(repeating: " ", count: 23),
    "\n", "\n\n",
    "\t", "\u{A0}", "\u{3000}", "\u{2003}", "1", "22", "\u{663}", ".", ",", "<", "<|endoftext|>", "<|end", "|>", "é",
    "e\u{301}",
    "\u{301}", "\u{323}", "ё", "中", "\u{1F600}", "\u{1100}\u{1161}", "abab", "aba", "orndoxf", "\u{2019}", "\r\n",
    "\u{0}",
  ]

  static func make(_ generator: inout SplitMix, upTo count: Int) -> [UInt8] {
    (0..<Int.random(in: 0...count, using: &generator)).flatMap { _ in
      Array(parts.randomElement(using: &generator)!.utf8)
    }
  }

  /// The same in NFC.
  static func normal(_ generator: inout SplitMix, upTo count: Int) throws -> [UInt8] {
    var result: [UInt8] = []
    try make(&generator, upTo: count).withUnsafeBufferPointer {
      try Normalization.shared().normalize($0, into: &result)
    }
    return result
  }
}

@Suite struct EncoderTests {
  @Test(arguments: SmallTokenizer.all.indices)
  func agreesWithTheObviousWay(_ shape: Int) throws {
    let small = SmallTokenizer.all[shape]
    let encoder = Encoder(try small.tokenizer())
    let slow = try SlowTokenizer(small.json())
    var generator = SplitMix(seed: 21)
    for _ in 0..<600 {
      let text = RandomText.make(&generator, upTo: 14)
      let expected = try slow.encode(text)
      if try encoder.encode(text) != expected {
        Issue.record("\(String(decoding: text, as: UTF8.self).debugDescription)")
      }
    }
  }

  @Test func mergesAsPairsAreMergesAsText() throws {
    var pairs = SmallTokenizer.neoX
    pairs.pairMerges = true
    let (a, b) = (Encoder(try SmallTokenizer.neoX.tokenizer()), Encoder(try pairs.tokenizer()))
    var generator = SplitMix(seed: 22)
    for _ in 0..<100 {
      let text = RandomText.make(&generator, upTo: 14)
      #expect(try a.encode(text) == b.encode(text))
    }
  }

  @Test func nothingEncodedBeforeMatters() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    let used = Encoder(tokenizer)
    var generator = SplitMix(seed: 23)
    let texts = (0..<40).map { _ in RandomText.make(&generator, upTo: 60) }
    let fresh = try texts.map { try Encoder(tokenizer).encode($0) }
    for order in [texts.indices.map { $0 }, texts.indices.reversed(), texts.indices.shuffled(using: &generator)] {
      for index in order { #expect(try used.encode(texts[index]) == fresh[index]) }
    }
  }

  @Test func pairsThatComeUpLateAndLongWordsMergeAlike() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    let slow = try SlowTokenizer(SmallTokenizer.neoX.json())
    let encoder = Encoder(tokenizer)
    var generator = SplitMix(seed: 24)
    for length in [15, 16, 63, 64, 65, 66, 100, 200] {
      for letters in ["a", "ab", "abe", "abehrs", "abehrstdnoxf", "aaab", "rsttt"] {
        let text = (0..<length).map { _ in letters.utf8.randomElement(using: &generator)! }
        #expect(try encoder.encode(text) == slow.encode(text))
      }
    }
  }

  @Test func longPreTokensAreCutWhereNoTokenJoins() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    let slow = try SlowTokenizer(SmallTokenizer.neoX.json())
    let encoder = Encoder(tokenizer)
    var generator = SplitMix(seed: 25)
    for length in [4, 5, 16, 17, 21, 22, 48, 100, 400] {
      for letters in [["中", "国", "a", "b"], ["é", "ab", "aba"], ["ж", "б"], ["he", "rs", "ndoxf", "\u{10400}"]] {
        let text = (0..<length).flatMap { _ in Array(letters.randomElement(using: &generator)!.utf8) }
        // Twice: from no cache, and from what was kept.
        for _ in 0..<2 { #expect(try encoder.encode(text) == slow.encode(text)) }
      }
    }
  }

  @Test func narrowAndWideIDsAreTheSame() throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    var generator = SplitMix(seed: 26)
    for _ in 0..<100 {
      let text = RandomText.make(&generator, upTo: 40)
      var narrow: [UInt16] = []
      try text.withUnsafeBufferPointer { try encoder.encode($0, into: &narrow) }
      #expect(try narrow.map(UInt32.init) == encoder.encode(text))
    }
  }

  @Test func idsThatDoNotFitSixteenBitsAreNotGivenAsSuch() throws {
    let encoder = Encoder(try SmallTokenizer.wide.tokenizer())
    var ids: [UInt16] = [7]
    #expect {
      try Array("he".utf8).withUnsafeBufferPointer { try encoder.encode($0, into: &ids) }
    } throws: {
      ($0 as? TokenizerFailure)?.code == .unsupported
    }
    #expect(ids == [7])
  }

  @Test func aHugeWordTakesNoQuadraticTime() throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 200_000)
    let started = ContinuousClock.now
    let ids = try encoder.encode(text)
    // Quadratic time would be hours in a debug build; this is a second or two.
    #expect(ContinuousClock.now - started < .seconds(60))
    #expect(ids.flatMap { encoder.tokenizer.bytes(of: $0) } == text)
  }

  @Test func batchesOfAnyLengthJoin() throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    let one = try encoder.encode(Array(" ab".utf8))
    for count in [1, 255, 256, 257, 1000] {
      let text = [[UInt8]](repeating: Array(" ab".utf8), count: count).flatMap { $0 }
      #expect(try encoder.encode(text) == (0..<count).flatMap { _ in one })
    }
  }

  @Test func invalidTextIsRefusedWithItsOffset() throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    var ids: [UInt32] = [7]
    let text = Array("héllo ".utf8) + [0xED, 0xA0, 0x80]
    #expect {
      try text.withUnsafeBufferPointer { try encoder.encode($0, into: &ids) }
    } throws: {
      ($0 as? TokenizerFailure)?.code == .invalidText && ($0 as? TokenizerFailure)?.offset == 7
    }
    #expect(ids == [7])
  }

  @Test func emptyTextHasNoIDs() throws {
    #expect(try Encoder(SmallTokenizer.neoX.tokenizer()).encode([]) == [])
  }
}
