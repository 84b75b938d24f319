import Pages
import Statistics

/// Comparisons as rows.
enum ComparisonTable {
  static func of(
    _ name: String, _ title: String, _ comparisons: [Comparison], rejected: [Rejection] = [], isFolded: Bool = false
  ) -> ReportTable {
    let hasPairs = comparisons.contains { $0.difference.paired != nil }
    return ReportTable(
      name, title,
      [
        .name("model", "model"), .name("arm", "arm"), .text("measure", "measure"), .number("step", "step"),
        .number("control", "control"), .number("intervention", "interv."), .number("difference", "difference"),
        .number("interval", "95 % interval"), .number("p", "p"), .number("p_corrected", "corrected"),
        .text("verdict", "verdict"), .number("detectable", "could have seen"),
      ]
        + (hasPairs
          ? [
            .number("only_control", "only control"), .number("only_intervention", "only interv."),
            .number("margin", "mean ΔLL"), .number("ties", "ties"),
          ] : []) + [.text("test", "test")],
      comparisons.map { row($0, hasPairs) } + rejected.map { row($0, hasPairs) }, isFolded: isFolded)
  }

  private static func row(_ rejection: Rejection, _ hasPairs: Bool) -> [ReportTable.Cell] {
    [
      .text(rejection.model.name), .text(rejection.arm.name), .text(rejection.measure.title),
      rejection.checkpoint.step.map { .count($0) } ?? .none, value(rejection.control), value(rejection.treated), .none,
      .none, .none, .none, .marked("not compared: " + rejection.reason), .none,
    ] + Array(repeating: .none, count: hasPairs ? 5 : 1)
  }

  private static func row(_ comparison: Comparison, _ hasPairs: Bool) -> [ReportTable.Cell] {
    let difference = comparison.difference
    let scale = comparison.measure.shownScale
    let digits = comparison.measure.isShare ? 1 : 3
    return [
      .text(comparison.model.name), .text(comparison.arm.name), .text(comparison.measure.title),
      comparison.checkpoint.step.map { .count($0) } ?? .none, value(comparison.control), value(comparison.treated),
      .signed(difference.value * scale, digits: digits),
      difference.interval.map { .interval($0.lower * scale, $0.upper * scale, digits: digits) } ?? .none,
      difference.pValue.map { .probability($0) } ?? .none, comparison.adjusted.map { .probability($0) } ?? .none,
      verdict(comparison), difference.detectable.map { .number($0 * scale, digits: digits) } ?? .none,
    ] + (hasPairs ? pairCells(difference) : []) + [.text(difference.test.rawValue)]
  }

  private static func pairCells(_ difference: Difference) -> [ReportTable.Cell] {
    guard let paired = difference.paired else { return [.none, .none, .none, .none] }
    return [
      .count(paired.onlyControl), .count(paired.onlyIntervention),
      paired.margin.map { .signed($0, digits: 3) } ?? .none,
      .text("\(paired.tiesControl) / \(paired.tiesIntervention)"),
    ]
  }

  /// Shares in percent.
  static func value(_ score: Score) -> ReportTable.Cell {
    .number(score.value * score.measure.shownScale, digits: score.measure.isShare ? 1 : 3)
  }

  static func verdict(_ comparison: Comparison) -> ReportTable.Cell {
    if case .mixed(let parts) = comparison.standing {
      return .marked("not comparable: " + parts.joined(separator: ", "))
    }
    if comparison.isOutlying { return .marked("outlying likelihoods: not counted") }
    let word =
      comparison.difference.pValue == nil ? "no test" : comparison.isSignificant ? "significant" : "not significant"
    if case .unverified = comparison.standing { return .text(word + "; evaluator not stated") }
    return .text(word)
  }
}
