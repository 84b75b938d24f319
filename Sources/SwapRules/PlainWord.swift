// The short way to most items: a word of ASCII letters between plain ASCII, or a mark that ends a part of a sentence.
extension TextView {
  /// A word behind one space or line feed, or a mark right at `place` with white space behind it; nil for all else.
  @inline(always)
  func plainItem(after place: Int) -> Item? {
    guard place &+ 1 < upper else { return nil }
    let byte = bytes[place]
    if Self.isPlainSpace(byte) {
      var word = plainWord(from: place &+ 1)
      if byte == 0x0A { word?.kinds.insert(.newline) }
      return word
    }
    guard Self.isPlainMark(byte), Self.isPlainSpace(bytes[place &+ 1]) else { return nil }
    return Item(start: place, end: place &+ 1, kinds: [.punctuation, .stop, .adjacent])
  }

  /// A word before one space or line feed, or a mark before one that follows on a letter; nil for all else.
  @inline(always)
  func plainItem(before place: Int) -> Item? {
    guard place &- 3 >= lower else { return nil }
    let space = bytes[place &- 1]
    guard Self.isPlainSpace(space) else { return nil }
    var item: Item?
    if !Self.isPlainMark(bytes[place &- 2]) {
      item = plainWord(before: place &- 1)
    } else if bytes[place &- 3].isASCIILetter {
      item = Item(start: place &- 2, end: place &- 1, kinds: [.punctuation, .stop])
    }
    if space == 0x0A { item?.kinds.insert(.newline) }
    return item
  }

  /// Letters that are looked at in one step.
  private static let step = 8
  /// Longer words are read the long way.
  private static let steps = 3

  /// The word that begins at `start`; nil if what stands in it or behind it is not plain. Most have less letters than one step.
  @inline(always)
  func plainWord(from start: Int) -> Item? {
    guard start &+ Self.steps &* Self.step < upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    let word = base.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
    let letters = WordScan.letters(word)
    guard letters != Self.highs else { return longPlainWord(from: start) }
    let bits = UInt64(truncatingIfNeeded: (~letters & Self.highs).trailingZeroBitCount & ~7)
    let next = UInt8(truncatingIfNeeded: word &>> bits)
    // Bit 5 tells small letters from capitals.
    let small = (word &<< 2) & letters & ((1 &<< bits) &- 1)
    return plainWord(start, start &+ Int(bits &>> 3), first: UInt8(truncatingIfNeeded: word), small, next: next)
  }

  private func longPlainWord(from start: Int) -> Item? {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    var (end, small) = (start, UInt64(0))
    for _ in 0..<Self.steps {
      let word = base.loadUnaligned(fromByteOffset: end, as: UInt64.self).littleEndian
      let letters = WordScan.letters(word)
      let count = (~letters & Self.highs).trailingZeroBitCount >> 3
      small |= (word << 2) & letters & Self.low(count)
      end += count
      if count < Self.step { return plainWord(start, end, first: bytes[start], small, next: bytes[end]) }
    }
    return nil
  }

  /// The word that ends at `end`; nil if what stands in it or before it is not plain.
  @inline(always)
  func plainWord(before end: Int) -> Item? {
    guard end &- Self.steps &* Self.step > lower, let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    let word = base.loadUnaligned(fromByteOffset: end &- Self.step, as: UInt64.self).littleEndian
    let letters = WordScan.letters(word)
    guard letters != Self.highs else { return longPlainWord(before: end) }
    let count = (~letters & Self.highs).leadingZeroBitCount &>> 3
    let small = (word &<< 2) & letters & ~Self.low(Self.step &- count)
    let start = end &- count
    return plainWord(start, end, first: bytes[start], small, next: bytes[start &- 1])
  }

  private func longPlainWord(before end: Int) -> Item? {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return nil }
    var (start, small) = (end, UInt64(0))
    for _ in 0..<Self.steps {
      let word = base.loadUnaligned(fromByteOffset: start - Self.step, as: UInt64.self).littleEndian
      let letters = WordScan.letters(word)
      let count = (~letters & Self.highs).leadingZeroBitCount >> 3
      small |= (word << 2) & letters & ~Self.low(Self.step - count)
      start -= count
      if count < Self.step { return plainWord(start, end, first: bytes[start], small, next: bytes[start - 1]) }
    }
    return nil
  }

  /// `small` is 0 if all letters are capitals; `next` is the byte that ended the reading: where it may belong to the word, nil.
  @inline(always)
  private func plainWord(_ start: Int, _ end: Int, first: UInt8, _ small: UInt64, next: UInt8) -> Item? {
    guard end > start, next < 0x80, next != 0x27, !next.isASCIIDigit else { return nil }
    let capitalised = first & 0x20 == 0 ? ItemKinds.capitalised.rawValue : 0
    let uppercase = small == 0 && end &- start > 1 ? ItemKinds.uppercase.rawValue : 0
    return Item(start: start, end: end, kinds: ItemKinds(rawValue: ItemKinds.word.rawValue | capitalised | uppercase))
  }

  private static var highs: UInt64 { 0x8080_8080_8080_8080 }

  /// The high bits of the first `count` bytes.
  @inline(always)
  private static func low(_ count: Int) -> UInt64 {
    count == step ? highs : highs & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
  }
}
