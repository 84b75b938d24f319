/// As many numbers as the loops here take at once. Fixed, so that sums have the same order on every processor.
typealias Lanes = SIMD8<Float>

@inline(__always)
func load(_ pointer: UnsafePointer<Float>) -> Lanes { UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self) }

@inline(__always)
func load(_ pointer: UnsafeMutablePointer<Float>) -> Lanes {
  UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
}

@inline(__always)
func store(_ lanes: Lanes, _ pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: Lanes.self)
}

extension SIMD8<Float> {
  /// The sum of all lanes, always in the same order.
  @inline(__always)
  var total: Float {
    let four = lowHalf + highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }
}
