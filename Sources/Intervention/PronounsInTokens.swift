import Tokenization

extension InterventionPlan {
  /// Counts the pronouns that begin in a token with the mark of one.
  func countPronouns(
    at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>, _ counts: inout PronounCounts
  ) {
    if let word = marks.pronoun(at: index, of: tokens) {
      counts[word] += 1
    } else if marks.mayBeginPronoun(at: index, of: tokens) {
      countInText(at: index, of: tokens, &counts)
    }
  }

  /// The same from the text of the token and of a few beside it.
  private func countInText(
    at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>, _ counts: inout PronounCounts
  ) {
    let isText = { (place: Int) in tokens.indices.contains(place) && !marks[UInt32(tokens[place])].contains(.special) }
    // A character before, a word and a character behind: four bytes, and fourteen.
    var low = index
    while index - low < 4 && isText(low - 1) { low -= 1 }
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for place in low..<index { text += tokenizer.bytes(of: UInt32(tokens[place])) }
    let start = text.count
    text += tokenizer.bytes(of: UInt32(tokens[index]))
    let end = text.count
    var next = index + 1
    while text.count < end + 14 && isText(next) {
      text += tokenizer.bytes(of: UInt32(tokens[next]))
      next += 1
    }
    text.withUnsafeBufferPointer { counts.add($0, start..<end) }
  }
}
