extension JSONScanner {
  /// Steps over the string that starts here, and appends its characters to `target`. Returns its lone surrogates.
  @discardableResult
  mutating func string(into target: Unescaped?) throws(LineFault) -> Int {
    at += 1
    var loneSurrogates = 0
    while true {
      let start = at
      while at < bytes.count, bytes[at] >= 0x20, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
        at += 1
      }
      target?.append(UnsafeBufferPointer(rebasing: bytes[start..<at]))
      guard at < bytes.count else { throw fault("the line ends inside a string") }
      if bytes[at] < 0x20 { throw fault("a control character stands in a string; JSON wants it escaped") }
      at += 1
      if bytes[at - 1] == UInt8(ascii: "\"") { return loneSurrogates }
      let scalar = try escape()
      if 0xD800...0xDFFF ~= scalar { loneSurrogates += 1 }
      target?.append(scalar: scalar)
    }
  }

  /// Reads what follows a backslash. A surrogate that is returned stands alone.
  private mutating func escape() throws(LineFault) -> UInt32 {
    guard at < bytes.count else { throw fault("the line ends inside a string") }
    let letter = bytes[at]
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(letter)
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"): return try unicodeEscape()
    default:
      at -= 2
      throw fault("JSON has no such escape")
    }
  }

  private mutating func unicodeEscape() throws(LineFault) -> UInt32 {
    guard let first = hexadecimal(at) else { throw fault("four hexadecimal digits should follow \\u") }
    at += 4
    guard 0xD800...0xDBFF ~= first, at + 6 <= bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u"), let second = hexadecimal(at + 2), 0xDC00...0xDFFF ~= second
    else { return first }
    at += 6
    return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
  }

  private func hexadecimal(_ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[start..<start + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 15)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32(byte & 15 + 9)
      default: return nil
      }
    }
    return value
  }
}
