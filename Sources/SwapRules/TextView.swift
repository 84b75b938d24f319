import UnicodeText

/// The part of a segment that a decision may depend on, and whether it ends there or is merely not seen further.
struct TextView {
  /// Bytes on either side of a word on which its decision may depend (design.md, "Decision").
  static let reach = 1024

  enum Glyph {
    case scalar(UInt32, length: Int)
    /// The segment's end.
    case end
    /// Beyond what is known, or no UTF-8: an unknown letter.
    case unknown
  }

  /// The whole segment; only `lower..<upper` is read.
  let bytes: UnsafeBufferPointer<UInt8>
  let lower: Int
  let upper: Int
  let openStart: Bool
  let openEnd: Bool
  /// From the word's end to here there is no backtick, tilde or NUL: see ``Clearance``.
  var codeClearEnd = 0
  /// The same for `>`.
  var tagClearEnd = 0

  /// What is seen from the word at `start..<end`.
  @inline(always)
  init(_ segment: SegmentText, around start: Int, _ end: Int) {
    bytes = segment.bytes
    lower = max(0, start &- TextView.reach)
    upper = min(bytes.count, end &+ TextView.reach)
    openStart = lower > 0 || segment.leading == .cut
    openEnd = upper < bytes.count || segment.trailing == .cut
  }

  /// What begins at `place`.
  @inline(always)
  func glyph(at place: Int) -> Glyph {
    guard place < upper else { return openEnd ? .unknown : .end }
    let byte = bytes[place]
    if byte < 0x80 { return .scalar(UInt32(byte), length: 1) }
    guard case .scalar(let scalar, let length) = UTF8Text.read(bytes, at: place, end: upper) else { return .unknown }
    return .scalar(scalar, length: length)
  }

  /// What ends right before `place`.
  @inline(always)
  func glyph(before place: Int) -> Glyph {
    guard place > lower else { return openStart ? .unknown : .end }
    let byte = bytes[place - 1]
    if byte < 0x80 { return .scalar(UInt32(byte), length: 1) }
    guard case .scalar(let scalar, let length) = UTF8Text.read(bytes, before: place, start: lower) else {
      return .unknown
    }
    return .scalar(scalar, length: length)
  }

  /// The byte at `place`, 0 at the segment's end, nil where it is not known. Text that holds NUL is read as ending there.
  @inline(always)
  func byte(at place: Int) -> UInt8? {
    if place < upper && place >= lower { return bytes[place] }
    return (place < lower ? openStart : openEnd) ? nil : 0
  }

  /// True for letters, digits and marks: what a word cannot stand next to.
  @inline(always)
  static func isWordScalar(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return UInt8(scalar).isASCIILetter || UInt8(scalar).isASCIIDigit }
    switch CharacterClass.of(scalar) {
    case .letter, .number: return true
    default: return isCombiningMark(scalar)
    }
  }

  static func isLetter(_ scalar: UInt32) -> Bool { CharacterClass.of(scalar) == .letter }

  static func isSpace(_ scalar: UInt32) -> Bool { CharacterClass.of(scalar) == .space }

  func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 }
}

// Word boundaries.
extension TextView {
  /// Whether a word begins or ends at `place`, one side of which is a letter of a match.
  func isBoundary(at place: Int) -> Ternary {
    // The characters that the rules need: through whatever is not ASCII, and two that are.
    var (start, isStartOpen) = (place, true)
    var plain = 0
    walk: while plain < 2 {
      switch glyph(before: start) {
      case .unknown: break walk
      case .end:
        isStartOpen = false
        break walk
      case .scalar(let scalar, let length):
        start -= length
        if scalar < 0x80 { plain += 1 }
      }
    }
    var (end, isEndOpen) = (place, true)
    plain = 0
    walk: while plain < 2 {
      switch glyph(at: end) {
      case .unknown: break walk
      case .end:
        isEndOpen = false
        break walk
      case .scalar(let scalar, let length):
        end += length
        if scalar < 0x80 { plain += 1 }
      }
    }
    let seen = UnsafeBufferPointer(rebasing: bytes[start..<end])
    switch WordBreak.decide(in: seen, at: place - start, openStart: isStartOpen, openEnd: isEndOpen) {
    case .boundary: return .yes
    case .noBoundary: return .no
    case .undecided: return .unknown
    }
  }
}
