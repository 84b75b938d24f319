import UnicodeText

/// Tables of a page. Cells and headings are HTML.
public enum PageTable {
  public struct Column: Sendable {
    let heading: String
    let style: String

    public static func text(_ heading: String) -> Column { Column(heading: heading, style: "") }
    /// Of names that stay on one line.
    public static func name(_ heading: String) -> Column { Column(heading: heading, style: " class=\"name\"") }
    /// Of sentences, which may be broken into lines.
    public static func sentence(_ heading: String) -> Column { Column(heading: heading, style: " class=\"sentence\"") }
    public static func number(_ heading: String) -> Column { Column(heading: heading, style: " class=\"number\"") }
    /// Of bars: what they show has its number in another column.
    public static let bar = Column(heading: "", style: " class=\"bars\" aria-hidden=\"true\"")
  }

  /// Rows that are always shown; those behind them are folded.
  private static let limit = 30

  /// A table that scrolls where it is wider than the page; the cells of a row's first column are its headings.
  public static func html(_ label: String, _ columns: [Column], _ rows: [[String]], total: [String]? = nil) -> String {
    let shown = table(label, columns, Array(rows.prefix(limit)), total: total)
    guard rows.count > limit else { return shown }
    let rest = rows.count - limit
    return shown + "<details><summary>\(Figures.number(rest)) more</summary>"
      + table(label + ", the rest", columns, Array(rows.dropFirst(limit)), total: nil) + "</details>\n"
  }

  private static func table(_ label: String, _ columns: [Column], _ rows: [[String]], total: [String]?) -> String {
    let head = columns.map { "<th scope=\"col\"\($0.style)>\($0.heading)</th>" }.joined()
    let body = rows.map { line($0, columns) }.joined(separator: "\n")
    let foot = total.map { "\n<tfoot>\(line($0, columns))</tfoot>" } ?? ""
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(HTMLText.escaped(label))">
      <table>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(body)
      </tbody>\(foot)
      </table>
      </div>

      """
  }

  private static func line(_ cells: [String], _ columns: [Column]) -> String {
    let rest = zip(cells, columns).dropFirst().map { "<td\($1.style)>\($0)</td>" }
    return "<tr><th scope=\"row\"\(columns[0].style)>\(cells[0])</th>\(rest.joined())</tr>"
  }

  /// A horizontal bar as long as a part of its cell. `style` names its colour.
  public static func bar(_ part: Double, of whole: Double, _ style: String) -> String {
    let length = whole > 0 ? Int((part / whole * 1000).rounded()) : 0
    return "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\">"
      + "<rect class=\"\(style)\" width=\"\(min(1000, max(0, length)))\" height=\"10\"/></svg>"
  }
}
