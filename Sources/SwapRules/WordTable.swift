/// Words found by their folded bytes: open addressing, at most half full, no allocation. Short ones, which most are, are
/// found in one step.
struct WordTable {
  struct Slot {
    /// Folded. Empty slots have no bytes.
    var word: ByteSlice
    var value: UInt64
  }

  private let slots: UnsafeBufferPointer<Slot>
  private let mask: Int
  private let text: TextTable
  let short: ShortWords

  /// `words` are distinct.
  init(_ words: [Slot], text: TextTable) {
    var size = 8
    while size < words.count * 2 { size *= 2 }
    let empty = Slot(word: ByteSlice(offset: 0, count: 0), value: 0)
    var slots = [Slot](repeating: empty, count: size)
    for word in words {
      let bytes = text[word.word]
      var index = Int(truncatingIfNeeded: FoldedWord(bytes, 0, bytes.count).hash) & (size - 1)
      while slots[index].word.count > 0 { index = (index + 1) & (size - 1) }
      slots[index] = word
    }
    self.slots = Tables.copy(slots)
    self.mask = size - 1
    self.text = text
    short = ShortWords(words.map { (word: Array(text[$0.word]), value: $0.value) })
  }

  func deallocate() {
    slots.deallocate()
    short.deallocate()
  }

  @inline(always)
  func value(of word: FoldedWord) -> UInt64? {
    if word.end - word.start < 8, case .word(word.end, let value) = short.word(in: word.bytes, at: word.start) {
      return value
    }
    return valueOfAny(word)
  }

  private func valueOfAny(_ word: FoldedWord) -> UInt64? {
    var index = Int(truncatingIfNeeded: word.hash) & mask
    while slots[index].word.count > 0 {
      if word.equals(text[slots[index].word]) { return slots[index].value }
      index = (index + 1) & mask
    }
    return nil
  }
}

/// A run of bytes read without regard to ASCII case, and with ’ as '.
struct FoldedWord {
  let bytes: UnsafeBufferPointer<UInt8>
  let start: Int
  let end: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
    self.bytes = bytes
    self.start = start
    self.end = end
  }

  /// FNV-1a of the folded bytes.
  var hash: UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var place = start
    while place < end {
      hash = (hash ^ UInt64(next(&place))) &* 0x100_0000_01B3
    }
    return hash ^ hash >> 32
  }

  /// True if the folded bytes are these, which are folded already.
  func equals(_ folded: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = start
    for byte in folded {
      if place >= end || next(&place) != byte { return false }
    }
    return place == end
  }

  /// True if these, which are folded already, begin with the folded bytes.
  func isFront(of folded: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = start
    for byte in folded {
      if place >= end { return true }
      if next(&place) != byte { return false }
    }
    return place >= end
  }

  /// True if the folded bytes end in these.
  func ends(in folded: UnsafeBufferPointer<UInt8>) -> Bool {
    var place = end
    for byte in folded.reversed() {
      guard place > start else { return false }
      if place - start >= 3, bytes[place - 1] == 0x99, bytes[place - 2] == 0x80, bytes[place - 3] == 0xE2 {
        place -= 3
        if byte != 0x27 { return false }
      } else {
        place -= 1
        if bytes[place].foldedASCII != byte { return false }
      }
    }
    return true
  }

  @inline(always)
  private func next(_ place: inout Int) -> UInt8 {
    let byte = bytes[place]
    if byte == 0xE2, place + 2 < end, bytes[place + 1] == 0x80, bytes[place + 2] == 0x99 {
      place += 3
      return 0x27
    }
    place += 1
    return byte.foldedASCII
  }
}
