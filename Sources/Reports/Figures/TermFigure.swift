import ByteIO
import StructuredText
import Terms

/// `terms.vl.json` and what it is rendered to: how often the terms stand in what each arm had read, by step.
///
/// Groups (masculine, feminine, …) where the terms have some, else the terms; per million tokens of each bin, points where
/// there is but one.
public struct TermFigure {
  private let statistics: TermStatistics
  /// More lines than these cannot be told apart.
  private static let maximumLines = 10

  public init(_ statistics: TermStatistics) { self.statistics = statistics }

  /// Writes the specification into `folder` and renders it there. Returns why charts are missing, if they are.
  public func write(to folder: String, renderer: FigureRenderer) throws -> ReportFailure? {
    let path = folder + "/terms"
    try AtomicFile.replace(path + ".vl.json", with: try specification.serialized(.pretty))
    // An older chart must not stand for this one.
    for kind in ["svg", "png", "pdf"] { try FileSystem.remove("\(path).\(kind)") }
    do {
      try renderer.render([path])
      return nil
    } catch let failure as ReportFailure {
      return failure
    }
  }

  var specification: JSONValue {
    Chart.faceted(
      data: points, by: "line", order: Array(lines.map(\.name)), columns: lines.count % 3 == 0 ? 3 : 2,
      width: lines.count % 3 == 0 ? 250 : 360, height: 200, layers: layers,
      independent: ["y"])
  }

  private var lines: [(name: String, terms: [Int])] {
    let terms = statistics.terms
    let groups = statistics.groups.map { group in
      (name: group, terms: terms.indices.filter { terms[$0].group == group })
    }
    let single = terms.indices.filter { terms[$0].group.isEmpty }.map { (name: terms[$0].text, terms: [$0]) }
    let all =
      groups.count > 1 || terms.count > Self.maximumLines
      ? groups + single : terms.indices.map { (terms[$0].text, [$0]) }
    return Array(all.prefix(Self.maximumLines))
  }

  private var points: [JSONValue] {
    lines.flatMap { line in
      statistics.bins.indices.flatMap { bin in
        statistics.arms.indices.map { arm -> JSONValue in
          let counts = statistics.counts[bin][arm]
          let count = line.terms.reduce(0) { $0 + counts.count(of: $1) }
          return [
            "line": .string(line.name), "step": .integer(Int64(statistics.bins[bin].upperBound)),
            "arm": .string(statistics.arms[arm]),
            "value": Chart.number(counts.tokens == 0 ? nil : Double(count) / Double(counts.tokens) * 1e6),
          ]
        }
      }
    }
  }

  private var layers: [JSONValue] {
    let colour = Chart.arms(statistics.arms).colour
    let encoding: JSONValue = .object([
      JSONMember("x", Chart.quantitative("step", "step")),
      JSONMember("y", Chart.quantitative("value", "per million tokens", zero: true)), JSONMember("color", colour),
    ])
    return [
      ["mark": ["type": "line", "strokeWidth": 1.8], "encoding": encoding],
      ["mark": ["type": "point", "filled": true, "size": 28, "opacity": 1], "encoding": encoding],
    ]
  }
}
