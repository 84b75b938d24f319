import Tokenization
import UnicodeText

/// The short way to the region of most edits: one word of ASCII letters becomes another, and plain text stands around it.
///
/// The pattern cuts a text from left to right without looking back, and a run of letters with the space before it is one
/// pre-token. So if no space stands before that space, no apostrophe before the word and no letter behind it, the word's
/// pre-token is what it is whatever else the text holds, with and without the edit; what becomes of its ids is remembered.
/// What is left to see is that the base has those ids there, and in the pre-tokens on either side what it should have.
/// Where this does not hold the answer is nil, and ``RegionFinder`` finds out why from the text.
struct PlainWords {
  private let tokenizer: Tokenizer
  private let encoder: Encoder
  private var agreement: BaseAgreement
  private let lookahead: Int
  private let addedTokens: [[UInt8]]
  /// First and last bytes of added tokens: a token with one of them may be part of one.
  private let addedTokenEnds: Set<UInt8>
  private let isUsable: Bool
  private let classes: [CharacterClass]
  /// The shape of each id that was asked for; 0 for the others.
  private var shapes: [UInt8]
  private var swaps = [Swap](repeating: Swap(), count: 1 << 10)

  /// A word with or without a space before it, and what is written instead.
  private struct Key: Equatable {
    var word: UInt128 = 0
    var hasSpace = false
    var replacement: UnsafePointer<UInt8>?
  }

  /// What becomes of the ids of a word's pre-token.
  private struct Swap {
    var key = Key()
    /// False if the word or its replacement is not only ASCII letters, or could be part of an added token.
    var isPlain = false
    var old: [UInt32] = []
    /// The part of `old` that changes.
    var changed = 0..<0
    var new: [UInt32] = []
    var pronouns = PronounChange()
  }

  /// What a token is, if it is a whole pre-token of ASCII characters that the tokenizer makes that one token of.
  private enum Shape: UInt8 {
    case unknown, odd, letters, spacedLetters, digits, spacedDigits, marks, spacedMarks, contraction, newline
  }

  init(_ tokenizer: Tokenizer, _ encoder: Encoder) {
    self.tokenizer = tokenizer
    self.encoder = encoder
    agreement = BaseAgreement(tokenizer, encoder)
    lookahead = tokenizer.preTokenLookahead
    let classes = (0..<128).map { CharacterClass.of($0) }
    let added = (0..<UInt32(tokenizer.vocabularySize)).filter(tokenizer.isAdded).map { Array(tokenizer.bytes(of: $0)) }
    addedTokens = added.filter { !$0.allSatisfy { $0 == 0x20 } }
    addedTokenEnds = Set(addedTokens.flatMap { [$0[0], $0[$0.count - 1]] })
    isUsable = !added.contains([0x20]) && addedTokenEnds.allSatisfy { $0 < 0x80 && classes[Int($0)] == .other }
    self.classes = classes
    shapes = [UInt8](repeating: 0, count: tokenizer.vocabularySize)
  }

  /// The region of an edit, as tokens of the view and ids appended to `ids`; nil where the text must tell.
  mutating func region(
    of proposal: Proposal, in view: SegmentView, into ids: inout [UInt32]
  ) throws -> (region: Region, pronouns: PronounChange)? {
    guard isUsable, let (key, first) = key(of: proposal, in: view) else { return nil }
    let slot = slot(of: key)
    if swaps[slot].key != key { swaps[slot] = swap(proposal, key, view) }
    guard swaps[slot].isPlain else { return nil }
    let count = swaps[slot].old.count
    let tokens = proposal.token..<(proposal.token + count)
    guard view.starts[tokens.lowerBound] == first, tokens.lowerBound > 0, tokens.upperBound < view.tokens.count else {
      return nil
    }
    for index in 0..<count where view.tokens[tokens.lowerBound + index] != swaps[slot].old[index] { return nil }
    guard try isWholePreToken(tokens.lowerBound - 1, view) || agrees(before: first, view),
      try isWholePreToken(tokens.upperBound, view) || agrees(behind: proposal.range.upperBound, view)
    else { return nil }
    let start = ids.count
    ids += swaps[slot].new
    let changed = swaps[slot].changed
    let region = Region(
      tokens: (tokens.lowerBound + changed.lowerBound)..<(tokens.lowerBound + changed.upperBound),
      ids: start..<ids.count)
    return (region, swaps[slot].pronouns)
  }

