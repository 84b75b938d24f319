/// Numbers as people read them in cards, notes and reports.
public enum Figures {
  /// 10240000 as `10,240,000`.
  public static func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }
    return (value < 0 ? "-" : "") + grouped.joined()
  }

  /// A share as a percentage with two digits behind the point: `12.35 %`; nothing of nothing is `–`.
  public static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole))
  }

  public static func percent(_ share: Double) -> String {
    let text = decimal(share * 100)
    return text == "–" ? text : text + " %"
  }

  /// How many there are in a thousand of another: `1.25`; of nothing, `–`.
  public static func perThousand(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : decimal(Double(part) / Double(whole) * 1000)
  }

  /// A number with two digits behind the point; `–` for one that is none.
  public static func decimal(_ value: Double) -> String { decimal(value, digits: 2, minus: "-") }

  /// A number with so many digits behind the point, at most nine; `–` for one that is none or is too large.
  public static func decimal(_ value: Double, digits: Int, minus: String = "−") -> String {
    let limit = digits <= 2 ? 1e14 : 1e9
    return value.isFinite && abs(value) < limit && 0...9 ~= digits ? plain(value, digits, minus) : "–"
  }

  /// The same with its sign, `+0.31`; what rounds to nothing has none.
  public static func signed(_ value: Double, digits: Int) -> String {
    let text = decimal(value, digits: digits)
    return value > 0 && text.contains { ("1"..."9").contains($0) } ? "+" + text : text
  }

  private static func plain(_ value: Double, _ digits: Int, _ minus: String) -> String {
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let (whole, rest) = scaled.quotientAndRemainder(dividingBy: scale)
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: digits - (digits > 0 ? fraction.count : 0))
    return (value < 0 && scaled > 0 ? minus : "") + number(whole) + (digits > 0 ? "." + zeros + fraction : "")
  }
}
