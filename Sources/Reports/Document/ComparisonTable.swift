import Pages
import Statistics

/// Comparisons as rows.
enum ComparisonTable {
  static func of(
    _ name: String, _ title: String, _ comparisons: [Comparison], rejected: [Rejection] = [], isFolded: Bool = false
  ) -> ReportTable {
    let hasPairs = comparisons.contains { $0.difference.paired != nil }
    let hasSeeds = comparisons.contains(where: \.isPooled)
    return ReportTable(
      name, title,
      [
        .name("model", "model"), .name("arm", "arm"), .sentence("measure", "measure"), .number("step", "step"),
        .number("control", "control"), .number("intervention", "interv."), .number("difference", "difference"),
        .number("interval", "95 % interval"), .number("p", "p"), .number("p_corrected", "corrected"),
        .text("verdict", "verdict"), .number("detectable", "could have seen"),
      ]
        + (hasPairs
          ? [
            .number("only_control", "only control"), .number("only_intervention", "only interv."),
            .number("margin", "mean ΔLL"), .number("ties", "ties"),
          ] : []) + (hasSeeds ? [.number("seeds", "seeds")] : []) + [.sentence("test", "test")],
      comparisons.map { row($0, hasPairs, hasSeeds) }
        + rejected.map { row($0, (hasPairs ? 4 : 0) + (hasSeeds ? 2 : 1)) },
      isFolded: isFolded)
  }

  /// The seeds of those that are pooled, one a row.
  static func seeds(_ comparisons: [Comparison]) -> ReportTable? {
    let pooled = comparisons.filter(\.isPooled)
    guard !pooled.isEmpty else { return nil }
    return ReportTable(
      "seeds", "Each seed",
      [
        .name("model", "model"), .name("arm", "arm"), .sentence("measure", "measure"), .number("step", "step"),
        .number("seed", "seed"), .number("control", "control"), .number("intervention", "interv."),
        .number("difference", "difference"), .number("interval", "95 % interval"), .number("p", "p"),
        .sentence("test", "test"),
      ], pooled.flatMap { comparison in comparison.pairs.map { seedRow(comparison, $0) } })
  }

  private static func seedRow(_ comparison: Comparison, _ pair: Comparison.Pair) -> [ReportTable.Cell] {
    [
      .text(comparison.model.name), .text(comparison.arm.name), .text(comparison.measure.title),
      comparison.checkpoint.step.map { .count($0) } ?? .none, pair.seed.map { .count($0) } ?? .none,
      value(pair.control),
      value(pair.treated),
    ] + cells(pair.difference, comparison.measure) + [.text(pair.difference.test.rawValue)]
  }

  /// Difference, interval, p.
  private static func cells(_ difference: Difference, _ measure: Measure) -> [ReportTable.Cell] {
    let (scale, digits) = (measure.shownScale, measure.isShare ? 1 : 3)
    return [
      .signed(difference.value * scale, digits: digits),
      difference.interval.map { .interval($0.lower * scale, $0.upper * scale, digits: digits) } ?? .none,
      difference.pValue.map { .probability($0) } ?? .none,
    ]
  }

  private static func row(_ rejection: Rejection, _ rest: Int) -> [ReportTable.Cell] {
    [
      .text(rejection.model.name), .text(rejection.arm.name), .text(rejection.measure.title),
      rejection.checkpoint.step.map { .count($0) } ?? .none, value(rejection.control), value(rejection.treated), .none,
      .none, .none, .none, .marked("not compared: " + rejection.reason), .none,
    ] + Array(repeating: .none, count: rest)
  }

  private static func row(_ comparison: Comparison, _ hasPairs: Bool, _ hasSeeds: Bool) -> [ReportTable.Cell] {
    let difference = comparison.difference
    let measure = comparison.measure
    return [
      .text(comparison.model.name), .text(comparison.arm.name), .text(comparison.measure.title),
      comparison.checkpoint.step.map { .count($0) } ?? .none, value(comparison.control), value(comparison.treated),
    ] + cells(difference, measure) + [
      comparison.adjusted.map { .probability($0) } ?? .none, verdict(comparison),
      difference.detectable.map { .number($0 * measure.shownScale, digits: measure.isShare ? 1 : 3) } ?? .none,
    ] + (hasPairs ? pairCells(difference) : []) + (hasSeeds ? [.count(comparison.pairs.count)] : [])
      + [.text(difference.test.rawValue)]
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
