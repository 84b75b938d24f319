// What shows for most matches at once that no exception holds: the eight bytes on either side.

/// The eight bytes behind a match and before it, the nearest lowest. White space next to the match is one space; bit 5 is set
/// in all bytes, which makes letters of both cases alike.
struct BytesBeside {
  let next: UInt64
  let previous: UInt64

  private static let size = MemoryLayout<UInt64>.size

  /// Nil where less is known.
  @inline(__always)
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

  /// The eight bytes before a place, so folded; 0 if there are less.
  @inline(__always)
  static func last(of bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> UInt64 {
    guard end >= size, let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
    return folded(base.loadUnaligned(fromByteOffset: end - size, as: UInt64.self).bigEndian, hasSpace: false)
  }

  @inline(__always)
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
      if place > 0, byte == 0x20 { return }
      bits |= UInt64(byte | 0x20) << UInt64(place * 8)
      mask |= 0xFF << UInt64(place * 8)
    }
  }

  @inline(__always)
  func agree(with bytes: UInt64) -> Bool { (bytes ^ bits) & mask == 0 }

  var count: Int { mask.nonzeroBitCount / 8 }
}

/// Sets of the first one or two of such bytes, by their hashes.
struct ByteFilter {
  private var bits: InlineArray<2, UInt64> = [0, 0]

  mutating func insert(_ bytes: BytesAtMatch) {
    let bit = Self.bit(bytes.bits & (bytes.count > 1 ? 0xFFFF : 0xFF))
    bits[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// False if no bytes that were inserted are these bytes' front.
  @inline(__always)
  func mayHold(_ bytes: UInt64) -> Bool { (word(bytes & 0xFFFF) | word(bytes & 0xFF)) & 1 != 0 }

  /// A value's bit, the lowest.
  @inline(__always)
  private func word(_ value: UInt64) -> UInt64 {
    let bit = Self.bit(value)
    return bits[bit &>> 6] &>> UInt64(truncatingIfNeeded: bit & 63)
  }

  private static func bit(_ value: UInt64) -> Int { Int(truncatingIfNeeded: (value &* 0x9E37_79B9_7F4A_7C15) &>> 57) }
}

/// The exceptions of a form in one case.
struct ExceptionRange {
  /// In `Tables.exceptions`.
  var range: TableRange
  /// Of each exception what it has on one side: where that is more than a byte, and behind the match rather than before it.
  private var fronts = ByteFilter()
  private var backs = ByteFilter()
  /// An exception says nothing of either side.
  private var isAny = false

  init(_ range: TableRange, _ patterns: [ExceptionPattern]) {
    self.range = range
    for pattern in patterns {
      if min(pattern.front.count, 2) >= min(pattern.back.count, 2), pattern.front.count > 0 {
        fronts.insert(pattern.front)
      } else if pattern.back.count > 0 {
        backs.insert(pattern.back)
      } else {
        isAny = true
      }
    }
  }

  /// False if the bytes beside a match show that no exception holds.
  @inline(__always)
  func mayHold(_ beside: BytesBeside) -> Bool {
    fronts.mayHold(beside.next) || backs.mayHold(beside.previous) || isAny
  }
}
