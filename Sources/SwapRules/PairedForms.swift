/// Forms that name both sides: "he or she", "his/her", "him & her", "s/he", "(s)he". Lists are in ListedForms.swift.
extension Surroundings {
  /// Items between two halves of a paired form: connectors, quotes, brackets.
  private static let longestConnection = 6

  /// Whether the match is half of a paired form with one of its entry's counterparts.
  mutating func isPaired(_ counterparts: TableRange, wordStart: Int, wordEnd: Int) -> Ternary {
    if counterparts.count == 0 { return .no }
    let prefixed = hasPrefixedS(counterparts, wordStart, wordEnd)
    if prefixed == .yes { return .yes }
    let after = connectedAfter(counterparts)
    if case .word = after { return .yes }
    let before = connectedBefore(counterparts)
    return prefixed || after.isPaired || before.isPaired
  }

  enum Pairing {
    case none
    case unknown
    /// "s/he": one word that stays.
    case fixed
    /// The counterpart, folded, and where it begins in the text.
    case word(ByteSlice, at: Int)

    fileprivate var isPaired: Ternary {
      switch self {
      case .none: .no
      case .unknown: .unknown
      case .fixed, .word: .yes
      }
    }
  }

  /// The other half of the paired form that the match is in: the one behind it before the one ahead.
  mutating func pairing(_ counterparts: TableRange, wordStart: Int, wordEnd: Int) -> Pairing {
    if counterparts.count == 0 { return .none }
    switch hasPrefixedS(counterparts, wordStart, wordEnd) {
    case .yes: return .fixed
    case .unknown: return .unknown
    case .no: break
    }
    let after = connectedAfter(counterparts)
    if case .none = after { return connectedBefore(counterparts) }
    return after
  }

  private mutating func connectedAfter(_ counterparts: TableRange) -> Pairing {
    view.isPlainlyUnconnected(after: end) ? .none : connectedAfterByAll(counterparts)
  }

  private mutating func connectedBefore(_ counterparts: TableRange) -> Pairing {
    view.isPlainlyUnconnected(before: start, end) ? .none : connectedBeforeByAll(counterparts)
  }

  /// What is paired with the match behind it, without the short way.
  mutating func connectedAfterByAll(_ counterparts: TableRange) -> Pairing {
    let found = connected(next, counterparts, isBackward: false) { $0.item(after: $1.end) }
    if case .none = found { return listedAfter(counterparts) }
    return found
  }

  mutating func connectedBeforeByAll(_ counterparts: TableRange) -> Pairing {
    let found = connected(previous, counterparts, isBackward: true) { $0.item(before: $1.start) }
    if case .none = found { return listedBefore(counterparts) }
    return found
  }

  private func connected(
    _ first: Item, _ counterparts: TableRange, isBackward: Bool, _ step: (TextView, Item) -> Item
  ) -> Pairing {
    var (item, isConnected) = (first, false)
    for _ in 0..<Self.longestConnection {
      if item.isUnknown { return .unknown }
      if item.isBarrier { return .none }
      if item.isWord {
        if item.isPartial { return isOtherWord(item, counterparts, isFrontMissing: isBackward) ? .none : .unknown }
        if isConnector(item) {
          isConnected = true
        } else {
          return isConnected ? counterpart(item, counterparts).map { .word($0, at: item.start) } ?? .none : .none
        }
      } else if isConnectingMark(item) {
        isConnected = true
      } else if item.kinds.isDisjoint(with: [.quote, .bracket, .hyphen]) {
        return item.doubtful.isEmpty ? .none : .unknown
      }
      item = step(view, item)
    }
    return .none
  }

  func isConnector(_ item: Item) -> Bool {
    let length = item.end - item.start
    if length == 2 { return isText(item, "or") }
    // "and/or", read from either side.
    guard length == 3, isText(item, "and") else { return false }
    return view.byte(at: item.end) == 0x2F
  }

  func isText(_ item: Item, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { FoldedWord(view.bytes, item.start, item.end).equals($0) }
  }

  func isConnectingMark(_ item: Item) -> Bool {
    item.end - item.start == 1 && (view.bytes[item.start] == 0x2F || view.bytes[item.start] == 0x26)
  }

