/// Plain tables for a terminal.
enum TextColumns {
  /// Labels to the left, values to the right, one pair a line.
  static func aligned(_ rows: [(label: String, value: String)]) -> String {
    let left = rows.map(\.label.count).max() ?? 0
    let right = rows.map(\.value.count).max() ?? 0
    return rows.map { label, value in
      label + String(repeating: " ", count: left - label.count + 2 + right - value.count) + value
    }.joined(separator: "\n")
  }
}
