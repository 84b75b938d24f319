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

  /// A mark for each id, and a last one for all greater ids.
  private let marks: [UInt8]
  /// How a token goes together with its neighbours: see ``Joint``.
  private let joints: [UInt16]
  /// For a token that is a pronoun, with or without a space before it: the pronoun's place in `PronounCounts.words`,
  /// plus one.
  private let pronouns: [UInt8]

  private struct Joint: OptionSet {
    let rawValue: UInt16
    /// The first byte is an ASCII letter, or not ASCII: what decides whether a word of the token before goes on.
    static let mayContinueWord = Joint(rawValue: 1)
    static let mayEndWord = Joint(rawValue: 2)
    /// The last byte is an ASCII letter or digit.
    static let endsInWord = Joint(rawValue: 4)
    /// The first character, or the last, is whole and no letter, digit or underscore.
    static let beginsPlainly = Joint(rawValue: 8)
    static let endsPlainly = Joint(rawValue: 16)
    /// From here on the `WordBeginnings.Answer` for forms, then the one for pronouns.
    static let formShift: UInt16 = 8
    static let pronounShift: UInt16 = 12
  }

  /// Takes a few ms.
  init(_ tokenizer: Tokenizer, packs: [RulePack]) {
    let forms = WordBeginnings(packs.flatMap(\.formBeginnings))
    let counted = WordBeginnings(PronounCounts.words.map { Array($0.utf8) })
    var marks = [UInt8](repeating: Mark.special.rawValue, count: tokenizer.vocabularySize + 1)
    var joints = [UInt16](repeating: 0, count: tokenizer.vocabularySize + 1)
    var pronouns = [UInt8](repeating: 0, count: tokenizer.vocabularySize + 1)
    for id in 0..<tokenizer.vocabularySize {
      let bytes = tokenizer.bytes(of: UInt32(id))
      guard !bytes.isEmpty && !tokenizer.isSpecial(UInt32(id)) else { continue }
      let (form, pronoun) = (forms.answer(for: bytes), counted.answer(for: bytes))
      let mark: Mark = [form.isEmpty ? [] : .form, pronoun.isEmpty ? [] : .pronoun]
      marks[id] = mark.rawValue
      joints[id] =
        Self.joint(of: bytes).rawValue | UInt16(form.rawValue) << Joint.formShift
        | UInt16(pronoun.rawValue) << Joint.pronounShift
      pronouns[id] = UInt8((PronounCounts.index(ofToken: bytes) ?? -1) + 1)
    }
    // What a pack maps by its id is a form wherever it stands.
    for id in packs.compactMap(\.tokenMap).flatMap(\.pairs).map({ Int($0.from) }) where id < tokenizer.vocabularySize {
      marks[id] |= Mark.form.rawValue
      joints[id] |= UInt16(WordBeginnings.Answer.always.rawValue) << Joint.formShift
    }
    (self.marks, self.joints, self.pronouns) = (marks, joints, pronouns)
  }

  private static func joint(of bytes: UnsafeBufferPointer<UInt8>) -> Joint {
    let (first, last) = (bytes[0], bytes[bytes.count - 1])
    var joint: Joint = []
    if WordBeginnings.isLetter(first) || first >= 0x80 { joint.insert(.mayContinueWord) }
    if !WordBeginnings.isLetter(first) { joint.insert(.mayEndWord) }
    if WordBeginnings.isLetterOrDigit(last) { joint.insert(.endsInWord) }
    if isPlain(UTF8Text.read(bytes, at: 0, end: bytes.count)) { joint.insert(.beginsPlainly) }
    if isPlain(UTF8Text.read(bytes, before: bytes.count, start: 0)) { joint.insert(.endsPlainly) }
    return joint
  }

  private static func isPlain(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading else { return false }
    return !PronounCounts.isWordCharacter(scalar)
  }

  /// The index of the first token from `start` on, before `end`, that has a mark; `end` if none has.
  @inline(__always)
  func firstMarked(in tokens: UnsafeBufferPointer<UInt32>, from start: Int, to end: Int) -> Int {
    marks.withUnsafeBufferPointer { marks in
      let last = UInt32(truncatingIfNeeded: marks.count - 1)
      var index = start
      while index < end && marks[Int(min(tokens[index], last))] == 0 { index += 1 }
      return index
    }
  }

  @inline(__always)
  subscript(_ id: UInt32) -> Mark { Mark(rawValue: marks[min(Int(id), marks.count - 1)]) }

  /// Whether a form may begin in the token at `index`, which is not special, its neighbours considered.
  func mayBeginForm(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Bool {
    mayBegin(at: index, of: tokens, Joint.formShift)
  }

  func mayBeginPronoun(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Bool {
    mayBegin(at: index, of: tokens, Joint.pronounShift)
  }

  private func mayBegin(at index: Int, of tokens: UnsafeBufferPointer<UInt32>, _ shift: UInt16) -> Bool {
    let answer = WordBeginnings.Answer(rawValue: UInt8(truncatingIfNeeded: joint(tokens[index]).rawValue >> shift) & 7)
    if answer.contains(.atStartOnly) && index > 0 && joint(tokens[index - 1]).contains(.endsInWord) { return false }
    guard index + 1 < tokens.count, !self[tokens[index + 1]].contains(.special) else { return true }
    let next = joint(tokens[index + 1])
    return answer.contains(.ifWordEnds) && next.contains(.mayEndWord)
      || answer.contains(.ifWordContinues) && next.contains(.mayContinueWord)
  }

  /// The pronoun that the token at `index` is, if that is all it is and its neighbours leave no doubt.
  func pronoun(at index: Int, of tokens: UnsafeBufferPointer<UInt32>) -> Int? {
    let id = tokens[index]
    guard pronouns[Int(id)] > 0, index > 0, index + 1 < tokens.count else { return nil }
    guard joint(tokens[index + 1]).contains(.beginsPlainly) else { return nil }
    guard joint(id).contains(.beginsPlainly) || joint(tokens[index - 1]).contains(.endsPlainly) else { return nil }
    return Int(pronouns[Int(id)]) - 1
  }

  @inline(__always)
  private func joint(_ id: UInt32) -> Joint { Joint(rawValue: joints[min(Int(id), joints.count - 1)]) }
}