  /// The counterpart that the word, or the word up to a clitic, is.
  func counterpart(_ item: Item, _ counterparts: TableRange) -> ByteSlice? {
    let end = endOfLetters(item)
    guard clitic(of: item, from: end) <= Self.longestClitic else { return nil }
    let word = FoldedWord(view.bytes, item.start, end)
    return counterparts.indices.lazy.map { self.tables.slices[$0] }.first { word.equals(self.tables.text[$0]) }
  }

  /// Letters of ’ll.
  private static let longestClitic = 2

  /// Bytes after the apostrophe at `place`; 0 at the word's end.
  private func clitic(of item: Item, from place: Int) -> Int {
    guard place < item.end else { return 0 }
    return item.end - place - (view.bytes[place] == 0x27 ? 1 : 3)
  }

  /// Where a word ends or its first apostrophe stands.
  private func endOfLetters(_ item: Item) -> Int {
    var end = item.start
    while end < item.end, case .scalar(let scalar, let length) = view.glyph(at: end), !view.isApostrophe(scalar) {
      end += length
    }
    return end
  }

  /// True if a word of which only a part is known can be neither a connector nor a counterpart nor one of `others`.
  func isOtherWord(
    _ item: Item, _ counterparts: TableRange, among others: [StaticString] = [], isFrontMissing: Bool
  ) -> Bool {
    let end = endOfLetters(item)
    let count = end - item.start
    // What is seen may be a clitic's end.
    if isFrontMissing, end == item.end, count <= Self.longestClitic { return false }
    if clitic(of: item, from: end) > Self.longestClitic { return true }
    func couldBe(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
      guard end == item.end || isFrontMissing ? count <= word.count : count == word.count else { return false }
      let part = isFrontMissing ? word.count - count..<word.count : 0..<count
      return FoldedWord(view.bytes, item.start, end).equals(UnsafeBufferPointer(rebasing: word[part]))
    }
    if (["or", "and"] + others).contains(where: { $0.withUTF8Buffer(couldBe) }) { return false }
    return !counterparts.indices.contains { couldBe(tables.text[tables.slices[$0]]) }
  }

  /// "s/he" and "(s)he", if "s" and the word make a counterpart.
  private func hasPrefixedS(_ counterparts: TableRange, _ start: Int, _ end: Int) -> Ternary {
    guard start > view.lower else { return .no }
    let opener = view.bytes[start - 1]
    guard opener == 0x2F || opener == 0x29 else { return .no }
    // Of several words the first.
    let end = (start..<end).first { [0x20, 0x0A, 0x0D, 0x09, 0x27, 0xE2].contains(view.bytes[$0]) } ?? end
    let makesCounterpart = counterparts.indices.contains { index in
      let text = tables.text[tables.slices[index]]
      return text.first == 0x73 && FoldedWord(view.bytes, start, end).equals(UnsafeBufferPointer(rebasing: text[1...]))
    }
    guard makesCounterpart else { return .no }
    guard let letter = view.byte(at: start - 2) else { return .unknown }
    guard letter | 0x20 == 0x73 else { return .no }
    if opener == 0x29 {
      guard let bracket = view.byte(at: start - 3) else { return .unknown }
      return Ternary(bracket == 0x28)
    }
    switch view.glyph(before: start - 2) {
    case .unknown: return .unknown
    case .end: return .yes
    case .scalar(0x27, let length), .scalar(0x2019, let length): return !isBehindWord(start - 2 - length)
    case .scalar(let scalar, _): return Ternary(!TextView.isWordScalar(scalar))
    }
  }

  /// "she's/he's" has a clitic, "'s/he" in quotes has none.
  private func isBehindWord(_ place: Int) -> Ternary {
    switch view.glyph(before: place) {
    case .unknown: .unknown
    case .end: .no
    case .scalar(let scalar, _): Ternary(TextView.isWordScalar(scalar))
    }
  }
}

// What shows at once, as it nearly always does, that no half of a paired form stands beside a match.
extension TextView {
  @inline(always)
  func isPlainlyUnpaired(_ start: Int, _ end: Int) -> Bool {
    isPlainlyUnconnected(after: end) && isPlainlyUnconnected(before: start, end)
  }

