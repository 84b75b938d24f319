/// Where one of some words can begin, told from a token's bytes alone.
///
/// The words are in lower case; a word counts from a character behind none of A–Z, a–z and 0–9 on. What stands beside the
/// token is unknown, so the answer is what the next token must begin with, and whether the one before matters.
struct WordBeginnings {
  /// What a token can take part in.
  struct Answer: OptionSet {
    let rawValue: UInt8
    /// A word begins here if the next token does not begin with an ASCII letter, nothing follows, or that is not known.
    static let ifWordEnds = Answer(rawValue: 1)
    /// A word may begin here and go on in the next token.
    static let ifWordContinues = Answer(rawValue: 2)
    static let always: Answer = [.ifWordEnds, .ifWordContinues]
    /// And only if the token before does not end in an ASCII letter or digit.
    static let atStartOnly = Answer(rawValue: 4)
  }

  private let words: Set<[UInt8]>
  /// All that words begin with, the words themselves aside.
  private let fronts: Set<[UInt8]>
  private let firstBytes: Set<UInt8>

  init(_ words: [[UInt8]]) {
    self.words = Set(words)
    fronts = Set(words.flatMap { word in word.indices.map { Array(word[..<$0]) } })
    firstBytes = Set(words.compactMap(\.first))
  }

  func answer(for token: UnsafeBufferPointer<UInt8>) -> Answer {
    var answer: Answer = []
    for place in token.indices where place == 0 || !Self.isLetterOrDigit(token[place - 1]) {
      let here = self.answer(for: token, at: place)
      if here.isEmpty { continue }
      if place == 0 {
        answer = here.union(.atStartOnly)
      } else {
        answer = answer.union(here).subtracting(.atStartOnly)
      }
    }
    return answer
  }

  private func answer(for token: UnsafeBufferPointer<UInt8>, at place: Int) -> Answer {
    guard firstBytes.contains(Self.folded(token[place])) else { return [] }
    var end = place
    while end < token.count && Self.isLetter(token[end]) { end += 1 }
    // What is no ASCII letter is not taken apart here.
    if end == place || end < token.count && token[end] >= 0x80 { return .always }
    let run = token[place..<end].map(Self.folded)
    let isWord = words.contains(run)
    if end < token.count { return isWord ? .always : [] }
    return (isWord ? Answer.ifWordEnds : []).union(fronts.contains(run) ? .ifWordContinues : [])
  }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 0x30 && byte <= 0x39 }
  private static func folded(_ byte: UInt8) -> UInt8 { isLetter(byte) ? byte | 0x20 : byte }
}
