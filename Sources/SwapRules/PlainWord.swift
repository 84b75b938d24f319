// The short way to most items: a word of ASCII letters between plain ASCII.
extension TextView {
  /// Letters that are looked at in one step.
  private static let step = 8
  /// Longer words are read the long way.
  private static let steps = 3

  /// The word that begins at `start`; nil if what stands in it or behind it is not plain.
  @inline(__always)
  func plainWord(from start: Int) -> Item? {
    guard start + Self.steps * Self.step < upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    var (end, lower) = (start, UInt64(0))
    for _ in 0..<Self.steps {
      let word = base.loadUnaligned(fromByteOffset: end, as: UInt64.self).littleEndian
      let letters = WordScan.letters(word)
      let count = (~letters & Self.highs).trailingZeroBitCount >> 3
      // Bit 5 tells small letters from capitals.
      lower |= (word << 2) & letters & Self.low(count)
      end += count
      if count < Self.step { return plainWord(start, end, hasLower: lower != 0, next: bytes[end]) }
    }
    return nil
  }

  /// The word that ends at `end`; nil if what stands in it or before it is not plain.
  @inline(__always)
  func plainWord(before end: Int) -> Item? {
    guard end - Self.steps * Self.step > lower, let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    var (start, lower) = (end, UInt64(0))
    for _ in 0..<Self.steps {
      let word = base.loadUnaligned(fromByteOffset: start - Self.step, as: UInt64.self).littleEndian
      let letters = WordScan.letters(word)
      let count = (~letters & Self.highs).leadingZeroBitCount >> 3
      lower |= (word << 2) & letters & ~Self.low(Self.step - count)
      start -= count
      if count < Self.step { return plainWord(start, end, hasLower: lower != 0, next: bytes[start - 1]) }
    }
    return nil
  }

  /// `next` is the byte that ended the reading: where it may belong to the word, nil.
  @inline(__always)
  private func plainWord(_ start: Int, _ end: Int, hasLower: Bool, next: UInt8) -> Item? {
    guard end > start, next < 0x80, next != 0x27, !next.isASCIIDigit else { return nil }
    var kinds = ItemKinds.word
    if bytes[start] & 0x20 == 0 { kinds.insert(.capitalised) }
    if !hasLower && end - start > 1 { kinds.insert(.uppercase) }
    return Item(start: start, end: end, kinds: kinds)
  }

  private static var highs: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bits of the first `count` bytes.
  @inline(__always)
  private static func low(_ count: Int) -> UInt64 { count == step ? highs : highs & ((1 << UInt64(count * 8)) &- 1) }
}
