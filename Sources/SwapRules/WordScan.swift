import CBytes

/// Where a form may begin, by its first three bytes, 32 at a time.
///
/// This loop sees every byte of a text and the rest of the matcher only what it lets through: in novels one byte in 170,
/// most of them forms. By first letters alone half of what was let through was none, and each cost a branch that nobody
/// can foresee.
struct WordScan {
  private let sets: UnsafeBufferPointer<tiresias_beginnings>
  /// A bit for each pair of bytes that a form can begin with, letters in lower case: for packs of many forms, of which the
  /// sets let through nearly all words.
  private let pairs: UnsafeBufferPointer<UInt64>
  /// No form, nothing to find.
  private let isEmpty: Bool

  /// `words` are the first words of all forms in all cases.
  init(_ words: [[UInt8]]) {
    var pairs = [UInt64](repeating: 0, count: 1024)
    let words = words.flatMap(Self.spellings)
    for word in words {
      for second in word.count > 1 ? [word[1]] : (0...255).filter({ !$0.isASCIILetter }) {
        let pair = Self.pair(word[0], second)
        pairs[pair >> 6] |= 1 << UInt64(pair & 63)
      }
    }
    isEmpty = words.isEmpty
    self.pairs = Tables.copy(pairs)
    sets = Tables.copy([BeginningSets(words).table])
  }

  func deallocate() {
    sets.deallocate()
    pairs.deallocate()
  }

  /// A word with either apostrophe.
  private static func spellings(of word: [UInt8]) -> [[UInt8]] {
    if word.isEmpty { return [] }
    let typographic = word.flatMap { $0 == 0x27 ? [0xE2, 0x80, 0x99] : [$0] }
    return typographic.count > word.count ? [word, typographic] : [word]
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first.foldedASCII) << 8 | Int(second.foldedASCII)
  }

  /// The next place before `end` that may begin a form, or `end`. Bytes beyond the text count as 0. `width` is the most bytes
  /// that are looked at in one step.
  func next(in bytes: UnsafeBufferPointer<UInt8>, from: Int, to end: Int, width: Int32 = 32) -> Int {
    guard let base = bytes.baseAddress, let table = sets.baseAddress, !isEmpty else { return end }
    var position = from
    // What follows is held against the byte before its own.
    if position == 0, end > 0, begins(bytes, 0) { return 0 }
    position = max(1, position)
    while position < end {
      position = tiresias_next_beginning(base, bytes.count, position, end, table, width)
      if position >= end { break }
      if begins(bytes, position) { return position }
      position &+= 1
    }
    return end
  }

  /// True if no ASCII letter or digit stands before `place` and a form can begin with its bytes.
  @inline(__always)
  func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    if place > 0, bytes[place &- 1].isASCIILetter || bytes[place &- 1].isASCIIDigit { return false }
    let second = place &+ 1 < bytes.count ? bytes[place &+ 1] : 0
    let third = place &+ 2 < bytes.count ? bytes[place &+ 2] : 0
    let pair = Self.pair(bytes[place], second)
    guard pairs[pair >> 6] >> UInt64(pair & 63) & 1 != 0 else { return false }
    return BeginningSets.hold(sets[0], bytes[place], second, third)
  }

  /// The high bit of each byte that is an ASCII letter.
  @inline(__always)
  static func letters(_ word: UInt64) -> UInt64 {
    let low = (word | 0x2020_2020_2020_2020) & ~0x8080_8080_8080_8080
    return (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & 0x8080_8080_8080_8080
  }
}
