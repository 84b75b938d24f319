/// HTML from text that may hold anything; good in XML too.
public enum HTMLText {
  /// Text as it may stand in elements and in quoted attributes.
  public static func escaped(_ text: some StringProtocol) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// Text of strangers on one line, everything in it visible.
  public static func shown(_ text: some StringProtocol) -> String { escaped(VisibleText.line(text)) }
}
