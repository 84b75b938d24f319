import Statistics
import StructuredText

/// Differences with their intervals, one line a task or category, a panel for each arm.
private struct DifferenceChart {
  let comparisons: [Comparison]
  let label: (Comparison) -> String

  func specification(columns: Int, width: Int) -> JSONValue {
    let panels = comparisons.sorted { ($1.model.release, $0.model, $0.arm) < ($0.model.release, $1.model, $1.arm) }.map(
      panel)
    let order = panels.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let labels = Set(comparisons.map(label)).sorted()
    return Chart.faceted(
      data: comparisons.map(row), by: "panel", order: order, columns: columns, width: width, height: 17 * labels.count,
      layers: layers(labels))
  }

  private func panel(_ comparison: Comparison) -> String { comparison.model.name + ", " + comparison.arm.name }

  private func row(_ comparison: Comparison) -> JSONValue {
    let scale = comparison.measure.shownScale
    return [
      "panel": .string(panel(comparison)), "label": .string(label(comparison)),
      "value": Chart.number(comparison.difference.value * scale),
      "low": Chart.number(comparison.difference.interval.map { $0.lower * scale }),
      "high": Chart.number(comparison.difference.interval.map { $0.upper * scale }),
      "verdict": comparison.isSignificant ? "significant" : "not significant",
    ]
  }

  private func layers(_ labels: [String]) -> [JSONValue] {
    let y: JSONValue = [
      "field": "label", "type": "nominal", "title": nil, "sort": .array(labels.map { .string($0) }),
      "axis": ["grid": true, "labelLimit": 220],
    ]
    let colour: JSONValue = [
      "field": "verdict", "type": "nominal", "title": "after correction",
      "scale": [
        "domain": ["not significant", "significant"],
        "range": [.string(Chart.colours[0].print), .string(Chart.colours[2].print)],
      ],
    ]
    let zero: JSONValue = [
      "mark": ["type": "rule", "strokeDash": [4, 3], "color": .string(Chart.soft)], "encoding": ["x": ["datum": 0]],
    ]
    let whiskers: JSONValue = [
      "mark": ["type": "rule", "strokeWidth": 1.5],
      "encoding": [
        "y": y, "x": Chart.quantitative("low", "intervention − control, points"), "x2": ["field": "high"],
        "color": colour,
      ],
    ]
    let dots: JSONValue = [
      "mark": ["type": "point", "filled": true, "size": 40, "opacity": 1],
      "encoding": ["y": y, "x": Chart.quantitative("value", "intervention − control, points"), "color": colour],
    ]
    return [zero, whiskers, dots]
  }
}

/// CrowS-Pairs by category.
struct CategoryFigure {
  let comparisons: [Comparison]

  var figure: ReportFigure? {
    let shown = comparisons.filter { comparison in
      guard case .crowsPairs(let data, let category) = Benchmark(task: comparison.measure.task) else { return false }
      return data != "french" && !category.isEmpty && !comparison.isOutlying && comparison.difference.interval != nil
    }
    guard !shown.isEmpty else { return nil }
    let chart = DifferenceChart(comparisons: shown) { comparison in
      guard case .crowsPairs(let data, let category) = Benchmark(task: comparison.measure.task) else { return "" }
      return category + (data == "english" ? "" : " (\(data))")
    }
    return ReportFigure(
      name: "crows-pairs-categories", title: "CrowS-Pairs by category, at the last step",
      caption:
        "Difference in % stereotype between intervention and control, with 95 % intervals; significance is after Holm's"
        + " correction over the categories of an arm. Scores with outlying likelihoods are left out.",
      specification: chart.specification(columns: 3, width: 260))
  }
}

/// Accuracy on tasks that have nothing to do with gender.
struct AbilityFigure {
  let comparisons: [Comparison]

  var figure: ReportFigure? {
    let shown = comparisons.filter { $0.measure.isShare && $0.difference.interval != nil }
    guard !shown.isEmpty else { return nil }
    let chart = DifferenceChart(comparisons: shown) {
      $0.measure.task + ($0.measure.fewShot > 0 ? " (\($0.measure.fewShot)-shot)" : "")
    }
    return ReportFigure(
      name: "ability", title: "Ability: accuracy at the last step",
      caption:
        "Difference in accuracy between intervention and control, with 95 % intervals; significance is after Holm's"
        + " correction over the tasks of an arm.",
      specification: chart.specification(columns: 3, width: 260))
  }
}

/// Log-odds of feminine pronouns beside the share of women in an occupation.
struct OccupationFigure {
  let occupations: [OccupationTables.Occupation]

  var figure: ReportFigure? {
    let shown = occupations.filter { $0.percentWomen != nil }
    guard !shown.isEmpty else { return nil }
    let models = Set(shown.map(\.model)).sorted()
    let arms = ["control"] + Set(shown.map(\.arm)).sorted().map(\.name)
    let (colour, shape) = Chart.arms(arms)
    let dots: JSONValue = [
      "mark": ["type": "point", "filled": true, "size": 36, "opacity": 0.85],
      "encoding": [
        "x": Chart.quantitative("women", "% women in the occupation", zero: true),
        "y": Chart.quantitative("odds", "log P(feminine) − log P(masculine)"), "color": colour, "shape": shape,
      ],
    ]
    let line: JSONValue = [
      "mark": ["type": "rule", "strokeDash": [4, 3], "color": .string(Chart.soft)], "encoding": ["y": ["datum": 0]],
    ]
    return ReportFigure(
      name: "occupations", title: "What the models say of occupations",
      caption:
        "One point an occupation and arm; shares of women by the US Bureau of Labor Statistics, 2017, as the authors of"
        + " WinoBias give them. Above 0 the feminine pronoun is the likelier one.",
      specification: Chart.faceted(
        data: shown.flatMap(rows), by: "model", order: models.map(\.name), columns: 2, width: 340, height: 240,
        layers: [line, dots]))
  }

  private func rows(_ occupation: OccupationTables.Occupation) -> [JSONValue] {
    [("control", occupation.control), (occupation.arm.name, occupation.treated)].map { arm, odds in
      [
        "model": .string(occupation.model.name), "arm": .string(arm), "name": .string(occupation.name),
        "women": Chart.number(occupation.percentWomen), "odds": Chart.number(odds),
      ]
    }
  }
}
