/// Numbers rounded to bfloat16, to the nearest, ties to even; all must be finite.
enum BFloat16 {
  /// The upper half of each number.
  static func round(_ count: Int, _ source: UnsafePointer<Float>, to high: UnsafeMutablePointer<UInt16>) {
    forEachBlock(count) { index, lanes in
      write(rounded(read(source, index, lanes)), high + index, lanes)
    }
  }

  /// Each number as a sum of two bfloat16, which leaves out what is below 2^-16 of it.
  static func split(
    _ count: Int, _ source: UnsafePointer<Float>, high: UnsafeMutablePointer<UInt16>, low: UnsafeMutablePointer<UInt16>
  ) {
    forEachBlock(count) { index, lanes in
      let x = read(source, index, lanes)
      let upper = rounded(x)
      write(upper, high + index, lanes)
      write(rounded(x - unsafeBitCast(upper, to: Lanes.self)), low + index, lanes)
    }
  }

  /// The same parts as floats, in place of the source and beside it: what packing takes.
  static func split(inPlace values: UnsafeMutableBufferPointer<Float>, low: UnsafeMutablePointer<Float>) {
    for index in values.indices {
      let upper = rounded(Lanes(repeating: values[index]))[0]
      low[index] = values[index] - Float(bitPattern: upper)
      values[index] = Float(bitPattern: upper)
    }
  }

  /// The bits of the nearest numbers whose lower half is zero.
  @inline(__always)
  private static func rounded(_ x: Lanes) -> SIMD8<UInt32> {
    let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
    return (bits &+ 0x7FFF &+ (bits &>> 16 & 1)) & 0xFFFF_0000
  }

  @inline(__always)
  private static func forEachBlock(_ count: Int, _ body: (_ index: Int, _ lanes: Int) -> Void) {
    let whole = count / Lanes.scalarCount * Lanes.scalarCount
    for index in stride(from: 0, to: whole, by: Lanes.scalarCount) { body(index, Lanes.scalarCount) }
    if whole < count { body(whole, count - whole) }
  }

  @inline(__always)
  private static func read(_ source: UnsafePointer<Float>, _ index: Int, _ lanes: Int) -> Lanes {
    if lanes == Lanes.scalarCount { return load(source + index) }
    var result = Lanes.zero
    for lane in 0..<lanes { result[lane] = source[index + lane] }
    return result
  }

  @inline(__always)
  private static func write(_ bits: SIMD8<UInt32>, _ result: UnsafeMutablePointer<UInt16>, _ lanes: Int) {
    let halves = SIMD8<UInt16>(truncatingIfNeeded: bits &>> 16)
    if lanes == Lanes.scalarCount {
      UnsafeMutableRawPointer(result).storeBytes(of: halves, as: SIMD8<UInt16>.self)
    } else {
      for lane in 0..<lanes { result[lane] = halves[lane] }
    }
  }
}
