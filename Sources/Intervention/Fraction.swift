/// A number from 0 to 1, kept exactly as its decimal text says.
///
/// `0.1` is one tenth, not the nearest binary fraction: whether an edit is kept must not depend on rounding.
public struct Fraction: Sendable, Equatable, CustomStringConvertible {
  /// The value is `numerator / 10^digits`.
  let numerator: UInt64
  let scale: UInt64
  public let description: String

  public static let one = Fraction("1")!

  /// Reads `0`, `1`, `0.25`, `1.0`, `.5`; nil for anything else, beyond 1, or with more than 18 decimals.
  public init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0]
    let decimals = parts.count == 2 ? parts[1] : "".utf8[...]
    guard whole.count <= 1, decimals.count <= 18, !parts.last!.isEmpty else { return nil }
    var numerator: UInt64 = 0
    var scale: UInt64 = 1
    for (index, byte) in (Array(whole) + Array(decimals)).enumerated() {
      guard byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") else { return nil }
      numerator = numerator * 10 + UInt64(byte - UInt8(ascii: "0"))
      if index >= whole.count { scale *= 10 }
    }
    guard numerator <= scale else { return nil }
    self.numerator = numerator
    self.scale = scale
    description = text
  }

  /// True if `hash < fraction · 2^64`, exactly; always for 1, never for 0.
  @inline(__always)
  public func contains(_ hash: UInt64) -> Bool {
    UInt128(hash) * UInt128(scale) < UInt128(numerator) << 64
  }
}
