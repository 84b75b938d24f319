/// NumPy's legacy generator, `RandomState(seed)`: MT19937 seeded by `init_genrand`, bounded numbers by masked rejection.
///
/// Source of the algorithm: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998). Gives the same numbers
/// as NumPy 1 and 2. Not for several threads.
public final class NumPyRandom {
  private static let size = 624
  private let state = UnsafeMutablePointer<UInt32>.allocate(capacity: 624)
  /// The state's 624 numbers as they are handed out.
  private let output = UnsafeMutablePointer<UInt32>.allocate(capacity: 624)
  private var position = 624

  /// Any 32-bit seed, as NumPy allows.
  public init(seed: UInt32) {
    state[0] = seed
    for index in 1..<Self.size {
      state[index] = 1_812_433_253 &* (state[index - 1] ^ state[index - 1] >> 30) &+ UInt32(index)
    }
  }

  deinit {
    state.deallocate()
    output.deallocate()
  }

  /// The next 32 random bits.
  @inline(__always)
  public func next() -> UInt32 {
    if position == Self.size { refill() }
    defer { position += 1 }
    return output[position]
  }

  /// A number of 0...maximum: the low bits of draws until one is not above it. 0 draws nothing.
  ///
  /// Above 2³² − 1 a draw is two numbers, the upper half first.
  public func interval(_ maximum: UInt64) -> UInt64 {
    guard maximum > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(maximum.leadingZeroBitCount)
    while true {
      let value = maximum > UInt64(UInt32.max) ? UInt64(next()) << 32 | UInt64(next()) : UInt64(next())
      if value & mask <= maximum { return value & mask }
    }
  }

  /// `count` bounded numbers at once: number k is of 0...(first − k), all with this mask. The same draws as
  /// ``interval(_:)`` would make, without a branch that cannot be predicted.
  func intervals(
    from first: Int, count: Int, mask: UInt32, into target: UnsafeMutablePointer<UInt32>
  ) {
    var found = 0
    var limit = UInt32(first)
    while found < count {
      if position == Self.size { refill() }
      var index = position
      while index < Self.size && found < count {
        let value = output[index] & mask
        target[found] = value
        let accepted = value <= limit ? 1 : 0
        found &+= accepted
        limit &-= UInt32(truncatingIfNeeded: accepted)
        index &+= 1
      }
      position = index
    }
  }

  private func refill() {
    for index in 0..<227 { state[index] = Self.twist(state[index], state[index + 1], state[index + 397]) }
    for index in 227..<623 { state[index] = Self.twist(state[index], state[index + 1], state[index - 227]) }
    state[623] = Self.twist(state[623], state[0], state[396])
    for index in 0..<Self.size { output[index] = Self.temper(state[index]) }
    position = 0
  }

  @inline(__always)
  private static func twist(_ high: UInt32, _ low: UInt32, _ far: UInt32) -> UInt32 {
    let mixed = high & 0x8000_0000 | low & 0x7fff_ffff
    return far ^ mixed >> 1 ^ (0 &- (mixed & 1)) & 0x9908_b0df
  }

  @inline(__always)
  private static func temper(_ value: UInt32) -> UInt32 {
    var y = value
    y ^= y >> 11
    y ^= y << 7 & 0x9d2c_5680
    y ^= y << 15 & 0xefc6_0000
    return y ^ y >> 18
  }
}
