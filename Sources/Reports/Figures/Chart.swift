import StructuredText

/// What all charts share, as parts of Vega-Lite specifications (version 5).
enum Chart {
  /// Each in print, and the variable of the page's style that stands for it there, so that charts follow its colours.
  static let colours: [(print: String, variable: String)] = [
    ("#5f6785", "--arm-0"), ("#2f62c9", "--arm-1"), ("#c2571a", "--arm-2"), ("#2a8f5b", "--arm-3"),
    ("#8b4fb8", "--arm-4"),
    ("#1b1b1f", "--text"), ("#5b5d66", "--soft"), ("#dcdde3", "--line"), ("#ffffff", "--back"),
  ]
  static let (text, soft, line, back) = (colours[5].print, colours[6].print, colours[7].print, colours[8].print)

  /// A whole specification: data, facets, and layers that stand on each other.
  static func faceted(
    data: [JSONValue], by field: String, order: [String], columns: Int, width: Int, height: Int, layers: [JSONValue],
    independent: [String] = []
  ) -> JSONValue {
    var members = top(data)
    let header: JSONValue = ["title": nil, "labelFontSize": 12, "labelFontWeight": "bold", "labelColor": .string(text)]
    members.append(
      JSONMember(
        "facet",
        [
          "field": .string(field), "type": "nominal", "sort": .array(order.map { .string($0) }), "header": header,
        ]))
    members.append(JSONMember("columns", .integer(Int64(max(1, columns)))))
    members.append(
      JSONMember(
        "spec", ["width": .integer(Int64(width)), "height": .integer(Int64(height)), "layer": .array(layers)]))
    if !independent.isEmpty {
      members.append(
        JSONMember(
          "resolve", ["scale": .object(independent.map { JSONMember($0, "independent") })]))
    }
    return .object(members)
  }

  private static func top(_ data: [JSONValue]) -> [JSONMember] {
    [
      JSONMember("$schema", "https://vega.github.io/schema/vega-lite/v5.json"),
      JSONMember("data", ["values": .array(data)]), JSONMember("background", .string(back)),
      JSONMember("config", configuration),
    ]
  }

  private static let configuration: JSONValue = [
    "font": "Helvetica, Arial, sans-serif", "view": ["stroke": nil], "axis": axis,
    "legend": [
      "orient": "top", "titleFontSize": 12, "labelFontSize": 12, "labelColor": .string(text),
      "titleColor": .string(soft),
      "symbolStrokeWidth": 2, "symbolOpacity": 1,
    ],
    "facet": ["spacing": 24],
  ]

  private static let axis: JSONValue = [
    "labelColor": .string(soft), "titleColor": .string(soft), "gridColor": .string(line), "domainColor": .string(line),
    "tickColor": .string(line), "labelFontSize": 11, "titleFontSize": 12, "titleFontWeight": "normal",
  ]

  /// Colour and shape by arm, the same for the same arms in every chart of a report.
  static func arms(_ arms: [String]) -> (colour: JSONValue, shape: JSONValue) {
    let domain = JSONValue.array(arms.map { .string($0) })
    let range = JSONValue.array(arms.indices.map { .string(colours[$0 % 5].print) })
    let shapes = ["circle", "square", "triangle-up", "diamond", "cross"]
    return (
      ["field": "arm", "type": "nominal", "title": "arm", "scale": ["domain": domain, "range": range]],
      [
        "field": "arm", "type": "nominal", "title": "arm",
        "scale": ["domain": domain, "range": .array(arms.indices.map { .string(shapes[$0 % 5]) })],
      ]
    )
  }

  /// From `low` to `high`, where there are any.
  static func whiskers(_ place: [JSONMember], y: JSONValue, _ arms: [String]) -> JSONValue {
    let ends = [
      JSONMember("y", y.with("field", "low")), JSONMember("y2", ["field": "high"]),
      JSONMember("color", Chart.arms(arms).colour),
    ]
    return [
      "transform": filter("datum.low != null"), "mark": ["type": "rule", "strokeWidth": 1.5],
      "encoding": .object(place + ends),
    ]
  }

  /// Filled, and hollow where `outlying`.
  static func points(_ place: [JSONMember], y: JSONValue, _ arms: [String], size: Int64) -> [JSONValue] {
    let (colour, shape) = Chart.arms(arms)
    let encoding = JSONValue.object(
      place + [JSONMember("y", y), JSONMember("color", colour), JSONMember("shape", shape)])
    let isShown = "datum.value != null && !datum.seed"
    return [(isShown + " && !datum.outlying", true), (isShown + " && datum.outlying", false)]
      .map { test, isFilled in
        [
          "transform": filter(test), "encoding": encoding,
          "mark": [
            "type": "point", "filled": .bool(isFilled), "size": .integer(size), "strokeWidth": 1.5, "opacity": 1,
          ],
        ]
      }
  }

  /// Single trainings, beside the points of their mean.
  static func seeds(_ place: [JSONMember], y: JSONValue, _ arms: [String]) -> JSONValue {
    let (colour, shape) = Chart.arms(arms)
    return [
      "transform": filter("datum.seed"), "mark": ["type": "point", "filled": true, "size": 18, "opacity": 0.55],
      "encoding": .object(
        place + [JSONMember("y", y), JSONMember("color", colour), JSONMember("shape", shape)]),
    ]
  }

  static func filter(_ test: String) -> JSONValue { [["filter": .string(test)]] }

  static func quantitative(_ field: String, _ title: String?, zero: Bool = false) -> JSONValue {
    [
      "field": .string(field), "type": "quantitative", "title": title.map { .string($0) } ?? .null,
      "scale": ["zero": .bool(zero)],
    ]
  }

  /// A number for a chart; null where there is none.
  static func number(_ value: Double?) -> JSONValue { value.flatMap { $0.isFinite ? .double($0) : nil } ?? .null }
}
