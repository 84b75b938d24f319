import Glibc

/// Ids of pre-tokens seen before that are too long for ``PreTokenCache``, or make too many ids: of up to 48 bytes that make
/// up to 16 ids.
///
/// Slots of two cache lines, one for each hash; a newcomer takes the place of what is there. What is in it changes the speed
/// and never the result.
final class LongPreTokenCache {
  static let longestText = 48
  static let mostIDs = 16

  private struct Slot {
    static let size = 128
    static let text = 16
    static let ids = 64
    /// Bytes of text, 0 in a slot that was never filled; then the number of ids.
    var length: UInt32 = 0
    var count: UInt32 = 0
  }

  private let memory: LargeMemory
  private let mask: UInt64

  /// A cache of `size` slots of 128 bytes, rounded up to a power of two.
  init(slots size: Int) {
    var bits = 1
    while 1 << bits < size { bits += 1 }
    memory = LargeMemory(size: Slot.size << bits)
    mask = 1 << UInt64(bits) - 1
  }

  /// Where a text may be: two cache lines.
  @inline(__always)
  func slot(of text: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    memory.start + Int(truncatingIfNeeded: Self.hash(text) & mask) &* Slot.size
  }

  /// Appends the ids of a text, if the slot has them.
  func append(_ text: UnsafeRawBufferPointer, in slot: UnsafeMutableRawPointer, to ids: inout [UInt32]) -> Bool {
    let head = slot.load(as: Slot.self)
    guard Int(head.length) == text.count, text.count > 0,
      memcmp(slot + Slot.text, text.baseAddress!, text.count) == 0
    else { return false }
    let kept = (slot + Slot.ids).assumingMemoryBound(to: UInt32.self)
    ids.append(contentsOf: UnsafeBufferPointer(start: kept, count: Int(head.count)))
    return true
  }

  /// Keeps the ids of a text, unless it or they are too long.
  func insert(
    _ text: UnsafeRawBufferPointer, _ ids: UnsafeBufferPointer<UInt32>, into slot: UnsafeMutableRawPointer
  ) {
    guard text.count <= Self.longestText, ids.count <= Self.mostIDs, let base = text.baseAddress,
      let first = ids.baseAddress
    else { return }
    slot.storeBytes(of: Slot(length: UInt32(text.count), count: UInt32(ids.count)), as: Slot.self)
    (slot + Slot.text).copyMemory(from: base, byteCount: text.count)
    (slot + Slot.ids).copyMemory(from: UnsafeRawPointer(first), byteCount: ids.count * 4)
  }

  /// A hash of the first bytes that can matter.
  @inline(__always)
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: text.count)
    var rest = UnsafeRawBufferPointer(rebasing: text.prefix(longestText))
    while rest.count >= 8 {
      hash = mixed(hash ^ rest.loadUnaligned(as: UInt64.self))
      rest = UnsafeRawBufferPointer(rebasing: rest[8...])
    }
    for byte in rest { hash = hash << 8 ^ UInt64(byte) ^ hash >> 56 }
    return mixed(hash)
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
    return product.high ^ product.low
  }
}
