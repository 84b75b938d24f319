/// Words of at most seven ASCII letters, found in one step: their bytes, in lower case, are one number.
struct ShortWords {
  struct Slot {
    var key: UInt64
    var value: UInt64
  }

  private let slots: UnsafeBufferPointer<Slot>
  private let shift: UInt64

  /// `words` are distinct, in lower case.
  init(_ words: [(word: [UInt8], value: UInt64)]) {
    var bits = 4
    while 1 << bits < words.count * 4 { bits += 1 }
    shift = UInt64(64 - bits)
    var slots = [Slot](repeating: Slot(key: 0, value: 0), count: 1 << bits)
    for (word, value) in words where word.count < 8 && word.allSatisfy(\.isASCIILetter) {
      let key = word.reversed().reduce(0) { $0 << 8 | UInt64($1) }
      var index = Self.index(key, shift)
      while slots[index].key != 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = Slot(key: key, value: value)
    }
    self.slots = Tables.copy(slots)
  }

  func deallocate() { slots.deallocate() }

  private static func index(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  enum Answer {
    /// Not so short, not all ASCII, or too near to the text's end.
    case unknown
    /// Where the letters end, and the value if the word has one.
    case word(end: Int, UInt64?)
  }

  /// The letters at `start`, whatever their case.
  @inline(always)
  func word(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Answer {
    guard start &+ 8 <= bytes.count, let base = UnsafeRawPointer(bytes.baseAddress) else { return .unknown }
    let word = base.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
    let others = ~WordScan.letters(word) & 0x8080_8080_8080_8080
    guard others != 0 else { return .unknown }
    let bits = UInt64(others.trailingZeroBitCount) & ~7
    guard word >> bits & 0x80 == 0 else { return .unknown }
    let key = (word | 0x2020_2020_2020_2020) & ((1 << bits) &- 1)
    var index = Self.index(key, shift)
    while slots[index].key != 0 {
      if slots[index].key == key { return .word(end: start &+ Int(bits >> 3), slots[index].value) }
      index = (index &+ 1) & (slots.count &- 1)
    }
    return .word(end: start &+ Int(bits >> 3), nil)
  }
}