  /// A space and a word that is neither "or" nor the front of "and/or", a mark that ends a part of a sentence with a space or, if
  /// it is no comma, a quotation's mark behind it, or a dash.
  @inline(always)
  func isPlainlyUnconnected(after end: Int) -> Bool {
    guard end &+ 5 <= upper, let base = UnsafeRawPointer(bytes.baseAddress) else { return false }
    let (byte, next) = (bytes[end], bytes[end &+ 1])
    guard Self.isPlainSpace(byte) else { return isPlainlyUnconnected(mark: byte, at: end, next) }
    let word = base.loadUnaligned(fromByteOffset: end &+ 1, as: UInt32.self).littleEndian | 0x2020_2020
    return next.isASCIILetter && word & 0xFFFF != Self.or && word != Self.andSlash
  }

  private func isPlainlyUnconnected(mark: UInt8, at place: Int, _ next: UInt8) -> Bool {
    if mark == 0x2C { return Self.isPlainSpace(next) && isPlainlyUnlisted(after: place) }
    if mark == 0x2D { return next == 0x2D }
    let isQuoted = next == 0x22 || next == 0xE2 && bytes[place + 2] == 0x80 && (0x98...0x9F).contains(bytes[place + 3])
    return Self.isPlainMark(mark) && (Self.isPlainSpace(next) || isQuoted)
  }

  /// A space and a word that is not "or", or a mark that ends a part of a sentence, maybe with a quotation's mark on either side of
  /// the space, and follows on a letter; an empty line before a capital or a quotation's mark; or a dash. `end` is the match's.
  @inline(always)
  func isPlainlyUnconnected(before start: Int, _ end: Int) -> Bool {
    guard start &- Self.farthestMark >= lower else { return false }
    guard Self.isPlainSpace(bytes[start &- 1]) else { return isPlainlyUnconnected(beforeMarkAt: start &- 1) }
    let (byte, before, third) = (bytes[start &- 2], bytes[start &- 3], bytes[start &- 4])
    if byte.isASCIILetter { return byte | 0x20 != 0x72 || before | 0x20 != 0x6F || third.isASCIILetter }
    if Self.isPlainMark(byte) {
      guard byte == 0x2C else { return before.isASCIILetter }
      return before.isASCIILetter && !(before | 0x20 == 0x72 && third | 0x20 == 0x6F) && isPlainlyNoOr(behind: end)
    }
    return isPlainlyUnconnected(beforeRareAt: start &- 2, isCapital: bytes[start] &- 0x41 < 26)
  }

  /// Bytes before a match that are looked at.
  private static var farthestMark: Int { 8 }

  /// Before a space: a quotation's mark or another space behind a mark behind a letter, or an empty line before a capital.
  private func isPlainlyUnconnected(beforeRareAt place: Int, isCapital: Bool) -> Bool {
    switch bytes[place] {
    case 0x22: endsClause(before: place)
    case 0x9D: isGeneralPunctuation(endingAt: place) && endsClause(before: place - 2)
    case 0x20: bytes[place - 1] != 0x2C && endsClause(before: place)
    case 0x0A: bytes[place + 1] == 0x0A && isCapital
    default: false
    }
  }

  /// A dash, or an opening quotation's mark and a space behind a mark behind a letter, or behind an empty line.
  private func isPlainlyUnconnected(beforeMarkAt place: Int) -> Bool {
    switch bytes[place] {
    case 0x2D: bytes[place - 1] == 0x2D
    case 0x22: opensClause(at: place)
    case 0x9C: isGeneralPunctuation(endingAt: place) && opensClause(at: place - 2)
    default: false
    }
  }

  private func opensClause(at quote: Int) -> Bool {
    let (space, byte) = (bytes[quote - 1], bytes[quote - 2])
    return space == 0x0A && byte == 0x0A || Self.isPlainSpace(space) && endsClause(before: quote - 1)
  }

  private func endsClause(before place: Int) -> Bool {
    Self.isPlainMark(bytes[place - 1]) && bytes[place - 2].isASCIILetter
  }

  /// True for a character of U+2000 to U+203F.
  private func isGeneralPunctuation(endingAt place: Int) -> Bool {
    bytes[place - 1] == 0x80 && bytes[place - 2] == 0xE2
  }

  /// As they stand in a text, the first byte the lowest; bit 5 is set.
  static var or: UInt32 { 0x726F }
  private static var andSlash: UInt32 { 0x2F64_6E61 }
}
