import BiasEvaluation

/// What `evaluate` prints of one model: each task with its first metric; the others are in the file.
struct EvaluationText {
  let text: String

  init(_ report: EvaluationJob.Report) {
    let rows = report.outcomes.flatMap(\.rows).flatMap { row in
      row.metrics.prefix(1).map { (row.task + " " + $0.name, Self.value($0) + ", n = \(row.count)") }
    }
    let reused = report.outcomes.filter(\.isReused).map(\.fingerprint.benchmark)
    let note = reused.isEmpty ? "" : "\n  scored before: \(reused.joined(separator: ", "))"
    let twin = report.twin.map {
      "\n  \(report.model.label) has the same weights as \($0): one of them is not what its name says"
    }
    text = "\(report.path)\n" + TextColumns.aligned(rows.map { ("  " + $0.0, $0.1) }) + note + (twin ?? "")
  }

  private static func value(_ metric: Metric) -> String {
    let error = metric.standardError.map { " ± " + fixed($0) } ?? ""
    return fixed(metric.value) + error
  }

  /// Four places, without Foundation.
  private static func fixed(_ value: Double) -> String {
    guard abs(value) < 1e9 else { return value.description }
    let scaled = Int((abs(value) * 10_000).rounded())
    let places = String(scaled % 10_000)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return "\(sign)\(scaled / 10_000).\(String(repeating: "0", count: 4 - places.count))\(places)"
  }
}
