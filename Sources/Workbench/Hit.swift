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
    let text = source.text
    let front = Self.characterStart(text, max(0, candidate.start - Self.context), limit: candidate.start)
    let back = Self.characterStart(text, min(text.count, candidate.end + Self.context), limit: text.count)
    self.init(
      fileName: source.fileName, line: source.line, offset: candidate.start, subset: source.subset,
      left: Self.string(text, front..<candidate.start), word: Self.string(text, candidate.start..<candidate.end),
      right: Self.string(text, candidate.end..<back), written: pack.written(by: candidate, in: source),
      entry: pack.entries[Int(candidate.entry)].id, rule: pack.rule(of: candidate),
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
}
