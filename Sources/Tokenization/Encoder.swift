import UnicodeText

/// Turns text into token ids, exactly as `tokenizers` 0.23.3 does. One per worker: it holds a cache (``Use``).
///
/// Results never depend on what was encoded before.
public final class Encoder {
  public let tokenizer: Tokenizer
  private let engine: Engine
  /// 1 GiB: NFC can triple a text, and places in a pre-token are 32 bits.
  private static let longestText = 1 << 30
  /// Text in NFC, where it was not; kept from call to call unless it grew large.
  private var normalText: [UInt8] = []

  /// What is encoded, which says how much memory pays.
  public enum Use: Int {
    /// Whole texts: 16 MiB for the pre-tokens seen before, and 2 for long ones. Twice that was slower: memory answers later.
    case texts = 0x40000
    /// Words here and there: 2 MiB. Zeroing the larger cache cost more than it saved.
    case words = 0x8000
  }

  public init(_ tokenizer: Tokenizer, for use: Use = .texts) {
    self.tokenizer = tokenizer
    engine =
      tokenizer.vocabularySize <= 1 << 16
      ? .narrow(PreTokenEncoder(tokenizer, cacheLines: use.rawValue))
      : .wide(PreTokenEncoder(tokenizer, cacheLines: use.rawValue))
  }

  /// By how many bits ids take.
  private enum Engine {
    case narrow(PreTokenEncoder<NarrowIDs>)
    case wide(PreTokenEncoder<WideIDs>)
  }

  /// Appends the ids of a whole text, at most 1 GiB. Bytes that are no UTF-8 are an error with their offset; `ids` is then
  /// unchanged.
  public func encode(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) throws {
    try encodeText(text, into: &ids)
  }

  /// The same as two bytes an id, which is how data sets keep the ids of a vocabulary of at most 65,536; a larger one is an
  /// error.
  public func encode(_ text: UnsafeBufferPointer<UInt8>, into ids: inout [UInt16]) throws {
    guard case .narrow = engine else {
      throw TokenizerFailure(
        .unsupported, name: tokenizer.name,
        reason: "ids up to \(tokenizer.vocabularySize - 1) do not fit 16 bits; take 32")
    }
    try encodeText(text, into: &ids)
  }

  /// The ids of a whole text.
  public func encode(_ text: [UInt8]) throws -> [UInt32] {
    var ids: [UInt32] = []
    try text.withUnsafeBufferPointer { try encode($0, into: &ids) }
    return ids
  }

  /// Where the pre-token ends that starts at `start`, which must be a pre-token boundary and not the text's end.
  ///
  /// The text must be NFC where the tokenizer normalizes. Added tokens are pre-tokens of their own. Stepping from 0 to the
  /// end gives exactly the pieces that ``encode(_:into:)`` encodes one by one.
  public func preTokenEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    tokenizer.segmenter.end(in: text, from: start)
  }

  /// The greatest place at or before `position` that is known to be a pre-token boundary whatever text stands before this
  /// text; nil if there is none. The text's end is its true end, and it is NFC where the tokenizer normalizes.
  ///
  /// Costs a look at the characters between: a few as a rule, all of a long word.
  public func boundary(atOrBefore position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
    tokenizer.segmenter.boundary(atOrBefore: position, in: text)
  }

  /// Appends the ids of one pre-token, as ``preTokenEnd(in:from:)`` delimits it.
  public func encodePreToken(_ bytes: UnsafeBufferPointer<UInt8>, into ids: inout [UInt32]) {
    if bytes.isEmpty { return }
    if let token = tokenizer.segmenter.addedToken(in: bytes, at: 0), token.end == bytes.count {
      ids.append(token.id)
    } else {
      switch engine {
      case .narrow(let engine): engine.encodeOne(bytes, into: &ids)
      case .wide(let engine): engine.encodeOne(bytes, into: &ids)
      }
    }
  }

  private func encodeText<ID: FixedWidthInteger>(
    _ text: UnsafeBufferPointer<UInt8>, into ids: inout [ID]
  ) throws {
    if text.count > Self.longestText {
      throw TokenizerFailure(
        .invalidText, name: "text", reason: "\(text.count) bytes in one text, more than \(Self.longestText); split it")
    }
    if let offset = UTF8Text.firstInvalid(in: text) {
      throw TokenizerFailure(
        .invalidText, name: "text", offset: offset, reason: "byte \(offset) is not UTF-8; convert or repair the text")
    }
    let added = tokenizer.segmenter.raw
    var position = 0
    while let token = added.first(in: text, from: position, to: text.count, end: text.count) {
      try encodePiece(UnsafeBufferPointer(rebasing: text[position..<token.start]), into: &ids)
      ids.append(ID(truncatingIfNeeded: token.id))
      position = token.end
    }
    try encodePiece(UnsafeBufferPointer(rebasing: text[position...]), into: &ids)
  }

  /// A piece without raw added tokens: to NFC, then cut at the other added tokens.
  private func encodePiece<ID: FixedWidthInteger>(
    _ piece: UnsafeBufferPointer<UInt8>, into ids: inout [ID]
  ) throws {
    if piece.isEmpty { return }
    guard tokenizer.normalizes else { return encodeNormalized(piece, into: &ids) }
    normalText.removeAll(keepingCapacity: normalText.capacity <= 1 << 20)
    if try Normalization.shared().normalizeIfNeeded(piece, into: &normalText) {
      normalText.withUnsafeBufferPointer { encodeNormalized($0, into: &ids) }
    } else {
      encodeNormalized(piece, into: &ids)
    }
  }

  private func encodeNormalized<ID: FixedWidthInteger>(
    _ piece: UnsafeBufferPointer<UInt8>, into ids: inout [ID]
  ) {
    let added = tokenizer.segmenter.normalized
    var position = 0
    while let token = added.first(in: piece, from: position, to: piece.count, end: piece.count) {
      encodePlain(UnsafeBufferPointer(rebasing: piece[position..<token.start]), into: &ids)
      ids.append(ID(truncatingIfNeeded: token.id))
      position = token.end
    }
    encodePlain(UnsafeBufferPointer(rebasing: piece[position...]), into: &ids)
  }

  private func encodePlain<ID: FixedWidthInteger>(_ piece: UnsafeBufferPointer<UInt8>, into ids: inout [ID]) {
    switch engine {
    case .narrow(let engine): engine.encode(piece, into: &ids)
    case .wide(let engine): engine.encode(piece, into: &ids)
    }
  }
}
