import Tokenization
import UnicodeText

/// Whether the base's tokens are what the tokenizer makes of a pre-token.
struct BaseAgreement {
  private let tokenizer: Tokenizer
  private let encoder: Encoder
  private var ids: [UInt32] = []

  init(_ tokenizer: Tokenizer, _ encoder: Encoder) {
    self.tokenizer = tokenizer
    self.encoder = encoder
  }

  /// True if the view has the tokens that the tokenizer makes of the pre-token in these bytes.
  mutating func holds(_ bytes: Range<Int>, _ view: SegmentView) throws -> Bool {
    guard let first = view.token(startingAt: bytes.lowerBound), try isText(bytes, view) else { return false }
    ids.removeAll(keepingCapacity: true)
    view.bytes.withUnsafeBufferPointer {
      encoder.encodePreToken(UnsafeBufferPointer(rebasing: $0[bytes]), into: &ids)
    }
    guard first + ids.count <= view.tokens.count else { return false }
    for index in ids.indices where view.tokens[first + index] != ids[index] { return false }
    return true
  }

  /// True for valid UTF-8 in the form that the tokenizer works on. Only odd bases hold anything else.
  private func isText(_ bytes: Range<Int>, _ view: SegmentView) throws -> Bool {
    try view.bytes.withUnsafeBufferPointer { text in
      let part = UnsafeBufferPointer(rebasing: text[bytes])
      if part.allSatisfy({ $0 < 0x80 }) { return true }
      guard UTF8Text.firstInvalid(in: part) == nil else { return false }
      return try !tokenizer.normalizes || Normalization.shared().isNormalized(part)
    }
  }
}
