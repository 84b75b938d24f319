/// Where a form may begin, sixteen bytes at a time.
///
/// This loop sees every byte of a text and the rest of the matcher only what it lets through: in novels one byte in 500.
/// Byte by byte it took half of the time. A bit for each pair of bytes that a form can begin with leaves out most words.
struct WordScan {
  private typealias Block = SIMD16<UInt8>
  private static let highs: UInt64 = 0x8080_8080_8080_8080
  /// More initials than these are not compared one by one: every word's beginning is looked at.
  private static let maximumInitials = 8

  /// The initials of all forms in lower case, each in all bytes of a block; none where beginnings are not compared.
  private let initials: UnsafeBufferPointer<Block>
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
    initials = Tables.copy(compared.map { Block(repeating: $0) })
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
    // Each block is held against the bytes before its own.
    if position == 0, nextByByte(bytes, 0, min(1, end)) == 0 { return 0 }
    position = max(1, position)
    while position &+ 16 <= bytes.count, position < end {
      let block = base.loadUnaligned(fromByteOffset: position, as: Block.self)
      let before = base.loadUnaligned(fromByteOffset: position &- 1, as: Block.self)
      let hits = unsafeBitCast(candidates(block) .& .!Self.letters(before), to: SIMD2<UInt64>.self)
      if hits[0] | hits[1] != 0 {
        if let place = first(hits[0], position, bytes, end) ?? first(hits[1], position &+ 8, bytes, end) {
          return place
        }
      }
      position &+= 16
    }
    return position < end ? nextByByte(bytes, position, end) : end
  }

  /// The first of the bytes that `hits` marks where a form may begin; `end` if that is no further.
  @inline(__always)
  private func first(_ hits: UInt64, _ start: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
    var hits = hits.littleEndian & Self.highs
    while hits != 0 {
      let place = start &+ hits.trailingZeroBitCount >> 3
      if place >= end { return end }
      if begins(bytes, place) { return place }
      hits &= hits &- 1
    }
    return nil
  }

  /// The bytes that are an initial.
  @inline(__always)
  private func candidates(_ block: Block) -> SIMDMask<SIMD16<Int8>> {
    if initials.isEmpty { return Self.letters(block) }
    let folded = block | Block(repeating: 0x20)
    var hits = folded .== initials[0]
    for index in 1..<max(1, initials.count) { hits = hits .| (folded .== initials[index]) }
    return hits
  }

  /// The bytes that are ASCII letters.
  @inline(__always)
  private static func letters(_ block: Block) -> SIMDMask<SIMD16<Int8>> {
    ((block | Block(repeating: 0x20)) &- Block(repeating: 0x61)) .< Block(repeating: 26)
  }

  /// The high bit of each byte that is an ASCII letter.
  @inline(__always)
  static func letters(_ word: UInt64) -> UInt64 {
    let low = (word | 0x2020_2020_2020_2020) & ~highs
    return (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ~word & highs
  }

  /// ``next(in:from:to:)`` byte by byte.
  func nextByByte(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ end: Int) -> Int {
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
