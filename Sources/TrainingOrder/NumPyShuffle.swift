extension NumPyRandom {
  /// `RandomState.shuffle` of a one-dimensional array, in place.
  public func shuffle(_ values: UnsafeMutableBufferPointer<Int32>) { shuffleAll(values) }
  /// `RandomState.shuffle` of a one-dimensional array, in place.
  public func shuffle(_ values: UnsafeMutableBufferPointer<UInt32>) { shuffleAll(values) }
  /// `RandomState.shuffle` of a one-dimensional array, in place.
  public func shuffle(_ values: UnsafeMutableBufferPointer<Int64>) { shuffleAll(values) }

  /// For i = n − 1 … 1: swap element i with element `interval(i)`.
  ///
  /// A large array waits for memory at every swap. Partners do not depend on the elements, so a batch of them is drawn
  /// first; then nothing keeps the processor from having many swaps' cache misses under way at once.
  /// 268 million elements: 3 s. Prefetching the next batch on top was measured, and gains nothing.
  @inline(__always)
  private func shuffleAll<Element: FixedWidthInteger>(_ values: UnsafeMutableBufferPointer<Element>) {
    guard let base = values.baseAddress else { return }
    var last = values.count - 1
    while last > Int(UInt32.max) {
      values.swapAt(last, Int(interval(UInt64(last))))
      last -= 1
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.batch) { partners in
      while last > 0 {
        // A batch ends where the mask changes, at a power of two.
        let mask = UInt32.max >> UInt32(UInt32(last).leadingZeroBitCount)
        let count = min(Self.batch, last - Int(mask >> 1))
        intervals(from: last, count: count, mask: mask, into: partners.baseAddress!)
        for index in 0..<count {
          let partner = Int(partners[index])
          let value = base[last &- index]
          base[last &- index] = base[partner]
          base[partner] = value
        }
        last -= count
      }
    }
  }

  private static var batch: Int { 256 }
}
