import Glibc

/// Ids of pre-tokens seen before that are too long for ``PreTokenCache``: of 16 to 48 bytes that make up to 64 bytes of ids.
///
/// Slots of two cache lines, one for each hash; a newcomer takes the place of what is there. What is in it changes the speed
/// and never the result.
final class LongPreTokenCache<ID: FixedWidthInteger & BitwiseCopyable> {
  private static var longestText: Int { 48 }
  private static var mostIDs: Int { 64 / MemoryLayout<ID>.size }

  /// Followed by the text in the first cache line; the ids are the second.
  private struct Head: BitwiseCopyable {
    /// Bytes of text, 0 in a slot that was never filled.
    var length: UInt32
    /// Number of ids.
    var count: UInt32
    var unused: UInt64 = 0
  }

  private let memory: LargeMemory
  private let mask: UInt64

  /// A cache of `size` slots of 128 bytes, rounded up to a power of two.
  init(slots size: Int) {
    var bits = 1
    while 1 << bits < size { bits += 1 }
    memory = LargeMemory(size: 128 << bits)
    mask = 1 << UInt64(bits) - 1
  }

  /// Where a text may be: two cache lines.
  @inline(__always)
  func slot(of text: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    memory.start + Int(truncatingIfNeeded: hash(text) & mask) &* 128
  }

  /// The ids of a text, if the slot has them.
  func ids(of text: UnsafeRawBufferPointer, in slot: UnsafeMutableRawPointer) -> UnsafeBufferPointer<ID>? {
    let head = slot.load(as: Head.self)
    guard Int(head.length) == text.count, let base = text.baseAddress,
      memcmp(slot + MemoryLayout<Head>.size, base, text.count) == 0
    else { return nil }
    return UnsafeBufferPointer(start: (slot + 64).assumingMemoryBound(to: ID.self), count: Int(head.count))
  }

  /// Keeps the ids of a text, unless it or they are too long.
  func insert(
    _ text: UnsafeRawBufferPointer, _ ids: UnsafeBufferPointer<ID>, into slot: UnsafeMutableRawPointer
  ) {
    guard text.count <= Self.longestText, ids.count <= Self.mostIDs, let base = text.baseAddress,
      let first = ids.baseAddress
    else { return }
    slot.storeBytes(of: Head(length: UInt32(text.count), count: UInt32(ids.count)), as: Head.self)
    (slot + MemoryLayout<Head>.size).copyMemory(from: base, byteCount: text.count)
    (slot + 64).copyMemory(from: first, byteCount: ids.count * MemoryLayout<ID>.size)
  }

  /// A hash of the length and the first bytes.
  @inline(__always)
  private func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: text.count)
    var place = 0
    let end = min(text.count, Self.longestText)
    while place &+ 8 <= end {
      hash = mixed(hash ^ text.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place &+= 8
    }
    while place < end {
      hash = (hash &<< 8 | hash &>> 56) ^ UInt64(text[place])
      place &+= 1
    }
    return mixed(hash)
  }

  @inline(__always)
  private func mixed(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0x9FB2_1C65_1E98_DF25)
    return product.high ^ product.low
  }
}
