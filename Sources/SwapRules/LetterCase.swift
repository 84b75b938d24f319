/// How the words of a match are written, each lower, Title or UPPER.
struct LetterCase: Equatable {
  /// Words that a form or a replacement has at most.
  static let maximumWords = 4

  /// In base 3, the first word's digit the lowest: 0 lower, 1 Title, 2 UPPER.
  private(set) var code: Int
  let words: Int

  init(code: Int, words: Int) {
    self.code = code
    self.words = words
  }

  static func count(words: Int) -> Int { (0..<words).reduce(1) { count, _ in count * 3 } }

  var first: WordCase {
    switch code % 3 {
    case 0: .lower
    case 1: .title
    default: .upper
    }
  }

  /// The case for as many words as are written: word by word where the numbers are equal, else what all words have in
  /// common: lower, Title (the first word or every word) or UPPER. Nil for any other mix.
  func carried(to written: Int) -> Int? {
    if written == words { return code }
    let all = Self.count(words: written) - 1
    switch code {
    case 0: return 0
    case 1: return 1
    case (Self.count(words: words) - 1) / 2: return all / 2
    case Self.count(words: words) - 1: return all
    default: return nil
    }
  }
}
