import Pipeline
import Tokenization

/// Looks for a text in samples, byte for byte; A–Z as a–z unless case matters.
struct TextSearch {
  private let wanted: [UInt8]
  private let isCaseSensitive: Bool
  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var folded: [UInt8] = []

  init(_ query: SampleQuery) {
    isCaseSensitive = query.isCaseSensitive
    wanted = Array(query.text.utf8).map { query.isCaseSensitive ? $0 : Self.folded($0) }
  }

  /// Where the text stands in tokens, decoded; what is no token is passed over.
  mutating func find(_ tokens: [UInt32], _ tokenizer: Tokenizer) -> Range<Int>? {
    if let unknown = tokenizer.decodeRun(tokens, into: &bytes, starts: &starts) {
      _ = tokenizer.decodeRun(Array(tokens[..<unknown]), into: &bytes, starts: &starts)
    }
    return findInBytes()
  }

  mutating func find(_ text: [UInt8]) -> Range<Int>? {
    bytes = text
    return findInBytes()
  }

  private mutating func findInBytes() -> Range<Int>? {
    if isCaseSensitive { return Self.find(wanted, in: bytes) }
    folded.removeAll(keepingCapacity: true)
    for byte in bytes { folded.append(Self.folded(byte)) }
    return Self.find(wanted, in: folded)
  }

  private static func find(_ wanted: [UInt8], in text: [UInt8]) -> Range<Int>? {
    ByteSearch.first(wanted, in: text).map { $0..<$0 + wanted.count }
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

  // MARK: Excerpts

  /// Bytes on either side.
  private static let context = 70

  /// What was found last, in its surroundings.
  func excerpt(_ range: Range<Int>) -> (left: String, match: String, right: String) {
    Self.excerpt(bytes[..<range.lowerBound], bytes[range], bytes[range.upperBound...])
  }

  static func excerpt(
    _ left: ArraySlice<UInt8>, _ match: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, behind: Int = context
  ) -> (left: String, match: String, right: String) {
    let front = left.suffix(context).drop { $0 & 0xC0 == 0x80 }
    var back = right.prefix(behind)
    // No part of a character at the cut.
    if back.count < right.count, right[back.endIndex] & 0xC0 == 0x80 {
      while let last = back.popLast(), last & 0xC0 == 0x80 {}
    }
    return (
      (front.count < left.count ? "…" : "") + String(decoding: front, as: UTF8.self),
      String(decoding: match, as: UTF8.self),
      String(decoding: back, as: UTF8.self) + (back.count < right.count ? "…" : "")
    )
  }

  static func beginning(of text: [UInt8]) -> (left: String, match: String, right: String) {
    excerpt([], [], text[...], behind: 2 * context)
  }
}
