/// Text as one line of a terminal or page on which everything can be seen, and nothing acts.
///
/// A line feed is ⏎, a tab ⇥, other control characters have the pictures of Unicode's block 2400; what has no shape or
/// changes the direction of writing is named, as ⟨U+202E⟩. So text from strangers cannot move a cursor or hide itself.
public enum VisibleText {
  public static func line(_ text: some StringProtocol) -> String {
    var line = String.UnicodeScalarView()
    var needsBase = true
    for scalar in text.unicodeScalars {
      if needsBase, isMark(scalar) { line.append("\u{25CC}") }
      let shape = shape(of: scalar)
      line.append(contentsOf: shape.unicodeScalars)
      needsBase = shape.unicodeScalars.first != scalar
    }
    return String(line)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool { isCombiningMark(scalar.value) }

  private static func shape(of scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x0A: "⏎"
    case 0x09: "⇥"
    case 0x00..<0x20: String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: "␡"
    case 0x80..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xFFFE...0xFFFF:
      "⟨" + codePoint(scalar) + "⟩"
    default: String(scalar)
    }
  }

  /// `U+00E9`.
  public static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}
