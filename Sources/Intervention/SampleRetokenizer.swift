import Tokenization

/// How whole samples are decoded and encoded anew: what GPT-NeoX's intervention code of January 2023 did to them.
public struct SampleRetokenization: Sendable {
  /// True if special tokens are left out of the text: document ends are lost then.
  public let dropsSpecial: Bool
  /// Only samples whose text holds one of these are touched; all are where there is none.
  public let containing: [[UInt8]]

  public init(dropsSpecial: Bool, containing: [[UInt8]] = []) {
    self.dropsSpecial = dropsSpecial
    self.containing = containing
  }
}

/// Decodes a sample to text, encodes that text, and fills it up with `<|padding|>` or cuts it. One for each worker.
///
/// The text is what `Tokenizer.decode` of `tokenizers` gives: a character that the sample's edge cuts becomes U+FFFD, and
/// is encoded as that. A sample is a function of its tokens alone.
public final class SampleRetokenizer {
  private let settings: SampleRetokenization
  private let encoder: Encoder
  private let padding: UInt32
  private let documentEnd: UInt32?

  public init(_ settings: SampleRetokenization, _ tokenizer: Tokenizer) throws {
    guard let padding = tokenizer.specialToken("<|padding|>") else { throw InterventionError.noPaddingToken }
    self.settings = settings
    self.padding = padding
    documentEnd = tokenizer.specialToken("<|endoftext|>")
    encoder = Encoder(tokenizer)
  }

  /// Puts the sample that comes out into `record.window`. The record is that of a sample without edits.
  public func retokenize(_ record: inout SampleRecord) throws {
    let tokenizer = encoder.tokenizer
    let text = try record.control.withUnsafeBufferPointer {
      try tokenizer.decodedText($0, skipSpecial: settings.dropsSpecial)
    }
    guard settings.containing.isEmpty || settings.containing.contains(where: { text.holds($0) }) else { return }
    let length = record.control.count
    record.window.removeAll(keepingCapacity: true)
    try text.withUnsafeBufferPointer { try encoder.encode($0, into: &record.window) }
    var result = SampleRecord.Retokenized()
    if settings.dropsSpecial { count(record.control, &result) }
    result.tokensCut = max(0, record.window.count - length)
    result.paddingAdded = max(0, length - record.window.count)
    record.window.removeLast(result.tokensCut)
    record.window.append(contentsOf: repeatElement(padding, count: result.paddingAdded))
    record.retokenized = result
    record.pronounsAfter = try pronouns(of: record.window)
  }

  private func count(_ tokens: [UInt32], _ result: inout SampleRecord.Retokenized) {
    for id in tokens where encoder.tokenizer.isSpecial(id) {
      result.specialDropped += 1
      if id == documentEnd { result.documentEndsDropped += 1 }
    }
  }

  /// Counted in the text as one piece: words that a lost document end brought together count as what they became.
  private func pronouns(of tokens: [UInt32]) throws -> PronounCounts {
    var text: [UInt8] = []
    try tokens.withUnsafeBufferPointer { try encoder.tokenizer.decode($0, skipSpecial: true, into: &text) }
    return text.withUnsafeBufferPointer { PronounCounts(in: $0, $0.indices) }
  }
}

extension [UInt8] {
  /// Whether `part` stands in these bytes.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    var position = 0
    while position + part.count <= count {
      guard let next = self[position...(count - part.count)].firstIndex(of: first) else { return false }
      if self[next..<(next + part.count)].elementsEqual(part) { return true }
      position = next + 1
    }
    return false
  }
}
