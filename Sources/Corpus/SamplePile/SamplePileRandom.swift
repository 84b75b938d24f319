extension SamplePile {
  /// SplitMix64's output function (Steele, Lea, Flood 2014), with its increment: the `mix` of the selection hash.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// SplitMix64: 64 bits of state, the same numbers on every machine.
  struct Random {
    private var state: UInt64

    init(key: UInt64) { state = key }

    mutating func next() -> UInt64 {
      defer { state &+= 0x9E37_79B9_7F4A_7C15 }
      return SamplePile.mix(state)
    }

    /// A number from 0 to `count` − 1; `count` is at least 1 and below 2³². The bias is below count / 2³².
    mutating func below(_ count: Int) -> Int {
      Int(((next() >> 32) &* UInt64(count)) >> 32)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True in `percent` of 100 calls.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  }
}
