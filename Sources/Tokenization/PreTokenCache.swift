/// Ids of pre-tokens seen before: of up to 15 bytes that make up to 4 ids.
///
/// Entries of 32 bytes, two to a cache line: a key is looked for in one line, and takes the place of the older of the
/// two there. What is in it changes the speed and never the result.
final class PreTokenCache {
  /// Up to 15 bytes, zeros, and in the last byte the length: no key is all zeros, no two pre-tokens share one.
  struct Key: Equatable {
    let low: UInt64
    let high: UInt64

    @inline(__always)
    static func == (a: Key, b: Key) -> Bool { (a.low ^ b.low) | (a.high ^ b.high) == 0 }
  }

  struct Entry {
    var key: Key
    /// Ids in 24 bits each; the upper byte of the first is how many.
    var ids: SIMD4<UInt32>
  }

  static let longestKey = 15
  static let mostIDs = 4

  /// Where the entries are. A struct, so that the loop that looks into it holds it in registers.
  struct Table {
    fileprivate let entries: UnsafeMutablePointer<Entry>
    fileprivate let shift: UInt64
  }

  let table: Table
  private let memory: LargeMemory

  /// A cache of `size` lines of 64 bytes, rounded up to a power of two.
  init(lines size: Int) {
    var bits = 1
    while 1 << bits < size { bits += 1 }
    memory = LargeMemory(size: (2 << bits) * MemoryLayout<Entry>.stride)
    table = Table(
      entries: memory.start.bindMemory(to: Entry.self, capacity: 2 << bits), shift: UInt64(64 - bits))
  }

  /// The key of `length` ≤ 15 bytes at `text`, of which 16 must be readable.
  @inline(__always)
  static func key(_ text: UnsafeRawPointer, _ length: Int) -> Key {
    let low = text.loadUnaligned(as: UInt64.self)
    let high = (text + 8).loadUnaligned(as: UInt64.self)
    let spare = UInt64(truncatingIfNeeded: 16 &- length) &* 8  // bits to clear, 8…128
    let lowMask = UInt64.max >> (spare > 64 ? spare &- 64 : 0)
    let highMask = spare >= 64 ? 0 : UInt64.max &>> spare
    return Key(low: low & lowMask, high: high & highMask | UInt64(truncatingIfNeeded: length) << 56)
  }
}

extension PreTokenCache.Table {
  /// The first of the two entries where a key may be.
  @inline(__always)
  func line(of key: PreTokenCache.Key) -> UnsafeMutablePointer<PreTokenCache.Entry> {
    let mixed = (key.low ^ (key.high &* 0x9FB2_1C65_1E98_DF25)) &* 0x9E37_79B9_7F4A_7C15
    let spread = (mixed ^ mixed &>> 29) &* 0xBF58_476D_1CE4_E5B9
    return entries + Int(truncatingIfNeeded: spread &>> shift) &* 2
  }

  /// Puts ids into a line, in place of the older entry.
  func insert(
    _ key: PreTokenCache.Key, _ ids: UnsafeBufferPointer<UInt32>,
    into line: UnsafeMutablePointer<PreTokenCache.Entry>
  ) {
    var packed = SIMD4<UInt32>()
    for (index, id) in ids.enumerated() { packed[index] = id }
    packed[0] |= UInt32(ids.count) << 24
    line[1] = line[0]
    line[0] = PreTokenCache.Entry(key: key, ids: packed)
  }
}
