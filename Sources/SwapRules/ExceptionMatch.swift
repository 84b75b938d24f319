/// The exceptions of a form in one case, and what shows for most matches at once that none of them holds.
struct ExceptionRange {
  /// In `Tables.exceptions`.
  var range: TableRange
  /// For a match between spaces, a bit for each letter that stands behind the space ahead in an exception that goes on there.
  private var nextLetters: UInt32 = 0
  /// Of the others, a bit for each letter that stands before the space behind.
  private var previousLetters: UInt32 = 0

  private static let all = UInt32.max

  init(_ range: TableRange, _ patterns: [ExceptionPattern], _ text: TextInterner) {
    self.range = range
    for pattern in patterns {
      let after = Self.letters(Array(text.string(pattern.after).utf8))
      let before = Self.letters(text.string(pattern.before).utf8.reversed())
      if pattern.skippedBack == 0, after != Self.all {
        nextLetters |= after
      } else {
        previousLetters |= pattern.skippedFront == 0 ? before : Self.all
      }
    }
  }

  /// Which letters can follow on a space in a text that begins so.
  private static func letters(_ text: [UInt8]) -> UInt32 {
    guard let first = text.first else { return all }
    guard first == 0x20 else { return 0 }
    guard text.count > 1 else { return all }
    return text[1].isASCIILetter ? bit(text[1]) : 0
  }

  private static func bit(_ letter: UInt8) -> UInt32 { 1 << UInt32(letter & 0x1F) }

  /// False if no exception can hold where a space stands before the match, a space and a letter behind it.
  @inline(__always)
  func mayHoldBetweenSpaces(_ view: TextView, _ start: Int, _ end: Int) -> Bool {
    if nextLetters & Self.bit(view.bytes[end + 1]) != 0 { return true }
    guard start - 1 > view.lower, view.bytes[start - 2].isASCIILetter else { return previousLetters != 0 }
    return previousLetters & Self.bit(view.bytes[start - 2]) != 0
  }
}

/// Exceptions: texts in which a match is left alone.
extension ExceptionPattern {
  /// False if the bytes beside the match show that the exception does not hold, as they nearly always do.
  @inline(__always)
  func mayHold(_ view: TextView, _ start: Int, _ end: Int) -> Bool {
    if firstAfter != 0, skippedBack == 0, end < view.upper, !isLike(view.bytes[end], firstAfter) { return false }
    if lastBefore != 0, skippedFront == 0, start > view.lower, !isLike(view.bytes[start - 1], lastBefore) {
      return false
    }
    return true
  }

  @inline(__always)
  private func isLike(_ seen: UInt8, _ byte: UInt8) -> Bool {
    byte == 0x20 ? seen.isASCIISpace : seen.foldedASCII == byte
  }

  /// Whether the exception's text stands around the match, not next to a letter or digit where it ends in one.
  func matches(_ view: TextView, _ tables: Tables, _ start: Int, _ end: Int) -> Ternary {
    let (start, end) = skipWords(view, start, end)
    if isExact, !isSpelled(view, tables.text[word], start, end) { return .no }
    return follows(view, tables.text[after], end) && precedes(view, tables.text[before], start)
  }

  /// The words of the match that the exception names.
  private func skipWords(_ view: TextView, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
    var (start, end) = (start, end)
    for _ in 0..<skippedFront {
      while !view.bytes[start].isASCIISpace { start += 1 }
      while view.bytes[start].isASCIISpace { start += 1 }
    }
    for _ in 0..<skippedBack {
      while !view.bytes[end - 1].isASCIISpace { end -= 1 }
      while view.bytes[end - 1].isASCIISpace { end -= 1 }
    }
    return (start, end)
  }

  /// The match is written exactly so, but for the white space between its words.
  private func isSpelled(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var position = start
    for byte in text {
      guard position < end else { return false }
      if byte == 0x20, view.bytes[position].isASCIISpace {
        while position < end, view.bytes[position].isASCIISpace { position += 1 }
      } else {
        guard view.bytes[position] == byte else { return false }
        position += 1
      }
    }
    return position == end
  }

  private func follows(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Ternary {
    var position = end
    for byte in text {
      guard let seen = view.byte(at: position) else { return .unknown }
      if byte == 0x20 {
        guard seen.isASCIISpace else { return .no }
        repeat { position += 1 } while view.byte(at: position)?.isASCIISpace == true
      } else {
        guard isSame(seen, byte) else { return .no }
        position += 1
      }
    }
    guard let last = text.last, last >= 0x80 || last.isASCIIWordByte else { return .yes }
    return isFree(view.glyph(at: position))
  }

  private func precedes(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Ternary {
    var position = start
    for byte in text.reversed() {
      guard let seen = view.byte(at: position - 1) else { return .unknown }
      if byte == 0x20 {
        guard seen.isASCIISpace else { return .no }
        repeat { position -= 1 } while view.byte(at: position - 1)?.isASCIISpace == true
      } else {
        guard isSame(seen, byte) else { return .no }
        position -= 1
      }
    }
    guard let first = text.first, first >= 0x80 || first.isASCIIWordByte else { return .yes }
    return isFree(view.glyph(before: position))
  }

  private func isSame(_ seen: UInt8, _ byte: UInt8) -> Bool {
    isExact ? seen == byte : seen.foldedASCII == byte.foldedASCII
  }

  private func isFree(_ glyph: TextView.Glyph) -> Ternary {
    switch glyph {
    case .unknown: .unknown
    case .end: .yes
    case .scalar(let scalar, _): Ternary(!TextView.isWordScalar(scalar))
    }
  }
}
