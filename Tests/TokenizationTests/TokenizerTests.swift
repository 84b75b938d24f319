import StructuredText
import TestSupport
import Testing

@testable import Tokenization

@Suite struct TokenizerTests {
  private func decode(_ tokenizer: Tokenizer, _ ids: [UInt32], skipSpecial: Bool = false) throws -> String {
    let text = try ids.withUnsafeBufferPointer { try tokenizer.decodedText($0, skipSpecial: skipSpecial) }
    return String(decoding: text, as: UTF8.self)
  }

  @Test func decodingUndoesEncoding() throws {
    var generator = SplitMix(seed: 41)
    for small in SmallTokenizer.all {
      let tokenizer = try small.tokenizer()
      let encoder = Encoder(tokenizer)
      for _ in 0..<200 {
        let text = try RandomText.normal(&generator, upTo: 12)
        let ids = try encoder.encode(text)
        var bytes: [UInt8] = []
        try ids.withUnsafeBufferPointer { try tokenizer.decode($0, into: &bytes) }
        // Pieces beside raw added tokens are normalized alone: encoding again tells whether that mattered.
        if try encoder.encode(bytes) == ids { #expect(bytes == text || bytes.count != text.count) }
      }
    }
  }

  @Test func specialTokensAreLeftOutOnRequest() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    let ids = try Encoder(tokenizer).encode(Array("a<|endoftext|>   b".utf8))
    #expect(try decode(tokenizer, ids) == "a<|endoftext|>   b")
    #expect(try decode(tokenizer, ids, skipSpecial: true) == "a   b")
    #expect(ids.filter(tokenizer.isSpecial).count == 1)
    #expect(ids.filter(tokenizer.isAdded).count == 2)
  }

  @Test func cutCharactersBecomeReplacements() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    let ids = try Encoder(tokenizer).encode(Array("中".utf8))
    #expect(try decode(tokenizer, Array(ids.dropLast())) == "\u{FFFD}")
    #expect(try decode(tokenizer, Array(ids.dropFirst())) == "\u{FFFD}\u{FFFD}")
  }

  @Test func idsWithoutATokenAreRefused() throws {
    let tokenizer = try SmallTokenizer.neoX.tokenizer()
    for id in [UInt32(tokenizer.vocabularySize), .max] {
      #expect(throws: TokenizerFailure.self) { try decode(tokenizer, [0, id]) }
      #expect(!tokenizer.contains(id) && tokenizer.bytes(of: id).isEmpty && !tokenizer.isSpecial(id))
    }
  }

  @Test(.enabled(if: Assets.tokenizer != nil, "needs the 20B tokenizer"))
  func encodesAsThe20BTokenizerDoes() throws {
    let encoder = Encoder(try Tokenizer(path: Assets.tokenizer!))
    #expect(encoder.tokenizer.vocabularySize == 50277)
    #expect(try encoder.encode(Array("He said so.".utf8)) == [1328, 753, 594, 15])
    #expect(
      try encoder.encode(Array("don't   panic  at  all\n\n  x".utf8))
        == [9903, 626, 50275, 19239, 50276, 255, 50276, 455, 535, 50276, 89])
    #expect(String(decoding: encoder.tokenizer.bytes(of: 753), as: UTF8.self) == " said")
  }
}
