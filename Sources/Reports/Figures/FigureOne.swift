import Statistics
import StructuredText

/// Figure 1 of the Pythia paper: CrowS-Pairs gender, % stereotype by model size at the last step, by arm.
struct FigureOne {
  let analysis: Analysis

  private struct Point {
    var panel: String
    var model: ModelName
    var arm: Arm
    var value: Double
    var interval: Interval?
    var isOutlying: Bool
    /// One of several trainings, of which there is a mean too.
    var isSeed = false

    var asSeed: Point {
      var point = self
      (point.interval, point.isSeed) = (nil, true)
      return point
    }
  }

  var figure: ReportFigure? {
    let points = points
    guard !points.isEmpty else { return nil }
    let panels = Array(Set(points.map(\.panel))).sorted(by: >)
    let sizes = Array(Set(points.map(\.model))).sorted { ($0.parameters, $0.name) < ($1.parameters, $1.name) }
    let order = sizes.map(Self.label).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    // As wide as the names of the sizes need; 7 pixels a letter.
    let width = order.count * max(105, 7 * (order.map(\.count).max() ?? 0))
    let arms = analysis.armNames
    var note =
      points.contains(where: \.isOutlying) ? " Hollow: outlying likelihood differences, not to be trusted." : ""
    if points.contains(where: \.isSeed) {
      note += " Small: single seeds; large: their mean, with the interval for other seeds and pairs."
    }
    return ReportFigure(
      name: "figure-1-crows-pairs",
      title: "Figure 1: stereotyped choices on gender pairs, by model size",
      caption:
        "Share of the gender pairs of CrowS-Pairs whose more stereotypical sentence is the likelier one, at the last step of"
        + " each arm, with 95 % intervals (Wilson). The line at 50 % is no preference." + note,
      specification: Chart.faceted(
        data: points.map(row), by: "panel", order: panels, columns: 2, width: max(160, width), height: 260,
        layers: layers(order, arms)))
  }

  private static func label(_ model: ModelName) -> String { model.size.isEmpty ? model.family : model.size }

  private var points: [Point] {
    analysis.table.series.filter { isGender($0.measure) }.flatMap { series -> [Point] in
      let all = analysis.table.points(series)
      let last = all.filter { $0.checkpoint == all.last?.checkpoint }.map { point(series, $0.observation) }
      guard let mean = analysis.table.means(series).last, mean.checkpoint == all.last?.checkpoint,
        var pooled = last.first
      else { return last }
      (pooled.value, pooled.interval) = (mean.value, mean.interval)
      pooled.isOutlying = last.contains(where: \.isOutlying)
      return [pooled] + last.map { $0.asSeed }
    }
  }

  private func isGender(_ measure: Measure) -> Bool {
    guard case .crowsPairs(_, "gender") = Benchmark(task: measure.task) else { return false }
    return Benchmark.isClaim(measure)
  }

  private func point(_ series: Series, _ observation: Observation) -> Point {
    let model = series.model
    var panel = model.release.isEmpty ? model.family : model.family + " " + model.release
    if case .crowsPairs(let data, _) = Benchmark(task: series.measure.task), data != "english" {
      panel += ", \(data) data"
    }
    return Point(
      panel: panel, model: model, arm: series.arm, value: observation.score.value, interval: observation.score.interval,
      isOutlying: analysis.outlying.sources.contains(observation.evaluation.source))
  }

  private func row(_ point: Point) -> JSONValue {
    [
      "panel": .string(point.panel), "size": .string(Self.label(point.model)), "arm": .string(point.arm.name),
      "value": Chart.number(point.value * 100), "low": Chart.number(point.interval.map { $0.lower * 100 }),
      "high": Chart.number(point.interval.map { $0.upper * 100 }), "outlying": .bool(point.isOutlying),
      "seed": .bool(point.isSeed),
    ]
  }

  private func layers(_ sizes: [String], _ arms: [String]) -> [JSONValue] {
    let place: [JSONMember] = [
      JSONMember(
        "x",
        [
          "field": "size", "type": "nominal", "title": "model size", "sort": .array(sizes.map { .string($0) }),
          "axis": ["labelAngle": 0], "scale": ["type": "band", "paddingInner": 0.3, "paddingOuter": 0.2],
        ]),
      JSONMember(
        "xOffset",
        [
          "field": "arm", "type": "nominal",
          "scale": ["domain": .array(arms.map { .string($0) }), "paddingOuter": 0.5],
        ]),
    ]
    let line: JSONValue = [
      "mark": ["type": "rule", "strokeDash": [4, 3], "color": .string(Chart.soft)], "encoding": ["y": ["datum": 50]],
    ]
    let y = Chart.quantitative("value", "% stereotype")
    return [line, Chart.whiskers(place, y: y, arms)] + Chart.points(place, y: y, arms, size: 70)
      + [Chart.seeds(place, y: y, arms)]
  }
}

extension Score {
  /// 95 %: Wilson's for shares of known counts, else by the standard error.
  var interval: Interval? {
    if let hits, let count { return Proportion(hits, of: count).wilson() }
    return standardError.map { Estimate(value, standardError: $0).interval() }
  }
}

extension Analysis {
  /// All arms of the report, control first.
  var armNames: [String] { Array(Set(files.evaluations.map(\.subject.arm))).sorted().map(\.name) }
}
