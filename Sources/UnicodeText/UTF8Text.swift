import CTextBlocks

/// Reading UTF-8 (RFC 3629) in place, forwards and backwards.
public enum UTF8Text {
  /// What stands at a place in a text.
  public enum Reading: Equatable, Sendable {
    /// A code point and how many bytes (1…4) it takes.
    case scalar(UInt32, length: Int)
    /// The text's end cuts a sequence that is right so far; `length` bytes of it are there.
    case incomplete(length: Int)
    /// No UTF-8; `length` bytes are what Unicode's "maximal subpart" practice replaces by one U+FFFD.
    case invalid(length: Int)
    /// No bytes are left.
    case none

    /// Bytes to step over.
    public var length: Int {
      switch self {
      case .scalar(_, let length), .incomplete(let length), .invalid(let length): length
      case .none: 0
      }
    }
  }

  /// Reads the code point that starts at `position`, looking at no byte from `end` on.
  public static func read(_ text: UnsafeBufferPointer<UInt8>, at position: Int, end: Int) -> Reading {
    if position >= end { return .none }
    let first = text[position]
    if first < 0x80 { return .scalar(UInt32(first), length: 1) }
    guard let form = Form(first) else { return .invalid(length: 1) }
    var scalar = UInt32(first) & form.leadMask
    for offset in 1..<form.length {
      if position + offset >= end { return .incomplete(length: offset) }
      let byte = text[position + offset]
      let allowed = offset == 1 ? form.second : 0x80...0xBF
      if !allowed.contains(byte) { return .invalid(length: offset) }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    return .scalar(scalar, length: form.length)
  }

  /// Reads the code point that ends right before `position`, looking at no byte before `start`.
  ///
  /// A tail of continuation bytes without a head before it is `incomplete` if `start` may have cut it, else `invalid`.
  /// A head whose sequence `position` cuts short is `incomplete` too. Both report what is there, at most 3 bytes.
  public static func read(_ text: UnsafeBufferPointer<UInt8>, before position: Int, start: Int) -> Reading {
    if position <= start { return .none }
    var head = position - 1
    while head > start && head > position - 4 && text[head] & 0xC0 == 0x80 { head -= 1 }
    if text[head] & 0xC0 == 0x80 {
      return head == start && position - start < 4 ? .incomplete(length: position - start) : .invalid(length: 1)
    }
    let reading = read(text, at: head, end: position)
    return reading.length == position - head ? reading : .invalid(length: 1)
  }

  /// The code point and its length at `position` of text that is known to be UTF-8 there. Reads no byte beyond it.
  @inlinable @inline(__always)
  public static func decode(_ text: UnsafePointer<UInt8>, at position: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(text[position])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(text[position &+ 1]) & 0x3F
    if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
    let third = UInt32(text[position &+ 2]) & 0x3F
    if first < 0xF0 { return ((first & 0xF) << 12 | second << 6 | third, 3) }
    return ((first & 7) << 18 | second << 12 | third << 6 | (UInt32(text[position &+ 3]) & 0x3F), 4)
  }

  /// Where the text first stops being UTF-8, or nil. By blocks of 64 bytes.
  public static func firstInvalid(in text: UnsafeBufferPointer<UInt8>) -> Int? {
    firstInvalid(in: text, registers: tiresias_widest_registers())
  }

  /// The same by the registers asked for, which make no difference.
  static func firstInvalid(in text: UnsafeBufferPointer<UInt8>, registers: tiresias_registers) -> Int? {
    var position = tiresias_utf8_front(registers, text.baseAddress, text.count)
    while position < text.count {
      guard case .scalar(_, let length) = read(text, at: position, end: text.count) else { return position }
      position += length
    }
    return nil
  }

  /// A lead byte's meaning: how long the sequence is, which bits are its own, which second bytes are allowed.
  private struct Form {
    let length: Int
    let leadMask: UInt32
    let second: ClosedRange<UInt8>

    init?(_ lead: UInt8) {
      switch lead {
      case 0xC2...0xDF: (length, leadMask, second) = (2, 0x1F, 0x80...0xBF)
      case 0xE0: (length, leadMask, second) = (3, 0xF, 0xA0...0xBF)
      case 0xED: (length, leadMask, second) = (3, 0xF, 0x80...0x9F)
      case 0xE1...0xEF: (length, leadMask, second) = (3, 0xF, 0x80...0xBF)
      case 0xF0: (length, leadMask, second) = (4, 7, 0x90...0xBF)
      case 0xF1...0xF3: (length, leadMask, second) = (4, 7, 0x80...0xBF)
      case 0xF4: (length, leadMask, second) = (4, 7, 0x80...0x8F)
      default: return nil
      }
    }
  }
}
