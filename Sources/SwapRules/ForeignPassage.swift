import CBytes

// Passages in other languages: "Hun er her", "he visto que no".
//
// What is read does not depend on how long words are, but for those that no form is as long as: a swap changes lengths.
extension TextView {
  /// Words that are looked at on either side of a match, and bytes between them.
  static let foreignWords = tiresias_foreign_words
  /// Of them the nearest, which count twice.
  static let nearWords = 3
  static let foreignGaps = 160
  /// Longer runs of letters end a passage: they are data, or a script without spaces.
  static let longestWord = 40
  /// How far from a word its address may begin or end.
  static let addressReach = 64

  /// More words of another language than of English among the twelve on either side, as far as the paragraph goes. What
  /// stands beyond a quotation's marks counts only if nothing within them tells. In English one or two words are nearly
  /// always enough to settle it.
  func isForeign(_ start: Int, _ end: Int, _ words: LanguageWords) -> Ternary {
    isPlainlyEnglish(start, end, words) ? .no : isForeignByAll(start, end, words)
  }

  /// ``isForeign(_:_:_:)`` without the short way.
  func isForeignByAll(_ start: Int, _ end: Int, _ words: LanguageWords) -> Ternary {
    var evidence = LanguageEvidence(words: words)
    readBack(from: start, &evidence)
    if evidence.isEnglish { return .no }
    evidence.turn()
    readAhead(from: end, &evidence)
    return evidence.verdict
  }

  /// How far the words on one side of a match are read.
  struct Reading {
    var position: Int
    var words = 0
    /// Bytes and marks between words.
    var gaps = 0
    /// Line feeds since the last word.
    var lines = 0
    var hasEnded = false

    init(position: Int) { self.position = position }

    var isNear: Bool { words < TextView.nearWords }
    var isDone: Bool { hasEnded || words >= TextView.foreignWords || gaps >= TextView.foreignGaps }

    mutating func pass(wordTo position: Int) {
      self.position = position
      words += 1
      lines = 0
    }
  }

  private func readAhead(from end: Int, _ evidence: inout LanguageEvidence) {
    var reading = Reading(position: end)
    while !reading.isDone, !evidence.isEnglish {
      readWordAhead(&reading, &evidence)
    }
  }

  /// One word, whatever it is of, and what stands between.
  func readWordAhead(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    while !reading.isDone, !evidence.isEnglish {
      let start = reading.position
      guard start < upper else {
        if openEnd { evidence.hide() }
        return reading.hasEnded = true
      }
      let byte = bytes[start]
      if Self.isLetterByte(byte) {
        if !isMark(at: start) { return readLettersAhead(&reading, &evidence) }
        note(markAt: start, isNear: reading.isNear, &evidence)
        reading.position += byte == 0xC2 ? 2 : 3
        reading.gaps += 1
        continue
      }
      if byte == 0x0A { reading.lines += 1 }
      if reading.lines > 1 || byte == 0 { return reading.hasEnded = true }
      if byte == 0x22 { evidence.leaveQuotation() }
      reading.position += 1
      reading.gaps += 1
    }
  }

  private func readLettersAhead(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    let start = reading.position
    var (position, word) = (start, PackedWord())
    while position < upper, Self.isLetterByte(bytes[position]), !isMark(at: position) {
      if word.count == Self.longestWord { return reading.hasEnded = true }
      word.append(bytes[position])
      position += 1
    }
    if position == upper, openEnd {
      reading.hasEnded = true
      return evidence.hide()
    }
    add(word, start, position, isNear: reading.isNear, to: &evidence)
    reading.pass(wordTo: position)
  }

  private func readBack(from start: Int, _ evidence: inout LanguageEvidence) {
    var reading = Reading(position: start)
    while !reading.isDone, !evidence.isEnglish {
      readWordBack(&reading, &evidence)
    }
  }

  /// One word, whatever it is of, and what stands between.
  func readWordBack(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    while !reading.isDone, !evidence.isEnglish {
      let end = reading.position
      guard end > lower else {
        if openStart { evidence.hide() }
        return reading.hasEnded = true
      }
      if let length = markLength(before: end) {
        reading.position -= length
        note(markAt: reading.position, isNear: reading.isNear, &evidence)
        reading.gaps += 1
        continue
      }
      let byte = bytes[end - 1]
      if Self.isLetterByte(byte) { return readLettersBack(&reading, &evidence) }
      if byte == 0x0A { reading.lines += 1 }
      if reading.lines > 1 || byte == 0 { return reading.hasEnded = true }
      if byte == 0x22 { evidence.leaveQuotation() }
      reading.position -= 1
      reading.gaps += 1
    }
  }

