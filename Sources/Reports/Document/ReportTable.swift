import Pages
import StructuredText
import UnicodeText

/// A table that page, TSV, JSON and Markdown show alike.
public struct ReportTable: Sendable {
  public struct Column: Sendable {
    enum Kind { case name, text, sentence, number }

    /// As TSV and JSON name it.
    let key: String
    let heading: String
    let kind: Kind

    static func text(_ key: String, _ heading: String) -> Column { Column(key: key, heading: heading, kind: .text) }
    /// Of short names, which stay on one line.
    static func name(_ key: String, _ heading: String) -> Column { Column(key: key, heading: heading, kind: .name) }
    /// Of sentences, which may be broken into lines.
    static func sentence(_ key: String, _ heading: String) -> Column {
      Column(key: key, heading: heading, kind: .sentence)
    }
    static func number(_ key: String, _ heading: String) -> Column { Column(key: key, heading: heading, kind: .number) }
  }

  public enum Cell: Sendable, Equatable {
    case text(String)
    /// With a sign of warning on the page.
    case marked(String)
    /// Digits behind the point are for people; files have the number as it is.
    case number(Double, digits: Int)
    case signed(Double, digits: Int)
    case interval(Double, Double, digits: Int)
    case probability(Double)
    case count(Int)
    case none
  }

  /// Names the file, and is the key in JSON.
  public let name: String
  public let title: String
  let columns: [Column]
  let rows: [[Cell]]
  /// On the page only the title is shown at first.
  var isFolded = false

  init(_ name: String, _ title: String, _ columns: [Column], _ rows: [[Cell]], isFolded: Bool = false) {
    self.name = name
    self.title = title
    self.columns = columns
    self.rows = rows
    self.isFolded = isFolded
  }
}

extension ReportTable.Cell {
  /// As people read it.
  var shown: String {
    switch self {
    case .text(let text), .marked(let text): text
    case .number(let value, let digits): Figures.decimal(value, digits: digits)
    case .signed(let value, let digits): Figures.signed(value, digits: digits)
    case .interval(let low, let high, let digits):
      Figures.signed(low, digits: digits) + " to " + Figures.signed(high, digits: digits)
    case .probability(let p): p.isFinite && p < 0.001 ? "< 0.001" : Figures.decimal(p, digits: p < 0.1 ? 3 : 2)
    case .count(let count): Figures.number(count)
    case .none: "–"
    }
  }

  /// The values as programs read them: two for an interval.
  var values: [JSONValue] {
    switch self {
    case .text(let text), .marked(let text): [.string(text)]
    case .number(let value, _), .signed(let value, _), .probability(let value): [Self.json(value)]
    case .interval(let low, let high, _): [Self.json(low), Self.json(high)]
    case .count(let count): [.integer(Int64(count))]
    case .none: [.null]
    }
  }

  private static func json(_ value: Double) -> JSONValue { value.isFinite ? .double(value) : .null }
}

extension ReportTable {
  /// An interval is two columns, `KEY_low` and `KEY_high`.
  private func keys(_ column: Int) -> [String] {
    let isInterval = rows.contains { if case .interval = $0[column] { true } else { false } }
    return isInterval ? [columns[column].key + "_low", columns[column].key + "_high"] : [columns[column].key]
  }

  private func values(_ row: [Cell], _ column: Int) -> [JSONValue] {
    let count = keys(column).count
    let values = row[column].values
    return values.count == count ? values : Array(repeating: values.first ?? .null, count: count)
  }

  /// UTF-8, one header line; what would break a line or a cell is shown as a sign, nothing is an empty cell.
  var tsv: String {
    let head = columns.indices.flatMap(keys).joined(separator: "\t")
    let lines = rows.map { row in
      columns.indices.flatMap { values(row, $0) }.map(Self.field).joined(separator: "\t")
    }
    return ([head] + lines).map { $0 + "\n" }.joined()
  }

  private static func field(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): VisibleText.line(text)
    case .double(let number): "\(number)"
    case .integer(let number): "\(number)"
    default: ""
    }
  }

  /// One object a row.
  var json: JSONValue {
    let keys = columns.indices.map(keys)
    return .array(
      rows.map { row in
        .object(columns.indices.flatMap { zip(keys[$0], values(row, $0)).map { JSONMember($0, $1) } })
      })
  }

  var html: String {
    let table = PageTable.html(title, columns.map(\.html), rows.map { $0.map(\.html) })
    guard isFolded else { return "<h3>\(HTMLText.shown(title))</h3>\n" + table }
    return "<details><summary>\(HTMLText.shown(title)) (\(Figures.number(rows.count)))</summary>\n\(table)</details>\n"
  }

  func markdown(_ limit: Int = .max) -> String {
    let shown = rows.prefix(limit).map { $0.map { Markdown.text($0.shown) } }
    let rest = rows.count > limit ? "\n\(Figures.number(rows.count - limit)) more in `tables/\(name).tsv`.\n" : ""
    return Markdown.table(columns.map { $0.kind == .number ? .right($0.heading) : .left($0.heading) }, shown) + rest
  }
}

extension ReportTable.Column {
  var html: PageTable.Column {
    switch kind {
    case .name: .name(HTMLText.escaped(heading))
    case .text: .text(HTMLText.escaped(heading))
    case .sentence: .sentence(HTMLText.escaped(heading))
    case .number: .number(HTMLText.escaped(heading))
    }
  }
}

extension ReportTable.Cell {
  var html: String {
    if case .marked = self { return "<strong class=\"much\">\(HTMLText.shown(shown))</strong>" }
    return HTMLText.shown(shown)
  }
}
