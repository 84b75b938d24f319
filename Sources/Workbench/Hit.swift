import SwapRules

/// A word that a pack decided about, in its text.
public struct Hit: Sendable, Equatable {
  /// Bytes of text kept on either side.
  public static let context = 240

  public let fileName: String
  public let line: Int?
  /// Byte offset in the text.
  public let offset: Int
  public let subset: String
  public let left: String
  public let word: String
  public let right: String
  /// What stands in its place; nil if it is left alone.
  public let written: String?
  /// The lexicon entry, and what decided: a branch, or a reason such as `guard:url`.
  public let entry: String
  public let rule: String
  public let isUncertain: Bool

  /// `00.jsonl.zst:17`, or `novel.txt@1204` for a byte of a text file.
  public var place: String { fileName + (line.map { ":\($0)" } ?? "@\(offset)") }
}

extension Hit {
  public init(_ candidate: Candidate, in source: SourceText, _ pack: RulePack) {
    self.init(
      candidate, over: candidate.start..<candidate.end, written: pack.written(by: candidate, in: source), in: source,
      pack)
  }

  /// A span that a candidate is the first of, and what stands in place of the whole of it.
  init(_ candidate: Candidate, over span: Range<Int>, written: String?, in source: SourceText, _ pack: RulePack) {
    let (text, start, end) = (source.text, span.lowerBound, span.upperBound)
    let front = Self.characterStart(text, max(0, start - Self.context), limit: start)
    let back = Self.characterStart(text, min(text.count, end + Self.context), limit: text.count)
    self.init(
      fileName: source.fileName, line: source.line, offset: start, subset: source.subset,
      left: Self.string(text, front..<start), word: Self.string(text, span), right: Self.string(text, end..<back),
      written: written, entry: pack.entries[Int(candidate.entry)].id, rule: pack.rule(of: candidate),
      isUncertain: candidate.isUncertain)
  }

  /// The first place at or after `place` that begins a character.
  private static func characterStart(_ text: UnsafeBufferPointer<UInt8>, _ place: Int, limit: Int) -> Int {
    var place = place
    while place < limit, text[place] & 0xC0 == 0x80 { place += 1 }
    return place
  }

  private static func string(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: text[range]), as: UTF8.self)
  }
}

extension RulePack {
  /// The text that stands in a candidate's place; nil if it is left alone.
  func written(by candidate: Candidate, in source: SourceText) -> String? {
    guard candidate.isReplaced else { return nil }
    return String(decoding: replacement(of: candidate, in: SegmentText(source.text)), as: UTF8.self)
  }

  /// What becomes of a span that holds these candidates, in order and apart; nil if all are left alone.
  func written(by candidates: [Candidate], over span: Range<Int>, in source: SourceText) -> String? {
    guard candidates.contains(where: \.isReplaced) else { return nil }
    var (bytes, place) = ([UInt8](), span.lowerBound)
    for candidate in candidates where candidate.isReplaced {
      bytes += source.text[place..<candidate.start]
      bytes += replacement(of: candidate, in: SegmentText(source.text))
      place = candidate.end
    }
    return String(decoding: bytes + source.text[place..<span.upperBound], as: UTF8.self)
  }
}
