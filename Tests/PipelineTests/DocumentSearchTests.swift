import TestSupport
import Testing
import TokenDataset
import Tokenization

@testable import Pipeline

/// Documents longer than what is decoded at once: matches lie across the pieces.
@Suite struct DocumentSearchTests {
  private let folder = TemporaryFolder()
  private let tokenizer: Tokenizer

  init() throws {
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    tokenizer = try Tokenizer(path: folder.file("tokenizer.json"))
  }

  private func dataset(_ texts: [[UInt8]]) throws -> TokenDataset {
    let prefix = folder.file("data\(texts.reduce(0) { $0 + $1.count })")
    let writer = try TokenDatasetWriter(prefix, type: .uint16)
    let encoder = Encoder(tokenizer)
    for text in texts { try writer.append(try encoder.encode(text) + [0]) }
    try writer.finish()
    return try TokenDataset(prefix: prefix)
  }

  private func matches(_ text: String, _ dataset: TokenDataset) throws -> [DocumentMatch] {
    var found: [DocumentMatch] = []
    try DocumentSearch(tokenizer: tokenizer, text: Array(text.utf8)).forEachMatch(in: dataset) {
      found.append($0)
      return true
    }
    return found
  }

  @Test func aMatchIsFoundWhereverThePiecesMeet() throws {
    var random = SeededGenerator(seed: 8)
    let needle = "the needle in it"
    // 65,536 tokens are decoded at once; "x" is a token of one byte.
    for place in [
      65_520, 65_521, 65_530, 65_535, 65_536, 131_060, 131_072, Int.random(in: 0..<140_000, using: &random),
    ] {
      var text = [UInt8](repeating: UInt8(ascii: "x"), count: 140_100)
      text.replaceSubrange(place..<place + needle.utf8.count, with: needle.utf8)
      let data = try dataset([Array("none here".utf8), text])
      let found = try #require(try matches(needle, data).first)
      #expect(found.item == 1 && found.byte == place)
      let tokens = try data.tokens(of: 1)[found.tokens]
      let shown = String(decoding: tokens.flatMap { Array(tokenizer.bytes(of: $0)) }, as: UTF8.self)
      #expect(shown.contains(needle) && shown.utf8.count < needle.utf8.count + 8)
    }
  }

  @Test func aTextLongerThanAPieceIsFound() throws {
    let long = String(repeating: "ab", count: 40_000)
    let data = try dataset([Array(("c" + long + "d").utf8), Array(long.dropLast().utf8)])
    #expect(try matches(long, data).map(\.item) == [0])
    #expect(try matches(long, data).first?.byte == 1)
  }

  @Test func theFirstMatchOfADocumentIsTheOneThatIsFound() throws {
    let data = try dataset([Array("an inn in an inn".utf8), Array("".utf8), Array("pin".utf8)])
    #expect(try matches("in", data).map(\.byte) == [3, 1])
    #expect(try matches("<|endoftext|>", data).map(\.item) == [0, 1, 2])
  }
}
