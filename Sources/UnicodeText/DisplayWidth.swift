import CICU

/// How many columns of a terminal a text takes: two for wide characters, none for marks that stand on another.
///
/// By ICU's East_Asian_Width. It only lays out what people read; no decision depends on it.
public enum DisplayWidth {
  public static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

  /// A character with all its marks and joined parts takes the room of its widest part.
  public static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    // A small sign that is to be shown as an emoji.
    if scalars.contains("\u{FE0F}") { return 2 }
    // A flag is two letters that are narrow each.
    if let first = scalars.first, (0x1F1E6...0x1F1FF).contains(first.value) { return min(2, scalars.count) }
    return scalars.reduce(0) { max($0, of($1)) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return tiresias_is_wide(scalar.value) ? 2 : 1
    }
  }
}

extension DisplayWidth {
  /// The longest front of a text that takes at most `width` columns.
  public static func front(of text: String, width: Int) -> Substring {
    var left = width
    return text.prefix { character in
      left -= of(character)
      return left >= 0
    }
  }

  /// The longest end of a text that takes at most `width` columns.
  public static func back(of text: String, width: Int) -> Substring {
    var left = width
    let count = text.reversed().prefix { character in
      left -= of(character)
      return left >= 0
    }.count
    return text.suffix(count)
  }
}
