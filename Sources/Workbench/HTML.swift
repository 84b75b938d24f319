import UnicodeText

enum HTML {
  /// Text as it may stand in elements and in quoted attributes.
  static func escaped(_ text: some StringProtocol) -> String {
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
  static func shown(_ text: some StringProtocol) -> String { escaped(VisibleText.line(text)) }
}
