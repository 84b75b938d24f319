/// Statistics for people at a terminal.
extension TermStatistics {
  /// A table as rows of cells, the first its head; the first `names` columns hold words, the others numbers.
  public struct Table: Sendable {
    public let names: Int
    public let rows: [[String]]
  }

  /// Terms by arm, over all steps: count and count per million tokens. Terms of one group are added up behind them.
  public var termTable: Table {
    let totals = arms.indices.map { total(arm: $0) }
    let head = ["group", "term"] + arms.flatMap { [$0, "per million"] }
    var rows: [[String]] = []
    for (index, term) in terms.enumerated() {
      rows.append([term.group, term.text] + totals.flatMap { Self.cells($0.count(of: index), $0.tokens) })
    }
    for group in groups where terms.count(where: { $0.group == group }) > 1 {
      rows.append([group, "(all)"] + totals.flatMap { Self.cells(count(of: group, in: $0, subset: nil), $0.tokens) })
    }
    return Table(names: 2, rows: [head] + rows)
  }

  /// Groups (terms that have none by themselves) per million tokens by subset and arm; nil where nothing is known of subsets.
  public var subsetTable: Table? {
    guard !subsets.isEmpty else { return nil }
    let totals = arms.indices.map { total(arm: $0) }
    let columns = groups.isEmpty ? terms.map(\.text) : groups
    let head = ["subset", "arm", "tokens"] + columns
    let order = subsets.indices.sorted { left, right in
      let sizes = (
        totals.map { $0.tokens(ofSubset: left) }.max() ?? 0, totals.map { $0.tokens(ofSubset: right) }.max() ?? 0
      )
      return sizes.0 == sizes.1 ? left < right : sizes.0 > sizes.1
    }
    var rows: [[String]] = []
    for subset in order {
      for arm in arms.indices where totals[arm].tokens(ofSubset: subset) > 0 {
        let tokens = totals[arm].tokens(ofSubset: subset)
        let counts = columns.indices.map { column in
          groups.isEmpty
            ? totals[arm].count(of: column, subset: subset) : count(of: groups[column], in: totals[arm], subset: subset)
        }
        rows.append(
          [subsets[subset], arms[arm], Self.grouped(tokens)]
            + counts.map { Self.tenths(Row.perMillion($0, tokens)) })
      }
    }
    return Table(names: 2, rows: [head] + rows)
  }

  /// In the terms' order, without the empty one.
  public var groups: [String] {
    terms.reduce(into: []) { if !$1.group.isEmpty, !$0.contains($1.group) { $0.append($1.group) } }
  }

  public func count(of group: String, in counts: TermCounts, subset: Int?) -> Int {
    terms.indices.reduce(0) { $0 + (terms[$1].group == group ? counts.count(of: $1, in: subset) : 0) }
  }

  private static func cells(_ count: Int, _ tokens: Int) -> [String] {
    [grouped(count), tenths(Row.perMillion(count, tokens))]
  }

  private static func tenths(_ value: Double?) -> String {
    guard let value else { return "–" }
    let tenths = Int((value * 10).rounded())
    return "\(grouped(tenths / 10)).\(tenths % 10)"
  }

  /// `12,345,678`.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value))
    return digits.indices.map { ($0 > 0 && (digits.count - $0) % 3 == 0 ? "," : "") + String(digits[$0]) }.joined()
  }
}
