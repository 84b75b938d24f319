import SwapRules
import Tokenization
import UnicodeText

/// What each token id can take part in, so that most tokens are passed over with one look at one byte.
///
/// Says too much rather than too little: whoever finds a mark looks at the text.
struct TokenMarks: Sendable {
  struct Mark: OptionSet {
    let rawValue: UInt8
    /// Ends a segment, or is no token at all.
    static let special = Mark(rawValue: 1)
    /// A form of a swap stage may begin in it.
    static let form = Mark(rawValue: 2)
    /// A counted pronoun may begin in it.
    static let pronoun = Mark(rawValue: 4)
  }

  /// How a token goes together with those beside it.
  private struct Joint: OptionSet {
    let rawValue: UInt8
    /// The last byte is an ASCII letter or digit.
    static let endsInWord = Joint(rawValue: 1)
    /// The first character, or the last, is whole and no letter, digit or underscore.
    static let beginsPlainly = Joint(rawValue: 2)
    static let endsPlainly = Joint(rawValue: 4)
  }

  // Each has an entry for every id, and a last one for all greater ids.
  private let marks: [UInt8]
  /// Bytes of each token, at most 255.
  private let lengths: [UInt8]
  private let joints: [UInt8]
  /// The first byte, as the bit of a `WordBeginnings.Answer`.
  private let firsts: [UInt8]
  private let forms: [WordBeginnings.Answer]
  private let pronouns: [WordBeginnings.Answer]
  /// For a token that is a pronoun, with or without a space before it: the pronoun's place in `PronounCounts.words`,
  /// plus one.
  private let words: [UInt8]

  /// Takes a few ms.
  init(_ tokenizer: Tokenizer, packs: [RulePack]) {
    let formBeginnings = WordBeginnings(packs.flatMap(\.formBeginnings))
    let pronounBeginnings = WordBeginnings(PronounCounts.words.map { Array($0.utf8) })
    let count = tokenizer.vocabularySize + 1
    var marks = [UInt8](repeating: Mark.special.rawValue, count: count)
    var (lengths, joints) = ([UInt8](repeating: 0, count: count), [UInt8](repeating: 0, count: count))
    var (firsts, words) = (lengths, lengths)
    var forms = [WordBeginnings.Answer](repeating: [], count: count)
    var pronouns = forms
    for id in 0..<tokenizer.vocabularySize {
      let bytes = tokenizer.bytes(of: UInt32(id))
      guard !bytes.isEmpty && !tokenizer.isSpecial(UInt32(id)) else { continue }
      forms[id] = formBeginnings.answer(for: bytes)
      pronouns[id] = pronounBeginnings.answer(for: bytes)
      let mark: Mark = [forms[id].isEmpty ? [] : .form, pronouns[id].isEmpty ? [] : .pronoun]
      marks[id] = mark.rawValue
      lengths[id] = UInt8(min(bytes.count, 255))
      joints[id] = Self.joint(of: bytes).rawValue
      firsts[id] = UInt8(WordBeginnings.Answer(first: bytes[0]).rawValue.trailingZeroBitCount)
      words[id] = UInt8((PronounCounts.index(ofToken: bytes) ?? -1) + 1)
    }
    // What a pack maps by its id is a form wherever it stands.
    for id in packs.compactMap(\.tokenMap).flatMap(\.pairs).map({ Int($0.from) }) where id < tokenizer.vocabularySize {
      marks[id] |= Mark.form.rawValue
      forms[id] = .anything
    }
    (self.marks, self.lengths, self.joints, self.firsts) = (marks, lengths, joints, firsts)
    (self.forms, self.pronouns, self.words) = (forms, pronouns, words)
  }

  private static func joint(of bytes: UnsafeBufferPointer<UInt8>) -> Joint {
    var joint: Joint = []
    if WordBeginnings.isLetterOrDigit(bytes[bytes.count - 1]) { joint.insert(.endsInWord) }
    if isPlain(UTF8Text.read(bytes, at: 0, end: bytes.count)) { joint.insert(.beginsPlainly) }
    if isPlain(UTF8Text.read(bytes, before: bytes.count, start: 0)) { joint.insert(.endsPlainly) }
    return joint
  }

  private static func isPlain(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading else { return false }
    return !PronounCounts.isWordCharacter(scalar)
  }

  @inline(__always)
  private func entry(_ id: UInt32) -> Int { Int(min(id, UInt32(truncatingIfNeeded: marks.count - 1))) }

  @inline(__always)
  subscript(_ id: UInt32) -> Mark { Mark(rawValue: marks[entry(id)]) }

  // MARK: Looking for marks

  /// The index of the first token from `start` on, before `end`, that has a mark; `end` if none has.
  @inline(__always)
  func firstMarked(in tokens: UnsafeBufferPointer<UInt32>, from start: Int, to end: Int) -> Int {
    let last = UInt32(truncatingIfNeeded: marks.count - 1)
    return marks.withUnsafeBufferPointer { marks in
      var index = start
      // Four at a time: one branch for all of them.
      while index &+ 4 <= end {
        let first = marks[Int(min(tokens[index], last))] | marks[Int(min(tokens[index &+ 1], last))]
        let second = marks[Int(min(tokens[index &+ 2], last))] | marks[Int(min(tokens[index &+ 3], last))]
        if first | second != 0 { break }
        index &+= 4
      }
      while index < end && marks[Int(min(tokens[index], last))] == 0 { index &+= 1 }
      return index
    }
  }

  /// How many of the tokens from `start` on, in steps of 1 or -1, hold `bytes` bytes; fewer if a special one or the end of the
  /// tokens comes before.
  func count(holding bytes: Int, of tokens: UnsafeBufferPointer<UInt32>, from start: Int, step: Int) -> Int {
    var (index, held) = (start, 0)
    while held < bytes, index >= 0, index < tokens.count {
      let entry = entry(tokens[index])
      if Mark(rawValue: marks[entry]).contains(.special) { break }
      held += Int(lengths[entry])
      index += step
    }
    return (index - start) * step
  }

  // MARK: What a mark means beside other tokens

  /// Whether a form may begin in the token at `index`, which is not special, its neighbours considered.
  func mayBeginForm(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Bool {
    mayBegin(forms[entry(tokens[index])], at: index, of: tokens)
  }

  /// Whether a counted pronoun may begin there.
  func mayBeginPronoun(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Bool {
    mayBegin(pronouns[entry(tokens[index])], at: index, of: tokens)
  }

  private func mayBegin(
    _ answer: WordBeginnings.Answer, at index: Int, of tokens: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    if answer.contains(.atStartOnly) && index > 0 && joint(tokens[index - 1]).contains(.endsInWord) { return false }
    guard index + 1 < tokens.count, !self[tokens[index + 1]].contains(.special) else { return true }
    return answer.rawValue & 1 << UInt32(firsts[entry(tokens[index + 1])]) != 0
  }

  /// The pronoun that the token at `index` is, if that is all it is and its neighbours leave no doubt.
  func pronoun(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Int? {
    let id = tokens[index]
    guard words[entry(id)] > 0, index > 0, index + 1 < tokens.count else { return nil }
    guard joint(tokens[index + 1]).contains(.beginsPlainly) else { return nil }
    guard joint(id).contains(.beginsPlainly) || joint(tokens[index - 1]).contains(.endsPlainly) else { return nil }
    return Int(words[entry(id)]) - 1
  }

  @inline(__always)
  private func joint(_ id: UInt32) -> Joint { Joint(rawValue: joints[entry(id)]) }
}
