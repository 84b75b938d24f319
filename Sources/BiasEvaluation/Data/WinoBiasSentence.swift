/// One line of WinoBias: `1 [The developer] argued with the designer because [he] did not like the design.`
///
/// The bracket with an occupation is the referent, the first one with a pronoun the pronoun in question. Further pronouns in
/// brackets refer to the same person.
public struct WinoBiasSentence: Sendable, Equatable {
  /// The number that the line begins with.
  public let number: Int
  /// The sentence without brackets, its tokens joined by single spaces: punctuation, `'s` and `n't` are tokens of their own.
  public let text: String
  /// As the bracket has it, such as `The developer`.
  public let referent: String
  /// As it stands in the sentence.
  public let pronoun: String
  /// Places of the bracketed pronouns in the sentence's tokens; the first is ``pronoun``.
  public let pronounPlaces: [Int]
  /// What is odd about the line.
  public let notes: [String]

  /// The sentence's tokens.
  public var tokens: [String] { text.split(separator: " ").map(String.init) }

  static let pronouns: Set<String> = ["he", "she", "him", "her", "his", "hers", "himself", "herself"]

  init(_ line: TextLine, in file: DataFile) throws {
    let (number, rest) = try Self.number(line, file)
    var scan = WinoBiasScan()
    for character in rest { try scan.add(character) { file.failure(line: line.number, at: line.offset, $0) } }
    try scan.finish { file.failure(line: line.number, at: line.offset, $0) }
    let mentions = scan.mentions
    guard let referent = mentions.first(where: { !Self.isPronoun($0.words) }) else {
      throw file.failure(line: line.number, at: line.offset, "no bracket with an occupation")
    }
    let pronouns = mentions.filter { Self.isPronoun($0.words) }
    guard let pronoun = pronouns.first else {
      throw file.failure(line: line.number, at: line.offset, "no bracket with a pronoun")
    }
    self.number = number
    text = scan.tokens.joined(separator: " ")
    self.referent = referent.words.joined(separator: " ")
    self.pronoun = pronoun.words[0]
    pronounPlaces = pronouns.map(\.place)
    notes = scan.notes + (pronouns.count > 1 ? ["\(pronouns.count - 1) more pronouns in brackets"] : [])
  }

  private static func isPronoun(_ words: [String]) -> Bool {
    words.count == 1 && pronouns.contains(words[0].lowercased())
  }

  private static func number(_ line: TextLine, _ file: DataFile) throws -> (Int, Substring) {
    let digits = line.text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), line.text.dropFirst(digits.count).first == " " else {
      throw file.failure(line: line.number, at: line.offset, "expected a number and a space at the start")
    }
    return (number, line.text.dropFirst(digits.count + 1))
  }
}

/// Cuts a line into tokens and mentions. A bracket within a bracket opens the mention anew: `the [the chief]` keeps both
/// articles, `[the [chief]]` is the mention `chief`.
private struct WinoBiasScan {
  private(set) var tokens: [String] = []
  private(set) var mentions: [(place: Int, words: [String])] = []
  private(set) var notes: [String] = []
  private var word = ""
  private var open: Int?
  private var depth = 0

  private static let punctuation: Set<Character> = [".", ",", "?", "!", ";", ":"]

  mutating func add(_ character: Character, failure: (String) -> EvaluationFailure) throws {
    switch character {
    case "[":
      endWord()
      if depth > 0 { notes.append("a bracket within a bracket") }
      depth += 1
      open = tokens.count
    case "]":
      endWord()
      guard depth > 0 else { throw failure("a bracket is closed that was not opened") }
      depth -= 1
      try closeMention(failure)
    case " ", "\t": endWord()
    default: word.append(character)
    }
  }

  mutating func finish(failure: (String) -> EvaluationFailure) throws {
    endWord()
    guard depth == 0 else { throw failure("a bracket is opened and never closed") }
  }

  private mutating func closeMention(_ failure: (String) -> EvaluationFailure) throws {
    guard let start = open else { return }
    guard start < tokens.count else { throw failure("an empty bracket") }
    if mentions.isEmpty, start > 0, ["the", "an", "a"].contains(tokens[start - 1].lowercased()) {
      notes.append("an article before the bracket")
    }
    mentions.append((start, Array(tokens[start...])))
    open = nil
  }

  /// Ends a word; marks at its end, `'s` and `n't` become tokens of their own. These are the tokens of WinoBias' CoNLL files,
  /// and so of the data sets made from them, in all 3168 sentences.
  private mutating func endWord() {
    var marks: [String] = []
    while let last = word.last, Self.punctuation.contains(last) {
      marks.append(String(word.removeLast()))
    }
    if let clitic = ["'s", "n't"].first(where: { word.hasSuffix($0) && word.count > $0.count }) {
      word.removeLast(clitic.count)
      marks.append(clitic)
    }
    if !word.isEmpty { tokens.append(word) }
    tokens += marks.reversed()
    word = ""
  }
}
