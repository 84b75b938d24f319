import Pages
import Statistics
import StructuredText

/// A measure over the fraction of training, a panel for each model, the windows of the interventions shaded.
struct TrajectoryFigure {
  let analysis: Analysis
  let name: String
  let measure: Measure
  var title: String?
  /// All of training, where there are scores of its first half; else from a little before the earliest window on.
  var wantsWhole = false

  private var isWhole: Bool {
    wantsWhole
      && analysis.table.series.contains { series in
        series.measure == measure && (analysis.table.points(series).first?.checkpoint.fraction ?? 1) < 0.5
      }
  }

  var figure: ReportFigure? {
    let series = analysis.table.series.filter { $0.measure == measure && hasIntervention($0.model) }
    guard series.contains(where: { Set(analysis.table.points($0).map(\.checkpoint)).count > 1 }) else { return nil }
    let rows = series.flatMap(rows)
    let models = Array(Set(series.map(\.model))).sorted { ($1.release, $0) < ($0.release, $1) }
    let windows = isByStep ? [] : models.flatMap(windowRows)
    guard !rows.isEmpty else { return nil }
    let title = self.title ?? measure.title + " over training"
    return ReportFigure(
      name: name, title: title, caption: caption(windows),
      specification: Chart.faceted(
        data: windows + rows, by: "model", order: models.map(\.name), columns: 3, width: 285, height: 180,
        layers: layers, independent: ["x", "y"]))
  }

  private func hasIntervention(_ model: ModelName) -> Bool { analysis.arms(of: model).contains { $0 != .control } }

  private func caption(_ windows: [JSONValue]) -> String {
    var caption =
      "\(measure.title), at each scored checkpoint, by \(isByStep ? "steps of training" : "the share of training that is done")."
    if !windows.isEmpty { caption += " Shaded: the window whose data an arm changed." }
    caption += " Whiskers: 95 % intervals at the last step."
    if hasSeeds { caption += " Pale: single seeds; strong: their mean, whose interval is for other seeds and items." }
    if isCrowsPairs, !analysis.outlying.sources.isEmpty {
      caption +=
        " Hollow points have outlying likelihood differences: they are of another evaluator's build, and not to be"
        + " read together with the filled ones."
    }
    return caption
  }

  private var isCrowsPairs: Bool { if case .crowsPairs = Benchmark(task: measure.task) { true } else { false } }

  private var hasSeeds: Bool {
    analysis.table.series.contains { $0.measure == measure && !analysis.table.means($0).isEmpty }
  }

  private func rows(_ series: Series) -> [JSONValue] { observationRows(series) + meanRows(series) }

  /// Where no result says how long the whole training was.
  private var isByStep: Bool {
    !analysis.table.series.contains { series in
      series.measure == measure && analysis.table.points(series).contains { $0.checkpoint.fraction != nil }
    }
  }

  /// The place on the axis: percent of training, or the step.
  private func place(_ checkpoint: Checkpoint, _ model: ModelName) -> Double? {
    if isByStep { return checkpoint.step.map { Double($0) } }
    guard let fraction = checkpoint.fraction, isWhole || fraction >= start(model) else { return nil }
    return fraction * 100
  }

  private func meanRows(_ series: Series) -> [JSONValue] {
    let means = analysis.table.means(series)
    let scale = measure.shownScale
    return means.compactMap { checkpoint, value, interval in
      guard let place = place(checkpoint, series.model) else { return nil }
      let shown = checkpoint == means.last?.checkpoint ? interval : nil
      return [
        "kind": "point", "model": .string(series.model.name), "arm": .string(series.arm.name),
        "line": .string(series.arm.name + ", mean"), "fraction": .double(place),
        "value": Chart.number(value * scale), "low": Chart.number(shown.map { $0.lower * scale }),
        "high": Chart.number(shown.map { $0.upper * scale }), "outlying": false, "seed": false,
      ]
    }
  }

