// What shows for most matches at once that no exception holds: the eight bytes on either side.

/// The eight bytes behind a match and before it, the nearest lowest. White space next to the match is one space; bit 5 is set
/// in all bytes, which makes letters of both cases alike.
struct BytesBeside {
  let next: UInt64
  let previous: UInt64

  private static let size = MemoryLayout<UInt64>.size

  /// Nil where less is known.
  @inline(always)
  init?(_ view: TextView, _ start: Int, _ end: Int) {
    guard let base = UnsafeRawPointer(view.bytes.baseAddress), start > view.lower, end < view.upper else { return nil }
    let (hasNext, hasPrevious) = (view.bytes[end].isASCIISpace, view.bytes[start &- 1].isASCIISpace)
    var (front, back) = (end &+ (hasNext ? 1 : 0), start &- (hasPrevious ? 1 : 0))
    if hasNext { while front < view.upper, view.bytes[front].isASCIISpace { front &+= 1 } }
    if hasPrevious { while back > view.lower, view.bytes[back &- 1].isASCIISpace { back &-= 1 } }
    guard back &- Self.size >= view.lower, front &+ Self.size <= view.upper else { return nil }
    let next = base.loadUnaligned(fromByteOffset: front, as: UInt64.self).littleEndian
    let previous = base.loadUnaligned(fromByteOffset: back - Self.size, as: UInt64.self).bigEndian
    self.next = Self.folded(next, hasSpace: hasNext)
    self.previous = Self.folded(previous, hasSpace: hasPrevious)
  }

  /// The same for a match in plain text (see ``Beside``): behind it stand a mark or an apostrophe, or white space and a letter. Nil
  /// where more than one byte of white space stands before it, too.
  @inline(always)
  init?(ofPlain view: TextView, _ start: Int, _ end: Int) {
    let (hasNext, hasPrevious) = (TextView.isPlainSpace(view.bytes[end]), TextView.isPlainSpace(view.bytes[start &- 1]))
    let (front, back) = (end &+ (hasNext ? 1 : 0), start &- (hasPrevious ? 1 : 0))
    guard let base = UnsafeRawPointer(view.bytes.baseAddress), back &- Self.size >= view.lower,
      front &+ Self.size <= view.upper, !(hasPrevious && view.bytes[back &- 1].isASCIISpace)
    else { return nil }
    let next = base.loadUnaligned(fromByteOffset: front, as: UInt64.self).littleEndian
    let previous = base.loadUnaligned(fromByteOffset: back &- Self.size, as: UInt64.self).bigEndian
    self.next = Self.folded(next, hasSpace: hasNext)
    self.previous = Self.folded(previous, hasSpace: hasPrevious)
  }

  /// The eight bytes before a place, so folded; 0 if there are less.
  @inline(always)
  static func last(of bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> UInt64 {
    guard end >= size, let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
    return folded(base.loadUnaligned(fromByteOffset: end - size, as: UInt64.self).bigEndian, hasSpace: false)
  }

  @inline(always)
  private static func folded(_ bytes: UInt64, hasSpace: Bool) -> UInt64 {
    (hasSpace ? bytes << 8 : bytes) | 0x2020_2020_2020_2020
  }
}

/// Up to eight bytes that an exception has on one side of a match, the nearest lowest, as ``BytesBeside`` has them.
struct BytesAtMatch {
  private(set) var bits: UInt64 = 0
  /// Which of the bits count.
  private(set) var mask: UInt64 = 0

  /// Any will do.
  init() {}

  /// As far as the second white space: how much of it stands in a text is not known.
  init(_ bytes: some Sequence<UInt8>) {
    for (place, byte) in bytes.prefix(8).enumerated() {
      let byte = byte.isASCIISpace ? 0x20 : byte
      if place > 0, byte == 0x20 { return }
      bits |= UInt64(byte | 0x20) << UInt64(place * 8)
      mask |= 0xFF << UInt64(place * 8)
    }
  }

  @inline(always)
  func agree(with bytes: UInt64) -> Bool { (bytes ^ bits) & mask == 0 }

  var count: Int { mask.nonzeroBitCount / 8 }
}

/// A set of the first few of such bytes, by their hashes.
struct ByteFilter {
  // 128 bits.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ bytes: BytesAtMatch, atMost count: Int) {
    let bit = Self.bit(bytes.bits & Self.first(min(bytes.count, count)))
    if bit < 64 { low |= 1 << bit } else { high |= 1 << (bit - 64) }
  }

  /// False if these bytes begin with none that were inserted with `count` of them at most.
  @inline(always)
  func mayHold(_ bytes: UInt64, atMost count: Int) -> Bool {
    var words: UInt64 = 0
    for length in 1...count { words |= word(bytes & Self.first(length)) }
    return words & 1 != 0
  }

  @inline(always)
  private static func first(_ count: Int) -> UInt64 { (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1 }

  /// A value's bit, the lowest.
  @inline(always)
  private func word(_ value: UInt64) -> UInt64 {
    let bit = Self.bit(value)
    return (bit < 64 ? low : high) &>> bit
  }

  private static func bit(_ value: UInt64) -> UInt64 { (value &* 0x9E37_79B9_7F4A_7C15) &>> 57 }
}

/// Of each exception of a form in one case what it has on one side of the match, where that is more: behind it rather than
/// before it.
///
/// One or two bytes are looked at first. They let through what has an i behind "He" for "He II": of that four bytes say more.
private struct ExceptionBytes {
  private var few = ByteFilter()
  private var more = ByteFilter()

  private static let fewBytes = 2
  private static let moreBytes = 4

  mutating func insert(_ bytes: BytesAtMatch) {
    few.insert(bytes, atMost: Self.fewBytes)
    more.insert(bytes, atMost: Self.moreBytes)
  }

  @inline(always)
  func mayHold(_ bytes: UInt64) -> Bool { few.mayHold(bytes, atMost: Self.fewBytes) }

  func mayHoldMore(_ bytes: UInt64) -> Bool { more.mayHold(bytes, atMost: Self.moreBytes) }

  /// How many of the bytes are looked at.
  static func count(of bytes: BytesAtMatch) -> Int { min(bytes.count, moreBytes) }
}

/// The exceptions of a form in one case.
struct ExceptionRange {
  /// In `Tables.exceptions`.
  var range: TableRange
  private var fronts = ExceptionBytes()
  private var backs = ExceptionBytes()
  /// An exception says nothing of either side.
  private var isAny = false

  init(_ range: TableRange, _ patterns: [ExceptionPattern]) {
    self.range = range
    for pattern in patterns {
      let (front, back) = (ExceptionBytes.count(of: pattern.front), ExceptionBytes.count(of: pattern.back))
      if front >= back, front > 0 {
        fronts.insert(pattern.front)
      } else if back > 0 {
        backs.insert(pattern.back)
      } else {
        isAny = true
      }
    }
  }

  /// False if the bytes beside a match show that no exception holds.
  @inline(always)
  func mayHold(_ beside: BytesBeside) -> Bool {
    guard fronts.mayHold(beside.next) || backs.mayHold(beside.previous) || isAny else { return false }
    return mayHoldMore(beside)
  }

  private func mayHoldMore(_ beside: BytesBeside) -> Bool {
    isAny || fronts.mayHoldMore(beside.next) || backs.mayHoldMore(beside.previous)
  }
}
