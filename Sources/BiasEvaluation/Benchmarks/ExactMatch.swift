/// Comparison of generated text with an answer as SQuAD's script does it: lower case, without ASCII punctuation, without the
/// words *a*, *an*, *the*, single spaces.
enum ExactMatch {
  static func normalized(_ text: String) -> String {
    let plain = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
    return words(String(String.UnicodeScalarView(plain))).joined(separator: " ")
  }

  /// The words between white space, articles left out. An article next to a mark that is no ASCII punctuation stands alone
  /// too, since it has a word boundary there.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for piece in text.split(whereSeparator: \.isWhitespace) {
      words += withoutArticles(String(piece)).split(whereSeparator: \.isWhitespace).map(String.init)
    }
    return words
  }

  /// Replaces each article that stands between word boundaries by a space.
  private static func withoutArticles(_ piece: String) -> String {
    var (result, run) = ("", "")
    func flushed() -> String { ["a", "an", "the"].contains(run) ? " " : run }
    for character in piece {
      if character.isLetter || character.isNumber || character == "_" {
        run.append(character)
      } else {
        result += flushed() + String(character)
        run = ""
      }
    }
    return result + flushed()
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
