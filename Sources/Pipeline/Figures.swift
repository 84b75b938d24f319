/// Numbers as people read them in cards, notes and reports.
enum Figures {
  /// 10240000 as `10,240,000`.
  static func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }
    return (value < 0 ? "-" : "") + grouped.joined()
  }

  /// A share as a percentage with two digits behind the point: `12.35 %`; nothing of nothing is `–`.
  static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : percent(Double(part) / Double(whole))
  }

  static func percent(_ share: Double) -> String {
    let text = decimal(share * 100)
    return text == "–" ? text : text + " %"
  }

  /// How many there are in a thousand of another: `1.25`; of nothing, `–`.
  static func perThousand(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : decimal(Double(part) / Double(whole) * 1000)
  }

  /// A number with two digits behind the point; `–` for one that is none.
  static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e14 else { return "–" }
    let hundredths = Int((abs(value) * 100).rounded())
    let cents = hundredths % 100
    return "\(value < 0 ? "-" : "")\(number(hundredths / 100)).\(cents < 10 ? "0" : "")\(cents)"
  }
}
