import SwapRules
import Tokenization
import UnicodeText

/// A token id as it is stored, or widened.
protocol TokenNumber: FixedWidthInteger, UnsignedInteger {}
extension UInt16: TokenNumber {}
extension UInt32: TokenNumber {}

/// What each token id can take part in, so that most tokens are passed over with one look at one byte.
///
/// Says too much rather than too little: whoever finds a mark looks at the text.
final class TokenMarks: @unchecked Sendable {  // immutable after init
  struct Mark: OptionSet {
    let rawValue: UInt8
    /// Ends a segment, or is no token at all.
    static let special = Mark(rawValue: 1)
    /// A form of a swap stage may begin in it.
    static let form = Mark(rawValue: 2)
    /// A counted pronoun may begin in it.
    static let pronoun = Mark(rawValue: 4)
  }

  /// How a token goes together with those beside it. One byte, since it is asked of any token that stands beside a marked
  /// one: a larger table would push others out of the caches.
  private struct Sides: OptionSet {
    let rawValue: UInt8
    /// The last byte is an ASCII letter or digit.
    static let endsInWord = Sides(rawValue: 0x20)
    /// The first character, or the last, is whole and no letter, digit or underscore.
    static let beginsPlainly = Sides(rawValue: 0x40)
    static let endsPlainly = Sides(rawValue: 0x80)

    /// The first byte, as a `WordBeginnings.Answer`.
    var first: WordBeginnings.Answer { WordBeginnings.Answer(rawValue: 1 << UInt32(rawValue & 0x1F)) }
  }

  /// What is asked of marked tokens only.
  private struct Entry {
    /// What the next token has to begin with.
    var form: WordBeginnings.Answer = []
    var pronoun: WordBeginnings.Answer = []
    /// For a token that is a pronoun, with or without a space before it: the pronoun's place in `PronounCounts.words`,
    /// plus one.
    var word = 0
  }

  // Each has a value for every id, and a last one for all greater ids; at least as many as 16 bits can tell apart.
  private let marks: UnsafeMutableBufferPointer<UInt8>
  /// Bytes of each token, at most 255.
  private let lengths: UnsafeMutableBufferPointer<UInt8>
  private let sides: UnsafeMutableBufferPointer<Sides>
  private let entries: UnsafeMutableBufferPointer<Entry>
  /// What a form or pronoun that begins in the token wants the next one to begin with, and in the upper byte what the token
  /// begins with: sets of ``groups(of:)``, all of them for a special one.
  private let joints: UnsafeMutableBufferPointer<UInt16>

  /// Takes a few ms.
  init(_ tokenizer: Tokenizer, packs: [RulePack]) {
    let forms = WordBeginnings(packs.flatMap(\.formBeginnings))
    let pronouns = WordBeginnings(PronounCounts.words.map { Array($0.utf8) })
    let count = max(tokenizer.vocabularySize + 1, 1 << 16)
    marks = .allocate(capacity: count)
    marks.initialize(repeating: Mark.special.rawValue)
    lengths = .allocate(capacity: count)
    lengths.initialize(repeating: 0)
    sides = .allocate(capacity: count)
    sides.initialize(repeating: [])
    entries = .allocate(capacity: count)
    entries.initialize(repeating: Entry())
    joints = .allocate(capacity: count)
    joints.initialize(repeating: 0xFFFF)
    for id in 0..<tokenizer.vocabularySize {
      let bytes = tokenizer.bytes(of: UInt32(id))
      guard !bytes.isEmpty && !tokenizer.isSpecial(UInt32(id)) else { continue }
      entries[id] = Entry(
        form: forms.answer(for: bytes), pronoun: pronouns.answer(for: bytes),
        word: (PronounCounts.index(ofToken: bytes) ?? -1) + 1)
      sides[id] = Self.sides(of: bytes)
      lengths[id] = UInt8(min(bytes.count, 255))
      let mark: Mark = [entries[id].form.isEmpty ? [] : .form, entries[id].pronoun.isEmpty ? [] : .pronoun]
      marks[id] = mark.rawValue
    }
    // What a pack maps by its id is a form wherever it stands.
    for id in packs.compactMap(\.tokenMap).flatMap(\.pairs).map({ Int($0.from) }) where id < tokenizer.vocabularySize {
      marks[id] |= Mark.form.rawValue
      entries[id].form = .anything
    }
    for id in 0..<tokenizer.vocabularySize where marks[id] & Mark.special.rawValue == 0 {
      let wanted = Self.groups(of: entries[id].form.union(entries[id].pronoun))
      joints[id] = UInt16(wanted) | UInt16(Self.groups(of: sides[id].first)) << 8
    }
  }

  deinit {
    marks.deallocate()
    lengths.deallocate()
    sides.deallocate()
    entries.deallocate()
    joints.deallocate()
  }

  /// First bytes in eight groups. The letters that tell pronouns best have their own.
  private static func groups(of answer: WordBeginnings.Answer) -> UInt8 {
    var groups: UInt8 = 0
    for group in 0..<8 where answer.rawValue & groupMembers[group] != 0 { groups |= 1 << UInt8(group) }
    return groups
  }