  private func readLettersBack(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    let end = reading.position
    var (position, word) = (end, PackedWord())
    while position > lower, Self.isLetterByte(bytes[position - 1]), markLength(before: position) == nil {
      if word.count == Self.longestWord { return reading.hasEnded = true }
      position -= 1
      word.prepend(bytes[position])
    }
    if position == lower, openStart {
      reading.hasEnded = true
      return evidence.hide()
    }
    add(word, position, end, isNear: reading.isNear, to: &evidence)
    reading.pass(wordTo: position)
  }

  private func note(markAt place: Int, isNear: Bool, _ evidence: inout LanguageEvidence) {
    evidence.addMark(sign(ofMarkAt: place), isNear: isNear)
    if isQuotationMark(at: place) { evidence.leaveQuotation() }
  }

  /// Words of addresses say nothing.
  func add(
    _ word: PackedWord, _ start: Int, _ end: Int, isNear: Bool, to evidence: inout LanguageEvidence
  ) {
    guard let language = language(of: word, start, end, evidence.words) else { return }
    switch isInAddress(start, end) {
    case .yes: break
    case .no: evidence.add(word.bits, language, isNear: isNear)
    case .unknown: evidence.hide()
    }
  }

  /// Of English words and of those that are known by their letters alone the ones with a capital may be a title's or a name.
  private func language(
    of word: PackedWord, _ start: Int, _ end: Int, _ words: LanguageWords
  ) -> LanguageWords.Language? {
    let isCapital = bytes[start].isASCIILetter && bytes[start] & 0x20 == 0
    if let language = words.language(of: word) { return language == .english && isCapital ? .titleEnglish : language }
    guard isLatin(word, start, end), !words.isForm(FoldedWord(bytes, start, end)) else { return nil }
    return isCapital ? .likelyOther : .other
  }

  /// A word with one of the letters À … ſ among ASCII ones.
  private func isLatin(_ word: PackedWord, _ start: Int, _ end: Int) -> Bool {
    if word.isASCII { return false }
    var position = start
    while position < end {
      switch bytes[position] {
      case 0..<0x80: position += 1
      case 0xC3...0xC5: position += 2
      default: return false
      }
    }
    return true
  }

  /// What neither white space nor a quotation mark interrupts holds one of `@ / \ _ =`, or a full stop between letters or digits.
  private func isInAddress(_ start: Int, _ end: Int) -> Ternary {
    if start > lower, end < upper, endsAddress(bytes[start - 1]), endsAddress(bytes[end]) { return .no }
    var position = start
    while position > start - Self.addressReach {
      guard position > lower else {
        if openStart { return .unknown }
        break
      }
      position -= 1
      if endsAddress(bytes[position]) { break }
      if isAddressMark(at: position) { return .yes }
    }
    position = end
    while position < end + Self.addressReach {
      guard position < upper else { return openEnd ? .unknown : .no }
      if endsAddress(bytes[position]) { break }
      if isAddressMark(at: position) { return .yes }
      position += 1
    }
    return .no
  }

  private func endsAddress(_ byte: UInt8) -> Bool { byte.isASCIISpace || byte == 0x22 || byte == 0 }

  private func isAddressMark(at place: Int) -> Bool {
    switch bytes[place] {
    case 0x40, 0x2F, 0x5C, 0x5F, 0x3D: true
    case 0x2E:
      place > lower && place + 1 < upper && bytes[place - 1].isASCIIWordByte && bytes[place + 1].isASCIIWordByte
    default: false
    }
  }

  @inline(always)
  private static func isLetterByte(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// General punctuation (U+2000 … U+203F), « and », no-break space.
  @inline(always)
  private func isMark(at place: Int) -> Bool {
    switch bytes[place] {
    case 0xE2: place + 2 < upper && bytes[place + 1] == 0x80
    case 0xC2: place + 1 < upper
    default: false
    }
  }

  @inline(always)
  private func markLength(before place: Int) -> Int? {
    if bytes[place - 1] < 0x80 { return nil }
    if place - 3 >= lower, bytes[place - 3] == 0xE2, bytes[place - 2] == 0x80 { return 3 }
    return place - 2 >= lower && bytes[place - 2] == 0xC2 ? 2 : nil
  }

  /// “ ” „ « »; the single ones are apostrophes, too.
  private func isQuotationMark(at place: Int) -> Bool {
    if bytes[place] == 0xC2 { return bytes[place + 1] == 0xAB || bytes[place + 1] == 0xBB }
    return (0x9C...0x9F).contains(bytes[place + 2])
  }

  /// « » „ ¿ ¡ are no English marks.
  private func sign(ofMarkAt place: Int) -> UInt8? {
    switch (bytes[place], bytes[place + 1]) {
    case (0xC2, 0xAB), (0xC2, 0xBB), (0xC2, 0xBF), (0xC2, 0xA1): bytes[place + 1]
    case (0xE2, _): bytes[place + 2] == 0x9E ? 0x9E : nil
    default: nil
    }
  }
}
