import Testing

@testable import Tokenization

@Suite struct SegmenterTests {
  /// Ends of pre-tokens, stepping from the start.
  private func ends(_ encoder: Encoder, _ text: [UInt8]) -> [Int] {
    text.withUnsafeBufferPointer { text in
      var ends: [Int] = []
      while (ends.last ?? 0) < text.count { ends.append(encoder.preTokenEnd(in: text, from: ends.last ?? 0)) }
      return ends
    }
  }

  @Test(arguments: SmallTokenizer.all.indices)
  func steppingCutsWhereTheObviousWayCuts(_ shape: Int) throws {
    let small = SmallTokenizer.all[shape]
    let encoder = Encoder(try small.tokenizer())
    let slow = try SlowTokenizer(small.json())
    var generator = SplitMix(seed: 31)
    for _ in 0..<600 {
      let text = try stable(slow, &generator)
      let pieces = try slow.preTokens(text).map(\.bytes)
      var total = 0
      let expected = pieces.map {
        total += $0.count
        return total
      }
      #expect(ends(encoder, text) == expected)
    }
  }

  @Test(arguments: SmallTokenizer.all.indices)
  func preTokensEncodedOneByOneAreTheWhole(_ shape: Int) throws {
    let small = SmallTokenizer.all[shape]
    let encoder = Encoder(try small.tokenizer())
    let slow = try SlowTokenizer(small.json())
    var generator = SplitMix(seed: 32)
    for _ in 0..<600 {
      let text = try stable(slow, &generator)
      var ids: [UInt32] = []
      text.withUnsafeBufferPointer { bytes in
        var start = 0
        for end in ends(encoder, text) {
          encoder.encodePreToken(UnsafeBufferPointer(rebasing: bytes[start..<end]), into: &ids)
          start = end
        }
      }
      #expect(try ids == encoder.encode(text))
    }
  }

  /// A text whose pieces between raw added tokens are NFC.
  private func stable(_ slow: SlowTokenizer, _ generator: inout SplitMix) throws -> [UInt8] {
    while true {
      let text = try slow.preTokens(RandomText.make(&generator, upTo: 12)).flatMap(\.bytes)
      if try slow.preTokens(text).flatMap(\.bytes) == text { return text }
    }
  }

  @Test(arguments: SmallTokenizer.all.indices)
  func certainBoundariesAreBoundariesAfterAnyPrefix(_ shape: Int) throws {
    let small = SmallTokenizer.all[shape]
    let encoder = Encoder(try small.tokenizer())
    var generator = SplitMix(seed: 33)
    for _ in 0..<1000 {
      let prefix = RandomText.make(&generator, upTo: 4)
      let text = RandomText.make(&generator, upTo: 10)
      let whole = Set(ends(encoder, prefix + text)).union([0])
      text.withUnsafeBufferPointer { bytes in
        for position in 0...text.count {
          guard let found = encoder.boundary(atOrBefore: position, in: bytes) else { continue }
          if found > position || !whole.contains(prefix.count + found) {
            Issue.record("\(found) of \(String(decoding: text, as: UTF8.self).debugDescription) after \(prefix)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("he said", 7, 7), ("he said", 6, 2), ("he said", 2, 2), ("he\n\nsaid", 6, 4), ("ab12", 3, 2), ("a'sx", 3, 1),
    ("(he", 2, 1), ("a\n  b", 4, 4), ("a\n  b", 3, 2), ("x" + String(repeating: " ", count: 30) + "y", 28, 25),
    ("x" + String(repeating: " ", count: 25) + "y", 26, 25), ("x" + String(repeating: " ", count: 24) + "y", 25, 25),
  ])
  func boundariesAreFoundNearBy(_ text: String, _ position: Int, _ expected: Int) throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    Array(text.utf8).withUnsafeBufferPointer { #expect(encoder.boundary(atOrBefore: position, in: $0) == expected) }
  }

  @Test func noBoundaryIsCertainWithoutContext() throws {
    let encoder = Encoder(try SmallTokenizer.neoX.tokenizer())
    for text in ["hello", "  x", "'s", " x"] {
      Array(text.utf8).withUnsafeBufferPointer { #expect(encoder.boundary(atOrBefore: $0.count - 1, in: $0) == nil) }
    }
    [UInt8]().withUnsafeBufferPointer { #expect(encoder.boundary(atOrBefore: 0, in: $0) == 0) }
  }
}
