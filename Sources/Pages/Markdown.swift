/// Markdown (CommonMark with GitHub's tables) from text that may hold anything.
public enum Markdown {
  public enum Alignment: Sendable { case left, right }

  /// One column of a table: its heading, already Markdown, and where its cells lean.
  public struct Column: Sendable {
    let heading: String
    let alignment: Alignment

    public static func left(_ heading: String) -> Column { Column(heading: heading, alignment: .left) }
    public static func right(_ heading: String) -> Column { Column(heading: heading, alignment: .right) }
  }

  /// Text that stays text inside a paragraph or a cell: one line, nothing in it marks anything.
  public static func text(_ text: String) -> String {
    let special = Set("\\`*_[]<>|~&!$".unicodeScalars)
    return oneLine(text).unicodeScalars.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// Text as a paragraph of its own: not a heading, list, quote or rule either.
  public static func paragraph(_ source: String) -> String {
    let escaped = text(source)
    let digits = escaped.prefix { $0.isASCII && $0.isNumber }
    let rest = escaped.dropFirst(digits.count)
    if let mark = rest.first, digits.isEmpty ? "#>-+=:".contains(mark) : ".)".contains(mark) {
      return digits + "\\" + rest
    }
    return escaped
  }

  /// Text in a code span; good inside a cell too.
  public static func code(_ source: String) -> String {
    let text = oneLine(source).replacing("|", with: "\\|")
    let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    return fence.count == 1 ? fence + text + fence : "\(fence) \(text) \(fence)"
  }

  /// Lines as a fenced block that none of them can close.
  public static func block(_ source: String, language: String = "") -> String {
    let fence = String(repeating: "`", count: max(3, longestRun(of: "`", in: source) + 1))
    return "\(fence)\(language)\n\(source)\(source.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// A table whose columns line up in the source, too. Cells are Markdown.
  public static func table(_ columns: [Column], _ rows: [[String]]) -> String {
    let widths = columns.indices.map { index in
      max(3, ([columns[index].heading] + rows.map { $0[index] }).map(\.unicodeScalars.count).max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { pad(cells[$0], to: widths[$0], columns[$0].alignment) }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = columns.indices.map { index in
      String(repeating: "-", count: widths[index] - (columns[index].alignment == .right ? 1 : 0))
        + (columns[index].alignment == .right ? ":" : "")
    }
    return line(columns.map(\.heading)) + line(rule) + rows.map(line).joined()
  }

  private static func pad(_ cell: String, to width: Int, _ alignment: Alignment) -> String {
    let space = String(repeating: " ", count: max(0, width - cell.unicodeScalars.count))
    return alignment == .right ? space + cell : cell + space
  }

  private static func oneLine(_ text: String) -> String {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 || $0.value == 0x7F }
    return words.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
      run = next == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
