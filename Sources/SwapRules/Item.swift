import UnicodeText

/// A word, a mark, a paragraph break or the segment's end, as conditions see it.
struct Item {
  var start: Int
  var end: Int
  var kinds: ItemKinds
  /// Kinds that cannot be told from what is known.
  var doubtful: ItemKinds = []
  /// The text is not all there: a word runs into an edge.
  var isPartial = false

  /// Nothing is known.
  static func unknown(_ place: Int) -> Item {
    Item(start: place, end: place, kinds: [], doubtful: .all, isPartial: true)
  }

  var isUnknown: Bool { doubtful == .all }
  var isWord: Bool { kinds.contains(.word) }
  /// Nothing can be seen past it.
  var isBarrier: Bool { isUnknown || !kinds.isDisjoint(with: [.end, .paragraph]) }

  func has(_ kind: ItemKinds) -> Ternary {
    if !kinds.isDisjoint(with: kind) { return .yes }
    return doubtful.isDisjoint(with: kind) ? .no : .unknown
  }
}

/// Reads items outwards from a place.
extension TextView {
  /// The item after `place`.
  @inline(always)
  func item(after place: Int) -> Item { plainItem(after: place) ?? anyItem(after: place) }

  /// The item before `place`.
  @inline(always)
  func item(before place: Int) -> Item { plainItem(before: place) ?? anyItem(before: place) }

  /// ``item(after:)`` without the short way.
  func anyItem(after place: Int) -> Item {
    var (position, lines) = (place, 0)
    while true {
      switch glyph(at: position) {
      case .unknown:
        return .unknown(position)
      case .end: return Item(start: position, end: position, kinds: .end)
      case .scalar(let scalar, let length):
        guard TextView.isSpace(scalar) else {
          if lines > 1, !continuesSentence(scalar) { return Item(start: place, end: position, kinds: .paragraph) }
          var item =
            TextView.isWordScalar(scalar) ? word(from: position) : mark(from: position, hasSpace: position > place)
          if lines > 0 { item.kinds.insert(.newline) }
          if position == place { item.kinds.insert(.adjacent) }
          return item
        }
        if isLineEnd(scalar, at: position) { lines += 1 }
        position += length
      }
    }
  }

  /// ``item(before:)`` without the short way.
  func anyItem(before place: Int) -> Item {
    var (position, lines) = (place, 0)
    while true {
      switch glyph(before: position) {
      case .unknown:
        guard lines > 1, !doesSentenceContinue(at: place) else { return .unknown(position) }
        return Item(start: position, end: place, kinds: .paragraph)
      case .end: return Item(start: position, end: position, kinds: .end)
      case .scalar(let scalar, let length):
        guard TextView.isSpace(scalar) else {
          if lines > 1, !doesSentenceContinue(at: place) {
            return Item(start: position, end: place, kinds: .paragraph)
          }
          var item =
            TextView.isWordScalar(scalar) ? word(before: position) : mark(before: position, hasSpace: position < place)
          if lines > 0 { item.kinds.insert(.newline) }
          if position == place { item.kinds.insert(.adjacent) }
          return item
        }
        if isLineEnd(scalar, at: position - length) { lines += 1 }
        position -= length
      }
    }
  }

  /// An empty line before a small letter or a digit is layout (double-spaced text), not a paragraph's end.
  private func continuesSentence(_ scalar: UInt32) -> Bool {
    switch CharacterClass.of(scalar) {
    case .letter: !TextView.isUpper(scalar)
    case .number: true
    default: false
    }
  }

  private func doesSentenceContinue(at place: Int) -> Bool {
    if case .scalar(let scalar, _) = glyph(at: place) { return continuesSentence(scalar) }
    return false
  }

  /// A line feed, or another line end that no line feed follows.
  private func isLineEnd(_ scalar: UInt32, at place: Int) -> Bool {
    switch scalar {
    case 0x0A, 0x85, 0x2028: true
    case 0x0D: byte(at: place + 1) != 0x0A
    case 0x2029: true
    default: false
    }
  }

  private func word(from start: Int) -> Item {
    var (position, isPartial) = (start, false)
    scan: while true {
      switch glyph(at: position) {
      case .end: break scan
      case .unknown:
        isPartial = true
        break scan
      case .scalar(let scalar, let length):
        if TextView.isWordScalar(scalar) {
          position += length
          continue
        }
        guard isApostrophe(scalar) else { break scan }
        switch glyph(at: position + length) {
        case .scalar(let next, _) where TextView.isLetter(next): position += length
        case .unknown:
          isPartial = true
          break scan
        default: break scan
        }
      }
    }
    var item = Item(start: start, end: position, kinds: initialKinds(at: start), isPartial: isPartial)
    if isPartial { item.doubtful = .uppercase } else if isUppercase(start, position) { item.kinds.insert(.uppercase) }
    return item
  }

  private func word(before end: Int) -> Item {
    var (position, isPartial) = (end, false)
    scan: while true {
      switch glyph(before: position) {
      case .end: break scan
      case .unknown:
        isPartial = true
        break scan
      case .scalar(let scalar, let length):
        if TextView.isWordScalar(scalar) {
          position -= length
          continue
        }
        guard isApostrophe(scalar) else { break scan }
        // An apostrophe belongs to the word if letters stand on both sides.
        if case .scalar(let inner, _) = glyph(at: position), !TextView.isLetter(inner) { break scan }
        switch glyph(before: position - length) {
        case .scalar(let next, _) where TextView.isWordScalar(next): position -= length
        case .unknown:
          isPartial = true
          break scan
        default: break scan
        }
      }
    }
    guard !isPartial else {
      return Item(
        start: position, end: end, kinds: .word, doubtful: [.number, .capitalised, .uppercase], isPartial: true)
    }
    var item = Item(start: position, end: end, kinds: initialKinds(at: position))
    if isUppercase(position, end) { item.kinds.insert(.uppercase) }
    return item
  }

  private func initialKinds(at start: Int) -> ItemKinds {
    guard case .scalar(let scalar, _) = glyph(at: start) else { return .word }
    if CharacterClass.of(scalar) == .number { return [.word, .number] }
    return TextView.isUpper(scalar) ? [.word, .capitalised] : .word
  }

  /// Two letters or more, none of them lower case.
  private func isUppercase(_ start: Int, _ end: Int) -> Bool {
    var (position, letters) = (start, 0)
    while position < end, case .scalar(let scalar, let length) = glyph(at: position) {
      if TextView.isUpper(scalar) { letters += 1 } else if TextView.isLetter(scalar) { return false }
      position += length
    }
    return letters > 1
  }

  static func isUpper(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar &- 0x41 < 26 }
    return Unicode.Scalar(scalar)?.properties.isUppercase ?? false
  }
}
