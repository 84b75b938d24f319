/// A pre-token of up to 15 bytes in 16: its bytes, zeros, and in the last byte the length. No key is all zeros, no two
/// pre-tokens share one.
struct PreTokenKey: Equatable, BitwiseCopyable {
  static let longest = 15

  private let low: UInt64
  private let high: UInt64

  /// The key of `length`, 1…15, bytes at `text`, of which 16 must be readable.
  @inline(__always)
  init(_ text: UnsafeRawPointer, length: Int) {
    // Without branches, which words of eight and nine bytes would make a guess.
    let lowMask = UInt64.max &>> UInt64(truncatingIfNeeded: max(64 &- 8 &* length, 0))
    let highMask = 1 &<< UInt64(truncatingIfNeeded: max(8 &* length &- 64, 0)) &- 1
    low = text.loadUnaligned(as: UInt64.self).littleEndian & lowMask
    high = (text + 8).loadUnaligned(as: UInt64.self).littleEndian & highMask | UInt64(truncatingIfNeeded: length) << 56
  }

  /// The same where no more than the bytes themselves can be read.
  init(copying text: UnsafeRawPointer, length: Int) {
    self = withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { copy in
      copy.initializeMemory(as: UInt8.self, repeating: 0)
      copy.copyMemory(from: UnsafeRawBufferPointer(start: text, count: length))
      return PreTokenKey(UnsafeRawPointer(copy.baseAddress.unsafelyUnwrapped), length: length)
    }
  }

  /// True for what stands in memory that was never written.
  var isNone: Bool { high == 0 }

  @inline(__always)
  static func == (a: PreTokenKey, b: PreTokenKey) -> Bool { (a.low ^ b.low) | (a.high ^ b.high) == 0 }

  /// A hash of which the upper bits are the best.
  @inline(__always)
  var hash: UInt64 {
    let mixed = (low ^ (high &* 0x9FB2_1C65_1E98_DF25)) &* 0x9E37_79B9_7F4A_7C15
    return (mixed ^ mixed &>> 29) &* 0xBF58_476D_1CE4_E5B9
  }
}
