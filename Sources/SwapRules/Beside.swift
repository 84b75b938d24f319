/// What stands beside a word.
enum Beside {
  /// What most words have: a space, a line feed or an opening quotation mark before; behind it a space or a line feed and a letter,
  /// or a mark that ends a part of a sentence and a space, a line feed or a closing quotation mark. Such a word stands alone, and
  /// no guard but those that reach over spaces holds it.
  case plain
  /// The same before; behind it an apostrophe and a letter. Such a word stands alone if they are of a clitic that it may have, and
  /// the same holds of guards.
  case clitic
  case other
}

extension SegmentText {
  @inline(always)
  func beside(_ start: Int, _ end: Int) -> Beside {
    guard start > 0, end &+ 1 < bytes.count, isPlain(before: start) else { return .other }
    let (byte, next) = (bytes[end], bytes[end &+ 1])
    if TextView.isPlainSpace(byte) { return next.isASCIILetter ? .plain : .other }
    if TextView.isPlainMark(byte), TextView.isPlainSpace(next) { return .plain }
    return besideMark(at: end)
  }

  @inline(always)
  private func isPlain(before start: Int) -> Bool {
    let byte = bytes[start &- 1]
    return TextView.isPlainSpace(byte) || byte == 0x22
      || byte == 0x9C && start > 2 && isGeneralPunctuation(at: start &- 3)
  }

  /// Rarer than the rest.
  private func besideMark(at end: Int) -> Beside {
    let next = bytes[end + 1]
    switch bytes[end] {
    case 0x27: return next.isASCIILetter ? .clitic : .other
    case 0xE2:
      guard end + 3 < bytes.count, next == 0x80, bytes[end + 2] == 0x99 else { return .other }
      return bytes[end + 3].isASCIILetter ? .clitic : .other
    case let byte where TextView.isPlainMark(byte):
      let isClosed =
        next == 0x22 || end + 3 < bytes.count && bytes[end + 3] == 0x9D && isGeneralPunctuation(at: end + 1)
      return isClosed ? .plain : .other
    default: return .other
    }
  }

  /// U+2000 to U+203F.
  private func isGeneralPunctuation(at place: Int) -> Bool { bytes[place] == 0xE2 && bytes[place + 1] == 0x80 }
}

extension TextView {
  // Which of several bytes it is nothing can foresee: so each of these is one question, not as many.

  /// A space or a line feed.
  @inline(always)
  static func isPlainSpace(_ byte: UInt8) -> Bool { has(byte, in: 1 << 0x20 | 1 << 0x0A) }

  /// One of `. , ; : ? !`, which end a part of a sentence.
  @inline(always)
  static func isPlainMark(_ byte: UInt8) -> Bool {
    has(byte, in: 1 << 0x2E | 1 << 0x2C | 1 << 0x3B | 1 << 0x3A | 1 << 0x3F | 1 << 0x21)
  }

  /// Whether a set of bytes below 64 has one.
  @inline(always)
  private static func has(_ byte: UInt8, in set: UInt64) -> Bool {
    (byte < 64 ? set : 0) &>> UInt64(truncatingIfNeeded: byte) & 1 != 0
  }
}
