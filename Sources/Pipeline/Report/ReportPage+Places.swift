import Pages
import UnicodeText

// Where the edits are.
extension ReportPage {
  var subsets: String {
    guard !report.subsets.isEmpty else { return "" }
    let rates = report.subsets.map { rate($0.counts.edits, $0.counts.tokens) }
    let greatest = rates.max() ?? 0
    let edits = report.subsets.reduce(0) { $0 + $1.counts.edits }
    let tokens = report.subsets.reduce(0) { $0 + $1.counts.tokens }
    return PageTable.html(
      "Edits by subset",
      [
        .text("subset"), .number("edits"), .number("share"), .number("tokens"), .number("edits per 1,000 tokens"), .bar,
      ],
      zip(report.subsets, rates).map { subset, rate in
        let counts = subset.counts
        return [
          subset.name.map { HTMLText.shown($0) } ?? "<i>not known</i>", Figures.number(counts.edits),
          Figures.percent(counts.edits, of: edits), Figures.number(counts.tokens),
          Figures.perThousand(counts.edits, of: counts.tokens), PageTable.bar(rate, of: greatest, "after"),
        ]
      },
      total: [
        "all", Figures.number(edits), "", Figures.number(tokens), Figures.perThousand(edits, of: tokens), "",
      ])
  }

  private func rate(_ edits: Int, _ tokens: Int) -> Double { tokens > 0 ? Double(edits) / Double(tokens) : 0 }

  // MARK: Steps

  var steps: String {
    guard report.bins.contains(where: { $0.edits > 0 }) else { return "" }
    let width = report.bins[0].steps.count
    let table = PageTable.html(
      "Edits along the window", [.text("steps"), .number("edits"), .number("edits per 1,000 tokens")],
      report.bins.map { [name($0), Figures.number($0.edits), Figures.perThousand($0.edits, of: $0.tokens)] })
    return """
      <p>Edits per 1,000 tokens; a bar is \(width == 1 ? "one step" : "\(Figures.number(width)) steps").</p>
      \(chart)<details><summary>The same as a table</summary>\(table)</details>

      """
  }

  private func name(_ bin: Report.Bin) -> String {
    let (first, last) = (Figures.number(bin.steps.lowerBound), Figures.number(bin.steps.upperBound - 1))
    return first == last ? first : "\(first) to \(last)"
  }

  private var chart: String {
    let rates = report.bins.map { rate($0.edits, $0.tokens) * 1000 }
    let top = Self.roundTop(rates.max() ?? 0)
    let slot = Double(Chart.right - Chart.left) / Double(rates.count)
    let bars = zip(report.bins, rates).enumerated().map { index, bar in
      let height = Int((bar.1 / top * Double(Chart.bottom - Chart.top)).rounded())
      let (left, right) = (slot * (Double(index) + 0.1), slot * (Double(index) + 0.9))
      let (x, end) = (Chart.left + Int(left.rounded()), Chart.left + Int(right.rounded()))
      let title = "steps \(name(bar.0)): \(Figures.number(bar.0.edits)) edits"
      return "<rect class=\"after\" x=\"\(x)\" y=\"\(Chart.bottom - height)\" width=\"\(max(1, end - x))\""
        + " height=\"\(height)\"><title>\(title)</title></rect>"
    }
    return """
      <div class="scroll"><svg class="chart" viewBox="0 0 1000 260" role="img" \
      aria-label="Edits per 1,000 tokens along the window; the table below has the numbers.">
      \(grid(top))
      \(bars.joined(separator: "\n"))
      \(axis)
      </svg></div>

      """
  }

  private enum Chart {
    static let (left, right, top, bottom) = (60, 990, 15, 225)
  }

  private func grid(_ top: Double) -> String {
    (0...2).map { half in
      let y = Chart.bottom - (Chart.bottom - Chart.top) * half / 2
      return "<path class=\"grid\" d=\"M\(Chart.left) \(y)H\(Chart.right)\"/>"
        + "<text class=\"tick\" x=\"\(Chart.left - 8)\" y=\"\(y + 5)\">\(Figures.decimal(top * Double(half) / 2))</text>"
    }.joined(separator: "\n")
  }

  private var axis: String {
    let last = manifest.window.endStep - 1
    let ends = [
      (Chart.left, "start", "step \(Figures.number(manifest.window.firstStep))"),
      (Chart.right, "end", "step \(Figures.number(last))"),
    ]
    return ends.map { "<text x=\"\($0)\" y=\"250\" text-anchor=\"\($1)\">\($2)</text>" }.joined(separator: "\n")
  }

  /// A digit times a power of ten, from 0.1 on, that is not below a number: the top of a scale.
  private static func roundTop(_ value: Double) -> Double {
    var power = 0.1
    while power < 1e12 {
      for factor in [1.0, 2, 3, 4, 6, 8] where power * factor >= value { return power * factor }
      power *= 10
    }
    return max(value, power)
  }
}
