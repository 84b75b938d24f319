/// Where a form may begin, eight bytes at a time, and which forms begin with the word there.
///
/// This loop sees every byte of a text and the rest of the matcher only what it lets through: in novels one byte in 500.
/// Byte by byte it took half of the time. Letters are told by arithmetic on all eight bytes of a word at once (Mycroft's
/// test for a zero byte), and a bit for each pair of bytes that a form can begin with leaves out most words.
struct WordScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  /// More initials than these are not compared one by one: every word's beginning is looked at.
  private static let maximumInitials = 4

  /// The initials of all forms in lower case, each in all bytes of a word; none where beginnings are not compared.
  private let initials: UnsafeBufferPointer<UInt64>
  /// A bit for each pair of first bytes, letters in lower case.
  private let pairs: UnsafeBufferPointer<UInt64>
  /// False if some form begins with a character beyond ASCII.
  private let isPlain: Bool
  private let firstBytes: UnsafeBufferPointer<UInt8>

  /// `words` are the first words of all forms in all cases.
  init(_ words: [[UInt8]]) {
    var pairs = [UInt64](repeating: 0, count: 1024)
    var first = [UInt8](repeating: 0, count: 256)
    for word in words {
      guard let initial = word.first else { continue }
      first[Int(initial)] = 1
      for second in Self.seconds(of: word) {
        let pair = Self.pair(initial, second)
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
      }
    }
    let letters = Set(words.compactMap(\.first).map(\.foldedASCII)).sorted()
    isPlain = letters.allSatisfy(\.isASCIILetter)
    let compared = letters.count <= Self.maximumInitials ? letters : []
    initials = Tables.copy(compared.map { UInt64($0) * Self.ones })
    self.pairs = Tables.copy(pairs)
    firstBytes = Tables.copy(first)
  }

  func deallocate() {
    initials.deallocate()
    pairs.deallocate()
    firstBytes.deallocate()
  }

  /// What can stand behind a word's first byte.
  private static func seconds(of word: [UInt8]) -> [UInt8] {
    guard word.count > 1 else { return (0...255).filter { !$0.isASCIILetter } }
    return word[1] == 0x27 ? [0x27, 0xE2] : [word[1]]
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first.foldedASCII) << 8 | Int(second.foldedASCII)
  }

  /// The next place before `end` that may begin a form, or `end`.
  func next(in bytes: UnsafeBufferPointer<UInt8>, from: Int, to end: Int) -> Int {
    guard isPlain, let base = UnsafeRawPointer(bytes.baseAddress) else { return nextByByte(bytes, from, end) }
    var position = from
    while position &+ 8 <= bytes.count, position < end {
      let word = base.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian
      // A letter before the first byte is left to `begins`.
      var hits = candidates(word) & ~(Self.letters(word) << 8)
      while hits != 0 {
        let place = position &+ hits.trailingZeroBitCount >> 3
        if place >= end { return end }
        if begins(bytes, place) { return place }
        hits &= hits &- 1
      }
      position &+= 8
    }
    return position < end ? nextByByte(bytes, position, end) : end
  }

  /// The high bit of each byte that is an initial, and of some behind such a one.
  @inline(__always)
  private func candidates(_ word: UInt64) -> UInt64 {
    if initials.isEmpty { return Self.letters(word) }
    let folded = word | 0x2020_2020_2020_2020
    var hits: UInt64 = 0
    for initial in initials {
      let difference = folded ^ initial
      hits |= (difference &- Self.ones) & ~difference
    }
    return hits & Self.highs
  }

  /// The high bit of each byte that is an ASCII letter.
  @inline(__always)
  static func letters(_ word: UInt64) -> UInt64 {
    let low = (word | 0x2020_2020_2020_2020) & ~highs
    return (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & highs
  }

  private func nextByByte(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int {
    var position = from
    while position < end {
      if firstBytes[Int(bytes[position])] != 0, begins(bytes, position) { return position }
      position += 1
    }
    return end
  }

  /// True if no ASCII letter or digit stands before `place` and a form can begin with its two bytes.
  @inline(__always)
  private func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    if place > 0, bytes[place &- 1].isASCIILetter || bytes[place &- 1].isASCIIDigit { return false }
    let pair = Self.pair(bytes[place], place &+ 1 < bytes.count ? bytes[place &+ 1] : 0)
    return pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0
  }
}

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
  @inline(__always)
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
