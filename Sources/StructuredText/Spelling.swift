/// Suggestions for names that are not known.
public enum Spelling {
  /// "did you mean 'x'?" where a name is near, else the list of what is allowed, unless it is long.
  public static func advice(for name: String, among names: [String]) -> String {
    if let nearest = nearest(to: name, among: names) { return "did you mean '\(nearest)'?" }
    if names.isEmpty { return "none is known here" }
    var seen: Set<String> = []
    let names = names.filter { seen.insert($0).inserted }
    return names.count > 24 ? "none of the \(names.count) known names is near" : "expected \(list(names))"
  }

  /// The name with the fewest edits to `name`, whatever the case of their letters, if they are at most a third of its letters
  /// (of two letters or more one edit is always forgiven). Of equals one that `name` goes on from, as 'prev1' does from
  /// 'prev'; then the first.
  public static func nearest(to name: String, among names: [String]) -> String? {
    let lower = name.lowercased()
    let length = name.unicodeScalars.count
    let allowance = max(min(1, length - 1), min(length, 60) / 3)
    let scored = names.map {
      (name: $0, cost: (distance(lower, $0.lowercased()), lower.hasPrefix($0.lowercased()) ? 0 : 1))
    }
    guard let best = scored.min(by: { $0.cost < $1.cost }), best.cost.0 <= allowance else { return nil }
    return best.name
  }

  /// 'a', 'b' or 'c'.
  public static func list(_ names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours. Names longer than
  /// 64 scalars are compared by their first 64.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.unicodeScalars.prefix(64))
    let b = Array(right.unicodeScalars.prefix(64))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