  // MARK: Words

  /// The word as it stands there, and where its pre-token begins.
  private func key(of proposal: Proposal, in view: SegmentView) -> (Key, first: Int)? {
    let (start, end) = (proposal.range.lowerBound, proposal.range.upperBound)
    return view.bytes.withUnsafeBufferPointer { text in
      guard start >= 2, end - start <= 15, isPlain(UTF8Text.read(text, before: start, start: 0)),
        isPlain(UTF8Text.read(text, at: end, end: text.count))
      else { return nil }
      var key = Key(word: UInt128(end - start), replacement: proposal.replacement.baseAddress)
      for byte in text[start..<end] { key.word = key.word << 8 | UInt128(byte) }
      if text[start - 1] == 0x20 {
        guard case .scalar(let scalar, _) = UTF8Text.read(text, before: start - 1, start: 0),
          CharacterClass.of(scalar) != .space
        else { return nil }
        key.hasSpace = true
        return (key, start - 1)
      }
      return text[start - 1] == 0x27 ? nil : (key, start)
    }
  }

  /// True for a character that is part of no word.
  private func isPlain(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading, scalar != 0x5F else { return false }
    let kind = scalar < 0x80 ? classes[Int(scalar)] : CharacterClass.of(scalar)
    return kind == .other || kind == .space
  }

  private func slot(of key: Key) -> Int {
    var hash = UInt64(truncatingIfNeeded: key.word) ^ UInt64(truncatingIfNeeded: key.word >> 64)
    hash ^= UInt64(UInt(bitPattern: key.replacement)) << 1 ^ (key.hasSpace ? 1 : 0)
    return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }

  private func swap(_ proposal: Proposal, _ key: Key, _ view: SegmentView) -> Swap {
    let (old, new) = (Array(view.bytes[proposal.range]), Array(proposal.replacement))
    var swap = Swap(key: key)
    guard isPlain(old), isPlain(new) else { return swap }
    let space: [UInt8] = key.hasSpace ? [0x20] : []
    swap.old = encode(space + old)
    let ids = encode(space + new)
    swap.changed = smallestRun(swap.old, ids, from: 0, covering: space.count..<(space + old).count, tokenizer)
    swap.new = Array(ids[swap.changed.lowerBound..<(ids.count - swap.old.count + swap.changed.upperBound)])
    swap.pronouns = PronounChange(before: old, after: new)
    swap.isPlain = true
    return swap
  }

  private func encode(_ preToken: [UInt8]) -> [UInt32] {
    var ids: [UInt32] = []
    preToken.withUnsafeBufferPointer { encoder.encodePreToken($0, into: &ids) }
    return ids
  }

  /// Only ASCII letters, and no added token can be in them, have them inside or share an end with them.
  private func isPlain(_ word: [UInt8]) -> Bool {
    !word.isEmpty && word.allSatisfy { isASCII($0, .letter) }
      && !addedTokens.contains { token in
        (0..<token.count).contains { token[$0...].starts(with: word) }
      }
  }

  // MARK: What stands beside a word

