import CBytes

/// Where a form may begin, by its first three bytes, 64 at a time, and of what that lets through by its first letters.
///
/// This loop sees every byte of a text and the rest of the matcher only what it lets through: hardly anything but forms. In
/// a pack of hundreds of forms most words begin with three bytes of one, and letters alone tell.
struct WordScan {
  private let sets: UnsafeBufferPointer<tiresias_beginnings>
  private let hashes: UnsafeBufferPointer<UInt64>
  /// No form, nothing to find.
  private let isEmpty: Bool

  /// At most a bit in this many is set.
  private static let bitsPerWord = 64

  /// `words` are the first words of all forms in all cases.
  init(_ words: [[UInt8]]) {
    let words = words.flatMap(Self.spellings)
    isEmpty = words.isEmpty
    var bits: UInt64 = 9
    while 1 << bits < words.count * Self.bitsPerWord { bits += 1 }
    var hashes = [UInt64](repeating: 0, count: 1 << Int(bits - 6))
    for word in words {
      let bit = tiresias_letters_hash(word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }, 64 - bits)
      hashes[Int(bit >> 6)] |= 1 << (bit & 63)
    }
    self.hashes = Tables.copy(hashes)
    var table = BeginningSets(words).table
    table.hashes = self.hashes.baseAddress
    table.shift = 64 - bits
    sets = Tables.copy([table])
  }

  func deallocate() {
    sets.deallocate()
    hashes.deallocate()
  }

  /// A word with either apostrophe.
  private static func spellings(of word: [UInt8]) -> [[UInt8]] {
    if word.isEmpty { return [] }
    let typographic = word.flatMap { $0 == 0x27 ? [0xE2, 0x80, 0x99] : [$0] }
    return typographic.count > word.count ? [word, typographic] : [word]
  }

  /// Writes the next places in `range` that may begin a form to `places`, which holds 32 at least, and how many they are. Gives
  /// back where to go on; that is the range's end if there is no more. Bytes beyond the text count as 0. `width` is the
  /// most bytes that are looked at in one step.
  func find(
    in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, into places: UnsafeMutableBufferPointer<Int>,
    width: Int32 = 64
  ) -> (count: Int, end: Int) {
    guard let base = bytes.baseAddress, let room = places.baseAddress, !isEmpty else { return (0, range.upperBound) }
    var place = range.lowerBound
    let count = room.withMemoryRebound(to: UInt.self, capacity: places.count) {
      tiresias_find_beginnings(base, bytes.count, &place, range.upperBound, sets.baseAddress, $0, places.count, width)
    }
    return (count, place)
  }

  /// True if no ASCII letter stands before `place` and a form can begin with its bytes.
  func begins(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
    !isEmpty && tiresias_begins(bytes.baseAddress, bytes.count, place, sets.baseAddress)
  }

  /// The high bit of each byte that is an ASCII letter.
  @inline(always)
  static func letters(_ word: UInt64) -> UInt64 {
    let low = (word | 0x2020_2020_2020_2020) & ~0x8080_8080_8080_8080
    return (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & 0x8080_8080_8080_8080
  }
}

/// What ``WordScan`` finds in a stretch of text, a few places ahead of need.
struct BeginningReader {
  private let places: UnsafeMutableBufferPointer<Int>
  private let end: Int
  private var next = 0
  private var count = 0
  private var scanned: Int

  /// Of what is found in a text of few forms nothing has left the nearest cache when it is looked at.
  static let room = 128

  /// `places` is memory for ``room`` places, the reader's own as long as it is used.
  init(_ range: Range<Int>, _ places: UnsafeMutableBufferPointer<Int>) {
    self.places = places
    (scanned, end) = (range.lowerBound, range.upperBound)
  }

  /// The next place from `position` on that may begin a form, or nil. Positions only grow.
  @inline(always)
  mutating func next(from position: Int, _ scan: WordScan, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    while true {
      while next < count {
        let place = places[next]
        next += 1
        if place >= position { return place }
      }
      scanned = max(scanned, position)
      guard scanned < end else { return nil }
      (count, scanned) = scan.find(in: bytes, scanned..<end, into: places)
      next = 0
    }
  }
}
