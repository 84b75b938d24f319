import UnicodeText

/// GPT-2's pattern,
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`, by hand.
///
/// Where a vocabulary has added tokens for all runs of 2…K spaces, they are part of it: it then behaves as
/// ` {2,K}|'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|(?:(?!  )\s)+(?!\S)|(?:(?!  )\s)+`, which gives what
/// cutting out the runs first would give.
package struct PreTokenPattern: Sendable {
  /// K: the longest run of spaces that is a token; 0 if runs are not folded in.
  let longestRun: Int

  package init(longestRun: Int) { self.longestRun = longestRun }

  private static let space = UInt8(ascii: " ")

  /// Where the match ends that starts at `start` < `end` of valid UTF-8. No byte from `end` on is looked at.
  package func end(in text: UnsafeBufferPointer<UInt8>, from start: Int, end: Int) -> Int {
    let base = text.baseAddress.unsafelyUnwrapped
    var first = start
    if text[start] == Self.space {
      if start + 1 == end { return end }
      if longestRun > 0 && text[start + 1] == Self.space { return runEnd(base, start, end) }
      first += 1
    }
    let (kind, length) = Self.classify(base, first, end)
    if kind == .space { return whiteSpaceEnd(base, start, end) }
    if kind == .other && first == start && text[start] == UInt8(ascii: "'") {
      let contraction = Self.contractionLength(base, start, end)
      if contraction > 0 { return start + contraction }
    }
    return Self.classEnd(base, first + length, end, kind)
  }

  /// The end of a run of spaces, at most `longestRun` of them.
  private func runEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    let limit = min(end, start + longestRun)
    var position = start + 2
    while position < limit && text[position] == Self.space { position += 1 }
    return position
  }

  /// `\s+(?!\S)|\s+`: all white space if nothing follows, else all but its last character, if that leaves any.
  private func whiteSpaceEnd(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var last = start
    var position = start
    while position < end {
      if longestRun > 0 && Self.isDoubleSpace(text, position, end) { return position }
      let (kind, length) = Self.classify(text, position, end)
      if kind != .space { return last > start ? last : position }
      last = position
      position += length
    }
    return end
  }

  private static func isDoubleSpace(_ text: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> Bool {
    position + 1 < end && text[position] == space && text[position + 1] == space
  }

  /// Length of the contraction that starts with the apostrophe at `start`; 0 if there is none.
  static func contractionLength(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    guard start + 1 < end else { return 0 }
    switch text[start + 1] {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"): return 2
    case UInt8(ascii: "l"): return start + 2 < end && text[start + 2] == UInt8(ascii: "l") ? 3 : 0
    case UInt8(ascii: "r"), UInt8(ascii: "v"): return start + 2 < end && text[start + 2] == UInt8(ascii: "e") ? 3 : 0
    default: return 0
    }
  }

  /// The first place from `start` on where a character of another class stands, or `end`.
  @inline(__always)
  private static func classEnd(
    _ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ kind: CharacterClass
  ) -> Int {
    var position = start
    if kind == .letter { position = ASCIILetters.end(text, position, end) }
    while position < end {
      let (next, length) = classify(text, position, end)
      if next != kind { break }
      position += length
    }
    return position
  }

  /// Class and length of the character at `position` < `end`. Bytes that are no UTF-8 (possible only in text that was not
  /// checked) read as some character that ends by `end`.
  @inline(__always)
  static func classify(_ text: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> (CharacterClass, Int) {
    let byte = text[position]
    if byte < 0x80 { return (.of(UInt32(byte)), 1) }
    if end - position < 4 {
      let rest = UnsafeBufferPointer(start: text, count: end)
      guard case .scalar(let scalar, let length) = UTF8Text.read(rest, at: position, end: end) else {
        return (.other, 1)
      }
      return (.of(scalar), length)
    }
    let (scalar, length) = UTF8Text.decode(text, at: position)
    return (.of(scalar), length)
  }
}

/// Runs of ASCII letters, eight bytes at a time.
enum ASCIILetters {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The first place from `start` on without an ASCII letter, or `end`.
  @inline(__always)
  static func end(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position &+ 8 <= end {
      let word = UnsafeRawPointer(text + position).loadUnaligned(as: UInt64.self)
      let others = ~letters(word) & tops
      if others != 0 { return position &+ others.trailingZeroBitCount >> 3 }
      position &+= 8
    }
    return position
  }

  /// The top bit of each byte that is an ASCII letter.
  @inline(__always)
  private static func letters(_ word: UInt64) -> UInt64 {
    // Lower case, with the top bit out of the way of the sums' carries: 0x1F + 'a' = 0x80 and 0x05 + 'z' < 0x80.
    let lower = (word | ones &* 0x20) & ~tops
    return (lower &+ ones &* 0x1F) & ~(lower &+ ones &* 0x05) & ~word
  }
}
