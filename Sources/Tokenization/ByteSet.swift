import Glibc

/// A set of byte values.
struct ByteSet: Sendable {
  /// One flag a byte; no array, so that looking takes no detour.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// A member, and how many there are.
  private var member: UInt8 = 0
  private var count = 0

  mutating func insert(_ byte: UInt8) {
    if contains(byte) { return }
    member = byte
    count += 1
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let (low, high) = byte & 64 == 0 ? (words.0, words.2) : (words.1, words.3)
    return (byte & 128 == 0 ? low : high) &>> UInt64(byte & 63) & 1 != 0
  }

  /// The first place in a range of a text where a member stands.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
    guard count > 0, start < end, let base = text.baseAddress else { return nil }
    if count == 1 {
      return memchr(base + start, Int32(member), end - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    }
    return (start..<end).first { contains(base[$0]) }
  }
}
