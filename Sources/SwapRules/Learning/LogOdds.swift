/// Log-odds in thousandths, so that sums are exact and no machine rounds them differently.
public struct LogOdds: Sendable, Equatable, Comparable {
  public var thousandths: Int32

  public init(thousandths: Int32) { self.thousandths = thousandths }

  /// A decimal number from -999.999 to 999.999 with at most three decimals, such as `-0.35`.
  public init?(_ text: some StringProtocol) {
    var digits = Array(text.utf8)
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits.removeFirst() }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? Array(parts[1]) : []
    guard let whole = parts.first, (1...3).contains(whole.count), decimals.count <= 3,
      parts.count == 1 || !decimals.isEmpty, (whole + decimals).allSatisfy(\.isASCIIDigit)
    else { return nil }
    let padded = whole + decimals + Array(repeating: UInt8(ascii: "0"), count: 3 - decimals.count)
    let magnitude = padded.reduce(Int32(0)) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
    thousandths = isNegative ? -magnitude : magnitude
  }

  public static func < (left: LogOdds, right: LogOdds) -> Bool { left.thousandths < right.thousandths }
}

extension LogOdds: CustomStringConvertible {
  /// The shortest decimal that reads back.
  public var description: String {
    let magnitude = thousandths.magnitude
    var decimals = String(magnitude % 1000 + 1000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return (thousandths < 0 ? "-" : "") + "\(magnitude / 1000)" + (decimals.isEmpty ? "" : "." + decimals)
  }
}
