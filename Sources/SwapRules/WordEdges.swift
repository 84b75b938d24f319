import UnicodeText

// What stands at the two ends of a match: whether it is a word there, with a clitic or without.
extension Matcher {
  /// What stands beside the match.
  func standing(of match: Match, _ view: TextView) -> Match.Standing {
    switch (view.glyph(before: match.start), view.glyph(at: match.end)) {
    case (.scalar(let scalar, _), _) where TextView.isWordScalar(scalar): .withinWord
    case (_, .scalar(let scalar, _)) where TextView.isWordScalar(scalar) && !isCombiningMark(scalar): .withinWord
    case (.unknown, _), (_, .unknown): .unknown
    case (_, .scalar(let scalar, _)) where scalar >= 0x80 && joins(scalar): .joined
    default: .free
    }
  }

  private func joins(_ scalar: UInt32) -> Bool {
    isCombiningMark(scalar) || !normalization.hasBoundaryBefore(scalar)
  }

  /// A form of several words that ends within one, as "is he" does in "is he's", gives way to shorter forms.
  func isBrokenOff(_ match: Match, _ segment: SegmentText) -> Bool {
    let form = tables.forms[match.form]
    guard form.words.count > 1, match.standing == .free else { return false }
    let view = TextView(segment, around: match.start, match.end)
    return standsAlone(match, tables.entries[Int(form.entry)], view) == .no
  }

  /// Word boundaries at both ends, or a declared clitic at the second.
  func standsAlone(_ match: Match, _ entry: Entry, _ view: TextView) -> Ternary {
    let before = isPlainBoundary(view, inner: match.start, step: -1) ? .yes : view.isBoundary(at: match.start)
    let front = before && !followsBracketedLetters(match, view)
    if front == .no { return .no }
    if isPlainBoundary(view, inner: match.end - 1, step: 1) { return front }
    return front && (view.isBoundary(at: match.end) || hasClitic(entry, match.end, view))
  }

  /// "[t]he", "[Th]is", "(t)he": brackets that mark a changed letter; "(s)he" is a paired form.
  private func followsBracketedLetters(_ match: Match, _ view: TextView) -> Ternary {
    guard match.start > view.lower else { return .no }
    let closer = view.bytes[match.start - 1]
    guard closer == 0x5D || closer == 0x29 && match.letterCase?.first == .lower else { return .no }
    var position = match.start - 2
    for _ in 0..<(closer == 0x5D ? 2 : 1) {
      guard let letter = view.byte(at: position) else { return .unknown }
      guard letter.isASCIILetter, closer == 0x5D || letter | 0x20 != 0x73 else { break }
      position -= 1
    }
    guard position < match.start - 2 else { return .no }
    guard let opener = view.byte(at: position) else { return .unknown }
    return Ternary(opener == (closer == 0x5D ? 0x5B : 0x28))
  }

  /// True if the ASCII around the match is enough to see a boundary: no letter, digit, underscore, nor one of . ' :
  /// with anything but ASCII that is no letter behind it.
  private func isPlainBoundary(_ view: TextView, inner: Int, step: Int) -> Bool {
    let place = step < 0 ? inner - 1 : inner + 1
    guard place >= view.lower, place < view.upper else { return false }
    switch view.bytes[place] {
    case 0x2E, 0x27, 0x3A:
      guard place + step >= view.lower, place + step < view.upper else { return false }
      let behind = view.bytes[place + step]
      return behind < 0x80 && !behind.isASCIILetter
    case let byte: return byte < 0x80 && !byte.isASCIIWordByte
    }
  }

  private func hasClitic(_ entry: Entry, _ end: Int, _ view: TextView) -> Ternary {
    switch cliticEnd(entry, end, view) {
    case .known(let place): place == nil ? .no : .yes
    case .unknown: .unknown
    }
  }

  enum CliticEnd {
    case known(Int?)
    case unknown
  }

  /// Where the longest declared clitic after `end` ends, with a word boundary there.
  func cliticEnd(_ entry: Entry, _ end: Int, _ view: TextView) -> CliticEnd {
    guard entry.clitics.count > 0, end < view.upper, view.bytes[end] == 0x27 || view.bytes[end] == 0xE2 else {
      return .known(nil)
    }
    var position = end
    while true {
      if let length = apostrophe(view.bytes, position) {
        position += length
      } else if position < view.upper, view.bytes[position].isASCIILetter {
        position += 1
      } else {
        break
      }
      if position - end > 32 { return .known(nil) }
    }
    // A quotation mark may follow the clitic.
    while position > end, !view.bytes[position - 1].isASCIILetter {
      position -= view.bytes[position - 1] == 0x27 ? 1 : 3
    }
    let clitic = FoldedWord(view.bytes, end, position)
    let declared = entry.clitics.indices.lazy.map { self.tables.text[self.tables.slices[$0]] }
    if case .unknown = view.glyph(at: position), declared.contains(where: clitic.isFront) { return .unknown }
    guard declared.contains(where: clitic.equals) else { return .known(nil) }
    if isPlainBoundary(view, inner: position - 1, step: 1) { return .known(position) }
    switch view.isBoundary(at: position) {
    case .yes: return .known(position)
    case .no: return .known(nil)
    case .unknown: return .unknown
    }
  }
}
