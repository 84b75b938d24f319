/// SplitMix64: the same numbers on every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

func withBytes<Result>(_ text: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
  try text.withUnsafeBufferPointer(body)
}

func utf8(_ scalars: [UInt32]) -> [UInt8] {
  var text = String.UnicodeScalarView()
  text.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
  return Array(String(text).utf8)
}

/// Random scalars, most from `pool`.
func randomScalars(_ pool: [UInt32], upTo count: Int, _ generator: inout SplitMix) -> [UInt32] {
  (0..<Int.random(in: 0...count, using: &generator)).map { _ in pool.randomElement(using: &generator) ?? 0 }
}
