import ByteIO

/// The longest run of zero bytes in a file: what a copy leaves that reserved the space and did not fill it.
public struct ZeroFill: Sendable, Equatable {
  /// Byte offsets.
  public let longest: Range<Int>
  /// Length of what was searched.
  public let total: Int

  /// Share of all bytes.
  public var share: Double { total == 0 ? 0 : Double(longest.count) / Double(total) }

  /// Reads all bytes once, eight at a time: some GB/s. Starts and ends on eight bytes.
  ///
  /// `offset` is added to what is found: where the bytes lie in their file.
  public init(_ bytes: UnsafeRawBufferPointer, offset: Int = 0) {
    var longest = 0..<0
    var start: Int?
    let words = bytes.count / 8
    for word in 0..<words {
      if bytes.loadUnaligned(fromByteOffset: 8 &* word, as: UInt64.self) == 0 {
        if start == nil { start = 8 &* word }
      } else if let first = start {
        if 8 &* word - first > longest.count { longest = first..<8 &* word }
        start = nil
      }
    }
    if let first = start, 8 * words - first > longest.count { longest = first..<8 * words }
    self.longest = longest.lowerBound + offset..<longest.upperBound + offset
    total = bytes.count
  }

  /// Searches a mapped file.
  public init(_ file: MappedFile) {
    // A mapping goes with its last owner, not with the last use of its bytes.
    self = withExtendedLifetime(file) { ZeroFill(file.bytes) }
  }

  /// A memory page or more of zeros: no array of numbers that differ has one, and no text.
  public var isSuspicious: Bool { longest.count >= 4096 }

  public var description: String {
    let tenths = Int((share * 1000).rounded())
    return "bytes \(longest.lowerBound) to \(longest.upperBound) are all zero (\(tenths / 10).\(tenths % 10) %)"
  }
}