  private func observationRows(_ series: Series) -> [JSONValue] {
    let points = analysis.table.points(series)
    let hasMeans = !analysis.table.means(series).isEmpty
    return points.compactMap { checkpoint, observation in
      guard let place = place(checkpoint, series.model) else { return nil }
      let score = observation.score
      let scale = measure.shownScale
      let seed = observation.evaluation.subject.seed
      let isSeed = hasMeans && seed != nil
      let interval = checkpoint == points.last?.checkpoint && !isSeed ? score.interval : nil
      let isOutlying = isCrowsPairs && analysis.outlying.sources.contains(observation.evaluation.source)
      return [
        "kind": "point", "model": .string(series.model.name), "arm": .string(series.arm.name),
        // A line joins scores of one evaluator and one training only.
        "line": .string(
          series.arm.name + observation.evaluation.fingerprint.name + (seed.map { ", seed \($0)" } ?? "")),
        "fraction": .double(place),
        "value": Chart.number(score.value * scale), "low": Chart.number(interval.map { $0.lower * scale }),
        "high": Chart.number(interval.map { $0.upper * scale }), "outlying": .bool(isOutlying),
        "seed": .bool(isSeed),
      ]
    }
  }

  /// A little before the earliest window.
  private func start(_ model: ModelName) -> Double {
    let starts = analysis.arms(of: model).compactMap { analysis.windowStart(model, $0) }
    return starts.min().map { max(0, $0 - (1 - $0) * 0.35) } ?? 0
  }

  private func windowRows(_ model: ModelName) -> [JSONValue] {
    analysis.arms(of: model).compactMap { arm in
      guard let start = analysis.windowStart(model, arm) else { return nil }
      return [
        "kind": "window", "model": .string(model.name), "arm": .string(arm.name),
        "arm_number": .integer(Int64(analysis.armNames.firstIndex(of: arm.name) ?? 0)), "from": .double(start * 100),
        "to": 100,
      ]
    }
  }

  private var layers: [JSONValue] {
    let arms = analysis.armNames
    let colour = Chart.arms(arms).colour
    let x: JSONValue = [
      "field": "fraction", "type": "quantitative", "title": isByStep ? "step" : "% of training",
      "scale": isWhole ? ["domain": [0, 100]] : ["zero": false, "nice": false],
    ]
    let y: JSONValue = [
      "field": "value", "type": "quantitative", "title": .string(axisTitle),
      "scale": ["zero": false],
    ]
    let lines = [("datum.seed", 0.35), ("!datum.seed", 1.0)].map { test, opacity -> JSONValue in
      [
        "transform": Chart.filter("datum.kind == 'point' && \(test)"),
        "mark": ["type": "line", "strokeWidth": 1.5, "opacity": .double(opacity)],
        "encoding": ["x": x, "y": y, "color": colour, "detail": ["field": "line"]],
      ]
    }
    let place = [JSONMember("x", x)]
    return arms.indices.map(window) + lines
      + [Chart.whiskers(place, y: y, arms)]
      + Chart.points(place, y: y, arms, size: 26) + [Chart.seeds(place, y: y, arms)]
  }

  /// In the colour of the mark and not of a scale, so that it has no part in the legend.
  private func window(_ arm: Int) -> JSONValue {
    [
      "transform": Chart.filter("datum.kind == 'window' && datum.arm_number == \(arm)"),
      "mark": ["type": "rect", "opacity": 0.1, "color": .string(Chart.colours[arm % 5].print)],
      "encoding": ["x": ["field": "from", "type": "quantitative"], "x2": ["field": "to"]],
    ]
  }

  private var axisTitle: String {
    switch measure.metric {
    case Metric.stereotype: "% stereotype"
    case Metric.netBias: "net bias, points"
    case Metric.score: "% stereotyped pronoun"
    case Metric.perplexity: "perplexity"
    default: measure.metric.replacing("_", with: " ")
    }
  }
}

extension JSONValue {
  /// An object with one member set.
  func with(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { $0.key != key } + [JSONMember(key, value)])
  }
}

/// Figure 2 of the Pythia paper: WinoBias over training. By pronoun as in the paper, where there are such scores; else the
/// net bias of coreference, which is what was published.
struct FigureTwo {
  let analysis: Analysis

  var figure: ReportFigure? {
    pronoun
      ?? TrajectoryFigure(
        analysis: analysis, name: "figure-2-winobias",
        measure: Measure(task: WinoBiasScores.task, metric: Metric.netBias),
        title: "Figure 2: net bias on WinoBias over training", wantsWhole: true
      ).figure
  }

  private var pronoun: ReportFigure? {
    TrajectoryFigure(
      analysis: analysis, name: "figure-2-winobias", measure: Measure(task: "winobias_pronoun", metric: Metric.score),
      title: "Figure 2: stereotyped pronouns on WinoBias over training", wantsWhole: true
    ).figure
  }
}
