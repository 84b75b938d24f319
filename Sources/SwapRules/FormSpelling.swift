/// Whether a form stands at a place of a text.
extension Matcher {
  enum Spelled: Equatable {
    case no
    /// What is there is the form's front, and the text is not known further.
    case cut
    case yes(end: Int, LetterCase?)
  }

  private enum Reading {
    case no, cut
    case yes(end: Int)
  }

  /// The words of a form with spaces between them, or one line break with the spaces and tabs around it.
  func spelling(of form: Form, _ segment: SegmentText, _ start: Int) -> Spelled {
    form.plain.reading(in: segment.bytes, at: start) ?? spellingOfAny(form, segment, start)
  }

  /// ``spelling(of:_:_:)`` without the short way.
  func spellingOfAny(_ form: Form, _ segment: SegmentText, _ start: Int) -> Spelled {
    var position = start
    var (code, unit, hasUpper, isMixed) = (0, 1, false, false)
    var bothTitleAndUpper = 0
    for index in form.words.indices {
      if index > Int(form.words.first) {
        switch gap(segment, position) {
        case .no: return .no
        case .cut: return .cut
        case .yes(let end): position = end
        }
      }
      let word = tables.formWords[index]
      switch spelling(of: word, segment, position) {
      case .no: return .no
      case .cut: return .cut
      case .yes(let end, let letterCase):
        position = end
        isMixed = isMixed || letterCase == nil
        if letterCase == .title, word.title == word.upper { bothTitleAndUpper += unit }
        hasUpper = hasUpper || letterCase == .upper
        code += unit * (letterCase == .upper ? 2 : letterCase == .title ? 1 : 0)
        unit *= 3
      }
    }
    guard position - start <= Match.maximumLength else { return .no }
    // "I" is both: "I AM", "I am".
    if hasUpper { code += bothTitleAndUpper }
    return .yes(end: position, isMixed ? nil : LetterCase(code: code, words: Int(form.words.count)))
  }

  /// Under `case: exact` forms can differ in case alone: the one of `others` that stands there as it is written goes before
  /// one that stands there in other letters.
  func asWritten(_ match: Match, or others: Range<Int>, _ segment: SegmentText) -> Match {
    guard match.letterCase == nil, !tables.forms[match.form].isPlain else { return match }
    for index in others {
      if case .yes(match.end, let letterCase?) = spelling(of: tables.forms[index], segment, match.start) {
        return Match(form: index, start: match.start, end: match.end, letterCase: letterCase)
      }
    }
    return match
  }

  private enum SpelledWord {
    case no, cut
    case yes(end: Int, WordCase?)
  }

  /// Where a form's word ends if it stands at `start`, and its case; nil case for a mix of cases.
  private func spelling(of word: FormWord, _ segment: SegmentText, _ start: Int) -> SpelledWord {
    if case .yes(let end) = read(word.lower, segment, start, folding: false) { return .yes(end: end, .lower) }
    if case .yes(let end) = read(word.title, segment, start, folding: false) { return .yes(end: end, .title) }
    if case .yes(let end) = read(word.upper, segment, start, folding: false) { return .yes(end: end, .upper) }
    switch read(word.lower, segment, start, folding: true) {
    case .yes(let end): return .yes(end: end, nil)
    case .no: return .no
    case .cut: return .cut
    }
  }

  private func read(_ slice: ByteSlice, _ segment: SegmentText, _ start: Int, folding: Bool) -> Reading {
    let bytes = segment.bytes
    var position = start
    for byte in tables.text[slice] {
      guard position < bytes.count else { return segment.trailing == .cut ? .cut : .no }
      if bytes[position] == byte || folding && bytes[position].foldedASCII == byte.foldedASCII {
        position += 1
      } else if byte == 0x27, let length = apostrophe(bytes, position) {
        position += length
      } else {
        return .no
      }
    }
    return .yes(end: position)
  }

  /// White space that may stand between two words of a form, at most 16 bytes: spaces, as set text has more than one, or one
  /// line feed with spaces and tabs, which a carriage return may precede.
  private func gap(_ segment: SegmentText, _ start: Int) -> Reading {
    let bytes = segment.bytes
    let limit = min(bytes.count, start + 16)
    var (position, lines, tabs) = (start, 0, 0)
    while position < limit, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      if bytes[position] == 0x0A { lines += 1 }
      if bytes[position] == 0x09 { tabs += 1 }
      let isReturn = bytes[position] == 0x0D
      position += 1
      guard !isReturn || position == bytes.count || bytes[position] == 0x0A else { return .no }
    }
    if position == bytes.count, segment.trailing == .cut { return .cut }
    return lines == 1 || lines + tabs == 0 && position > start ? .yes(end: position) : .no
  }

  func apostrophe(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place < bytes.count else { return nil }
    if bytes[place] == 0x27 { return tables.allowsASCIIApostrophe ? 1 : nil }
    guard tables.allowsTypographicApostrophe, place + 3 <= bytes.count, bytes[place] == 0xE2,
      bytes[place + 1] == 0x80, bytes[place + 2] == 0x99
    else { return nil }
    return 3
  }
}