  /// True if a token that is not at the view's edge is certainly a whole pre-token, and the one that the text gives there.
  private mutating func isWholePreToken(_ index: Int, _ view: SegmentView) -> Bool {
    let shape = shape(of: view.tokens[index])
    let (start, end) = (view.starts[index], view.starts[index + 1])
    guard shape != .odd, start > 0, end < view.bytes.count else { return false }
    let (byte, next) = (view.bytes[start - 1], view.bytes[end])
    guard byte < 0x80, next < 0x80 else { return false }
    let (before, after) = (classes[Int(byte)], classes[Int(next)])
    return switch shape {
    case .unknown, .odd: false
    case .spacedLetters: before != .space && after != .letter
    case .spacedDigits: before != .space && after != .number
    case .spacedMarks: before != .space && after != .other
    // After an apostrophe the letters can be a contraction's.
    case .letters: before != .letter && byte != 0x20 && byte != 0x27 && after != .letter
    case .digits: before != .number && byte != 0x20 && after != .number
    case .marks: before != .other && byte != 0x20 && after != .other
    case .contraction: before != .other && before != .space
    case .newline: before != .space && after != .space
    }
  }

  /// True if the base agrees with the text in the pre-token that ends at a boundary.
  private mutating func agrees(before end: Int, _ view: SegmentView) throws -> Bool {
    let last = view.bytes.withUnsafeBufferPointer { text -> Int? in
      guard var start = encoder.boundary(atOrBefore: end - 1, in: text) else { return nil }
      while true {
        let next = encoder.preTokenEnd(in: text, from: start)
        if next >= end { return next == end ? start : nil }
        start = next
      }
    }
    guard let last else { return false }
    return try agreement.holds(last..<end, view)
  }

  /// True if the base agrees with the text in the pre-token that begins at a boundary.
  private mutating func agrees(behind start: Int, _ view: SegmentView) throws -> Bool {
    let end = view.bytes.withUnsafeBufferPointer { encoder.preTokenEnd(in: $0, from: start) }
    guard view.right != .more || end + lookahead <= view.bytes.count else { return false }
    return try agreement.holds(start..<end, view)
  }

  private mutating func shape(of id: UInt32) -> Shape {
    if let known = Shape(rawValue: shapes[Int(id)]), known != .unknown { return known }
    let shape = newShape(of: id)
    shapes[Int(id)] = shape.rawValue
    return shape
  }

  private func newShape(of id: UInt32) -> Shape {
    let bytes = Array(tokenizer.bytes(of: id))
    guard !bytes.isEmpty, !tokenizer.isAdded(id), bytes.allSatisfy({ $0 < 0x80 && !addedTokenEnds.contains($0) }),
      encode(bytes) == [id]
    else { return .odd }
    if bytes == [0x0A] { return .newline }
    if bytes[0] == 0x27 { return Self.contractions.contains(bytes) ? .contraction : .odd }
    let isSpaced = bytes[0] == 0x20
    let kinds = Set(bytes.dropFirst(isSpaced ? 1 : 0).map { classes[Int($0)] })
    guard kinds.count == 1 else { return .odd }
    return switch kinds.first {
    case .letter: isSpaced ? .spacedLetters : .letters
    case .number: isSpaced ? .spacedDigits : .digits
    case .other: isSpaced ? .spacedMarks : .marks
    default: .odd
    }
  }

  private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.utf8) }

  private func isASCII(_ byte: UInt8, _ kind: CharacterClass) -> Bool { byte < 0x80 && classes[Int(byte)] == kind }
}

/// Which ids of `old` change when it becomes `new`: the smallest run that covers every token which touches the bytes
/// `span`. `position` is the byte at which `old` begins.
func smallestRun(
  _ old: [UInt32], _ new: [UInt32], from position: Int, covering span: Range<Int>, _ tokenizer: Tokenizer
) -> Range<Int> {
  let shorter = min(old.count, new.count)
  var low = 0
  while low < shorter && old[low] == new[low] { low += 1 }
  var suffix = 0
  while suffix < shorter && old[old.count - 1 - suffix] == new[new.count - 1 - suffix] { suffix += 1 }
  var high = old.count - suffix
  var start = position
  for (index, id) in old.enumerated() {
    let end = start + tokenizer.bytes(of: id).count
    if end > span.lowerBound && low > index { low = index }
    if start < span.upperBound && high <= index { high = index + 1 }
    start = end
  }
  return low..<high
}
