import Pipeline
import StructuredText

/// Statistics as spreadsheets and programs read them (docs/formats.md).
extension TermStatistics {
  /// One number of the table.
  struct Row {
    /// The bin's steps.
    let steps: Range<Int>
    let arm: String
    let subset: String
    let term: Term
    /// Of the bin, and of everything from the first bin on.
    let count: Int
    let tokens: Int
    let cumulative: Int
    let cumulativeTokens: Int

    /// Per million tokens of the bin; nil where it has none.
    var perMillion: Double? { Self.perMillion(count, tokens) }
    var cumulativePerMillion: Double? { Self.perMillion(cumulative, cumulativeTokens) }

    static func perMillion(_ count: Int, _ tokens: Int) -> Double? {
      tokens == 0 ? nil : Double(count) / Double(tokens) * 1e6
    }
  }

  static let allSubsets = "(all)"

  /// By bin, arm, subset (all first) and term. Subsets of which an arm has read nothing have no rows.
  func forEachRow(_ body: (Row) -> Void) {
    let zero = TermCounts(subsetCount: max(1, subsets.count), termCount: terms.count)
    var sums = [TermCounts](repeating: zero, count: arms.count)
    for (bin, steps) in bins.enumerated() {
      for arm in arms.indices {
        let here = counts[bin][arm]
        sums[arm] += here
        for subset in [nil] + subsets.indices.map(Optional.some) {
          let tokens = (here.tokens(of: subset), sums[arm].tokens(of: subset))
          if subset != nil && tokens.1 == 0 { continue }
          for (index, term) in terms.enumerated() {
            body(
              Row(
                steps: steps, arm: arms[arm], subset: subset.map { subsets[$0] } ?? Self.allSubsets, term: term,
                count: here.count(of: index, in: subset), tokens: tokens.0,
                cumulative: sums[arm].count(of: index, in: subset), cumulativeTokens: tokens.1))
          }
        }
      }
    }
  }

  /// `stats.tsv`: a header, and a line for each bin, arm, subset and term.
  public var tsv: String {
    var text = Self.columns.joined(separator: "\t") + "\n"
    forEachRow { row in
      let cells = [
        "\(row.steps.lowerBound)", "\(row.steps.upperBound)", row.arm, row.subset, row.term.group, row.term.text,
        "\(row.count)", "\(row.tokens)", Self.decimal(row.perMillion), "\(row.cumulative)", "\(row.cumulativeTokens)",
        Self.decimal(row.cumulativePerMillion),
      ]
      text += cells.map(Self.cell).joined(separator: "\t") + "\n"
    }
    return text
  }

  private static let columns = [
    "from_step", "step", "arm", "subset", "group", "term", "count", "tokens", "per_million", "cumulative",
    "cumulative_tokens", "cumulative_per_million",
  ]

  private static func decimal(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func cell(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }

  /// `stats.json`: the same numbers, with what they are of.
  public var json: JSONValue {
    var rows: [JSONValue] = []
    forEachRow { row in
      rows.append([
        "from_step": Self.integer(row.steps.lowerBound), "step": Self.integer(row.steps.upperBound),
        "arm": .string(row.arm), "subset": .string(row.subset), "group": .string(row.term.group),
        "term": .string(row.term.text), "count": Self.integer(row.count), "tokens": Self.integer(row.tokens),
        "cumulative": Self.integer(row.cumulative), "cumulative_tokens": Self.integer(row.cumulativeTokens),
      ])
    }
    return [
      "stats": 1, "tool": ["name": "tiresias", "version": .string(toolVersion)],
      "steps": [Self.integer(bins.first?.lowerBound ?? 0), Self.integer(bins.last?.upperBound ?? 0)],
      "case_sensitive": .bool(isCaseSensitive), "arms": .array(arms.map { .string($0) }),
      "subsets": .array(subsets.map { .string($0) }), "notes": .array(notes.map { .string($0) }),
      "rows": .array(rows),
    ]
  }

  private static func integer(_ value: Int) -> JSONValue { .integer(Int64(value)) }
}

extension TermCounts {
  /// Of one subset, or of all.
  func count(of term: Int, in subset: Int?) -> Int { subset.map { count(of: term, subset: $0) } ?? count(of: term) }
  func tokens(of subset: Int?) -> Int { subset.map { tokens(ofSubset: $0) } ?? tokens }
}
