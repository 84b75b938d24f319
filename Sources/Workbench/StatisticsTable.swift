import UnicodeText

/// Columns of text: the first ones to the left, numbers to the right.
struct StatisticsTable {
  private let title: [String]
  private let leftColumns: Int
  private var rows: [[String]] = []

  /// `title` names the columns; the first `leftColumns` hold words.
  init(_ title: [String], leftColumns: Int) {
    self.title = title
    self.leftColumns = leftColumns
  }

  mutating func add(_ row: String...) { rows.append(row.map { VisibleText.line($0) }) }

  var isEmpty: Bool { rows.isEmpty }

  var text: String {
    let all = [title] + rows
    let widths = title.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
    return all.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
        return column < leftColumns ? row[column] + space : space + row[column]
      }
      let line = cells.joined(separator: "  ")
      return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.endIndex)])
    }.joined(separator: "\n") + "\n"
  }
}

/// A number with so many decimals, rounded to the nearest.
func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return "-" }
  let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
  let scaled = (value.magnitude * Double(scale)).rounded()
  guard scaled < 1e15 else { return "\(value)" }
  let (whole, rest) = Int(scaled).quotientAndRemainder(dividingBy: scale)
  let digits = String(rest)
  let fraction = decimals == 0 ? "" : "." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
  return (value < 0 && scaled > 0 ? "-" : "") + "\(whole)" + fraction
}

/// `12,345,678`.
func grouped(_ count: Int) -> String {
  let digits = String(count.magnitude)
  let parts = stride(from: digits.utf8.count, to: 0, by: -3).map { end -> Substring in
    let stop = digits.index(digits.startIndex, offsetBy: end)
    let start = digits.index(digits.startIndex, offsetBy: max(0, end - 3))
    return digits[start..<stop]
  }
  return (count < 0 ? "-" : "") + parts.reversed().joined(separator: ",")
}
