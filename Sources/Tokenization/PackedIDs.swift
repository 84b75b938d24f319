/// The ids of a pre-token in 16 bytes, as a cache has them.
protocol PackedIDs: BitwiseCopyable {
  associatedtype ID: FixedWidthInteger & UnsignedInteger & BitwiseCopyable

  /// How many fit.
  static var most: Int { get }

  /// At most ``most`` ids.
  init(_ ids: UnsafeBufferPointer<ID>)

  var count: Int { get }

  /// Writes the ids. Sixteen bytes are written, however few they are.
  func store(to place: UnsafeMutablePointer<ID>)
}

/// Up to seven ids below 2^16: the vocabulary of GPT-2, GPT-NeoX and most others of their time.
struct NarrowIDs: PackedIDs {
  /// The last lane is how many there are.
  private var lanes = SIMD8<UInt16>()

  static var most: Int { 7 }

  init(_ ids: UnsafeBufferPointer<UInt16>) {
    for (index, id) in ids.enumerated() { lanes[index] = id }
    lanes[7] = UInt16(truncatingIfNeeded: ids.count)
  }

  @inline(__always)
  var count: Int { Int(lanes[7]) }

  @inline(__always)
  func store(to place: UnsafeMutablePointer<UInt16>) {
    UnsafeMutableRawPointer(place).storeBytes(of: lanes, as: SIMD8<UInt16>.self)
  }
}

/// Up to four ids of 24 bits.
struct WideIDs: PackedIDs {
  /// The upper byte of the first lane is how many there are.
  private var lanes = SIMD4<UInt32>()

  static var most: Int { 4 }

  init(_ ids: UnsafeBufferPointer<UInt32>) {
    for (index, id) in ids.enumerated() { lanes[index] = id }
    lanes[0] |= UInt32(truncatingIfNeeded: ids.count) << 24
  }

  @inline(__always)
  var count: Int { Int(lanes[0] >> 24) }

  @inline(__always)
  func store(to place: UnsafeMutablePointer<UInt32>) {
    UnsafeMutableRawPointer(place).storeBytes(of: lanes & 0xFF_FFFF, as: SIMD4<UInt32>.self)
  }
}