  private static let groupMembers: [UInt32] = {
    var members = [UInt32](repeating: 0, count: 8)
    members[0] = WordBeginnings.Answer.beyondASCII.rawValue
    members[1] = WordBeginnings.Answer.noLetter.rawValue
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
      let own = [UInt8(ascii: "h"), UInt8(ascii: "e"), UInt8(ascii: "i")].firstIndex(of: letter)
      members[own.map { 2 + $0 } ?? 5 + Int(letter % 3)] |= WordBeginnings.Answer(first: letter).rawValue
    }
    return members
  }()

  private static func sides(of bytes: UnsafeBufferPointer<UInt8>) -> Sides {
    var sides = Sides(rawValue: UInt8(WordBeginnings.Answer(first: bytes[0]).rawValue.trailingZeroBitCount))
    if WordBeginnings.isLetterOrDigit(bytes[bytes.count - 1]) { sides.insert(.endsInWord) }
    if isPlain(UTF8Text.read(bytes, at: 0, end: bytes.count)) { sides.insert(.beginsPlainly) }
    if isPlain(UTF8Text.read(bytes, before: bytes.count, start: 0)) { sides.insert(.endsPlainly) }
    return sides
  }

  private static func isPlain(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading else { return false }
    return !PronounCounts.isWordCharacter(scalar)
  }

  @inline(__always)
  private func place(_ id: UInt32) -> Int { Int(min(id, UInt32(truncatingIfNeeded: marks.count &- 1))) }

  @inline(__always)
  subscript(_ id: UInt32) -> Mark { Mark(rawValue: marks[place(id)]) }

  @inline(__always)
  private func entry(_ id: UInt32) -> Entry { entries[place(id)] }

  @inline(__always)
  private func side(_ id: UInt32) -> Sides { sides[place(id)] }

  /// Writes the places of the tokens that have a mark, in order, and returns how many there are; `places` has room for
  /// all. Without a branch, since nobody can foresee where the next one is: twice as fast as looking for it.
  func list(_ tokens: UnsafeBufferPointer<UInt32>, into places: UnsafeMutablePointer<Int32>) -> Int {
    let (marks, last) = (marks.baseAddress!, UInt32(truncatingIfNeeded: marks.count &- 1))
    var count = 0
    for index in 0..<tokens.count {
      places[count] = Int32(truncatingIfNeeded: index)
      // One for a mark, 0 for none; a comparison would be compiled to a branch.
      count &+= (Int(marks[Int(min(tokens[index], last))]) &+ 0xFF) &>> 8
    }
    return count
  }

  /// Tokens that ``haveNone(in:from:)`` looks at.
  static let blockLength = 8

  /// Whether no form or pronoun begins in the next ``blockLength`` tokens, and none is special; false where it is not sure, or
  /// they and one more are not there. One branch for all, and seldom taken: the marks alone, which the "s" and "t" of many
  /// words have, made looking a tenth longer.
  @inline(__always)
  func haveNone(in tokens: UnsafeBufferPointer<UInt16>, from start: Int) -> Bool {
    guard start &+ Self.blockLength < tokens.count else { return false }
    let (joints, tokens) = (joints.baseAddress!, tokens.baseAddress! + start)
    var common: UInt16 = 0
    var joint = joints[Int(tokens[0])]
    for place in 1...Self.blockLength {
      let next = joints[Int(tokens[place])]
      common |= joint & (next &>> 8)
      joint = next
    }
    return common == 0
  }

  /// How many of the tokens from `start` on, in steps of 1 or -1, hold `bytes` bytes; fewer if a special one or the end of the
  /// tokens comes before.
  func count(holding bytes: Int, of tokens: UnsafeBufferPointer<UInt32>, from start: Int, step: Int) -> Int {
    var (index, held) = (start, 0)
    while held < bytes, index >= 0, index < tokens.count {
      if self[tokens[index]].contains(.special) { break }
      held += Int(lengths[place(tokens[index])])
      index += step
    }
    return (index - start) * step
  }

  // MARK: What a mark means beside other tokens

  /// Whether a form may begin in the token at `index`, which is not special, its neighbours considered.
  func mayBeginForm(at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>) -> Bool {
    mayBegin(entry(UInt32(tokens[index])).form, at: index, of: tokens)
  }

  /// Whether a counted pronoun may begin there.
  func mayBeginPronoun(at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>) -> Bool {
    mayBegin(entry(UInt32(tokens[index])).pronoun, at: index, of: tokens)
  }

  private func mayBegin(
    _ answer: WordBeginnings.Answer, at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>
  ) -> Bool {
    if answer.contains(.atStartOnly) && index > 0 && side(UInt32(tokens[index - 1])).contains(.endsInWord) {
      return false
    }
    guard index + 1 < tokens.count, !self[UInt32(tokens[index + 1])].contains(.special) else { return true }
    return !answer.isDisjoint(with: side(UInt32(tokens[index + 1])).first)
  }

  /// The pronoun that the token at `index` is, if that is all it is and its neighbours leave no doubt.
  func pronoun(at index: Int, of tokens: UnsafeBufferPointer<some TokenNumber>) -> Int? {
    let entry = entry(UInt32(tokens[index]))
    guard entry.word > 0, index > 0, index + 1 < tokens.count else { return nil }
    guard side(UInt32(tokens[index + 1])).contains(.beginsPlainly) else { return nil }
    guard side(UInt32(tokens[index])).contains(.beginsPlainly) || side(UInt32(tokens[index - 1])).contains(.endsPlainly)
    else {
      return nil
    }
    return entry.word - 1
  }
}
