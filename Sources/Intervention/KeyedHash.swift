/// The hash behind every draw: of a selection's edits, and of samples that people look at.
public enum KeyedHash {
  /// Folds numbers one after the other: h = 0, then h = mix(h ^ v) for each.
  public static func of(_ values: UInt64...) -> UInt64 { values.reduce(0) { mix($0 ^ $1) } }

  /// SplitMix64 (Steele, Lea, Flood 2014): one step of the generator.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
