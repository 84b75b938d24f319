/// Where one of some words can begin, told from a token's bytes alone.
///
/// The words are in lower case; a word counts from a character behind none of A–Z, a–z and 0–9 on. What stands beside the
/// token is unknown, so the answer says what the next token has to begin with, and whether the one before matters.
struct WordBeginnings {
  /// Bytes that the next token may begin with if a word is to begin in this one; empty if none can.
  struct Answer: OptionSet {
    let rawValue: UInt32
    /// What is not ASCII: perhaps a letter, perhaps not.
    static let beyondASCII = Answer(rawValue: 1)
    /// ASCII that is no letter.
    static let noLetter = Answer(rawValue: 2)
    /// The token must not follow one that ends in an ASCII letter or digit.
    static let atStartOnly = Answer(rawValue: 1 << 31)
    static let anything = Answer(rawValue: (1 << 28) - 1)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// For one byte; letters whatever their case.
    init(first byte: UInt8) {
      self =
        byte >= 0x80
        ? .beyondASCII
        : WordBeginnings.isLetter(byte) ? Answer(rawValue: 4 << UInt32((byte | 0x20) - 0x61)) : .noLetter
    }
  }

  private let words: Set<[UInt8]>
  /// All that words begin with, and what the next byte may be.
  private let fronts: [[UInt8]: Answer]
  /// Whether a word begins with a byte.
  private let isFirst: [Bool]

  init(_ words: [[UInt8]]) {
    self.words = Set(words)
    var fronts: [[UInt8]: Answer] = [:]
    for word in words {
      for index in word.indices { fronts[Array(word[..<index]), default: []].insert(Answer(first: word[index])) }
      fronts[word, default: []].formUnion([.beyondASCII, .noLetter])
    }
    self.fronts = fronts
    isFirst = (0..<256).map { byte in words.contains { $0.first == UInt8(byte) } }
  }

  func answer(for token: UnsafeBufferPointer<UInt8>) -> Answer {
    var answer: Answer = []
    var isAtStartOnly = true
    for place in token.indices where place == 0 || !Self.isLetterOrDigit(token[place - 1]) {
      let here = self.answer(for: token, at: place)
      if place > 0 && !here.isEmpty { isAtStartOnly = false }
      answer.formUnion(here)
    }
    return answer.isEmpty || !isAtStartOnly ? answer : answer.union(.atStartOnly)
  }

  private func answer(for token: UnsafeBufferPointer<UInt8>, at place: Int) -> Answer {
    guard isFirst[Int(Self.folded(token[place]))] else { return [] }
    var end = place
    while end < token.count && Self.isLetter(token[end]) { end += 1 }
    // What is no ASCII letter is not taken apart here.
    if end == place || end < token.count && token[end] >= 0x80 { return .anything }
    let run = token[place..<end].map(Self.folded)
    if end < token.count { return words.contains(run) ? .anything : [] }
    return fronts[run] ?? []
  }

  static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 0x30 && byte <= 0x39 }
  private static func folded(_ byte: UInt8) -> UInt8 { isLetter(byte) ? byte | 0x20 : byte }
}
