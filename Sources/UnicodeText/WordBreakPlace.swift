/// One place in a text, and what the rules ask about the characters around it.
struct WordBreakPlace {
  /// Thrown where a rule needs a character that an open edge hides.
  struct BeyondEdge: Error {}

  struct Neighbour {
    let property: WordBreakProperty
    let isPictographic: Bool
    let start: Int
    let end: Int
  }

  let text: UnsafeBufferPointer<UInt8>
  let position: Int
  let openStart: Bool
  let openEnd: Bool

  func decide() -> WordBreak.Decision {
    do throws(BeyondEdge) {
      return try isBoundary() ? .boundary : .noBoundary
    } catch {
      return .undecided
    }
  }

  private func isBoundary() throws(BeyondEdge) -> Bool {
    if isInsideCharacter { return false }
    guard let before = try character(before: position), let after = try character(from: position) else {
      return true  // WB1, WB2
    }
    if before.property == .carriageReturn && after.property == .lineFeed { return false }  // WB3
    if before.property.isLineEnd || after.property.isLineEnd { return true }  // WB3a, WB3b
    if before.property == .zeroWidthJoiner && after.isPictographic { return false }  // WB3c
    if before.property == .spaceSegment && after.property == .spaceSegment { return false }  // WB3d
    if after.property.isIgnored { return false }  // WB4
    let base = try significant(from: before)
    return try !isJoined(base, after)
  }

  /// WB5 to WB16: true if no word boundary lies between a character (with what WB4 attaches to it) and the next.
  private func isJoined(_ before: Neighbour, _ after: Neighbour) throws(BeyondEdge) -> Bool {
    switch (before.property, after.property) {
    case (let a, let b) where a.isLetter && b.isLetter: true  // WB5
    case (let a, .numeric) where a.isLetter || a == .numeric: true  // WB8, WB9
    case (.numeric, let b) where b.isLetter: true  // WB10
    case (.katakana, .katakana): true  // WB13
    case (let a, .extendNumLet): a.joinsUnderscore  // WB13a
    case (.extendNumLet, let b): b.joinsUnderscore  // WB13b
    case (.hebrewLetter, .singleQuote): true  // WB7a
    case (.regionalIndicator, .regionalIndicator): try hasEvenFlagsBefore(before)  // WB15, WB16
    default: try isJoinedAcross(before, after)
    }
  }

  /// The rules that look one character further: WB6, WB7, WB7b, WB7c, WB11, WB12.
  private func isJoinedAcross(_ before: Neighbour, _ after: Neighbour) throws(BeyondEdge) -> Bool {
    switch (before.property, after.property) {
    case (let a, let b) where a.isLetter && b.joinsLetters: try property(after: after)?.isLetter == true
    case (let a, let b) where a.joinsLetters && b.isLetter: try property(before: before)?.isLetter == true
    case (.hebrewLetter, .doubleQuote): try property(after: after) == .hebrewLetter
    case (.doubleQuote, .hebrewLetter): try property(before: before) == .hebrewLetter
    case (.numeric, let b) where b.joinsDigits: try property(after: after) == .numeric
    case (let a, .numeric) where a.joinsDigits: try property(before: before) == .numeric
    default: false
    }
  }

  /// True if an even number of regional indicators precedes this one, so that it begins a flag.
  private func hasEvenFlagsBefore(_ indicator: Neighbour) throws(BeyondEdge) -> Bool {
    var even = true
    var place = indicator
    while let previous = try character(before: place.start) {
      place = try significant(from: previous)
      if place.property != .regionalIndicator { break }
      even.toggle()
    }
    return even
  }

  /// The character that WB4 attaches `neighbour` to: itself, or the first before it that is not ignored. After the text's
  /// start or a line's end there is none, and `neighbour` stands for itself.
  private func significant(from neighbour: Neighbour) throws(BeyondEdge) -> Neighbour {
    var place = neighbour
    while place.property.isIgnored {
      guard let previous = try character(before: place.start), !previous.property.isLineEnd else { return neighbour }
      place = previous
    }
    return place
  }

  private func property(before neighbour: Neighbour) throws(BeyondEdge) -> WordBreakProperty? {
    guard let previous = try character(before: neighbour.start) else { return nil }
    return try significant(from: previous).property
  }

  private func property(after neighbour: Neighbour) throws(BeyondEdge) -> WordBreakProperty? {
    var place = neighbour
    repeat {
      guard let next = try character(from: place.end) else { return nil }
      place = next
    } while place.property.isIgnored
    return place.property
  }
}

extension WordBreakPlace {
  private var isInsideCharacter: Bool {
    guard position > 0, position < text.count, text[position] & 0xC0 == 0x80 else { return false }
    var head = position - 1
    while head > 0 && head > position - 3 && text[head] & 0xC0 == 0x80 { head -= 1 }
    return head + UTF8Text.read(text, at: head, end: text.count).length > position
  }

  /// The character that ends at `place`; nil at the text's start.
  private func character(before place: Int) throws(BeyondEdge) -> Neighbour? {
    let reading = UTF8Text.read(text, before: place, start: 0)
    if openStart {
      if reading == .none { throw BeyondEdge() }
      if case .incomplete = reading, place == reading.length { throw BeyondEdge() }
    }
    return neighbour(reading, start: place - reading.length)
  }

  /// The character that starts at `place`; nil at the text's end.
  private func character(from place: Int) throws(BeyondEdge) -> Neighbour? {
    let reading = UTF8Text.read(text, at: place, end: text.count)
    if openEnd {
      if reading == .none { throw BeyondEdge() }
      if case .incomplete = reading { throw BeyondEdge() }
    }
    return neighbour(reading, start: place)
  }

  private func neighbour(_ reading: UTF8Text.Reading, start: Int) -> Neighbour? {
    guard reading != .none else { return nil }
    guard case .scalar(let scalar, _) = reading else {
      return Neighbour(property: .other, isPictographic: false, start: start, end: start + reading.length)
    }
    return Neighbour(
      property: .of(scalar), isPictographic: WordBreakProperty.isPictographic(scalar), start: start,
      end: start + reading.length)
  }
}
