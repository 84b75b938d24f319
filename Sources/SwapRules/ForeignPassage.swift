// Passages in other languages: "Hun er her", "he visto que no".
//
// What is read does not depend on how long words are, but for those that no form is as long as: a swap changes lengths.
extension TextView {
  /// Words that are looked at on either side of a match, and bytes between them.
  private static let foreignWords = 12
  private static let foreignGaps = 160
  /// Longer runs of letters end a passage: they are data, or a script without spaces.
  private static let longestWord = 40
  /// How far from a word its address may begin or end.
  private static let addressReach = 64

  /// Words of another language and none of English among the twelve on either side, as far as the quotation or the
  /// paragraph goes. In English an English word is nearly always among the next three, and settles it.
  func isForeign(_ start: Int, _ end: Int, _ words: LanguageWords) -> Ternary {
    isPlainlyEnglish(start, end, words) ? .no : isForeignByAllWords(start, end, words)
  }

  /// ``isForeign(_:_:_:)`` without the short way.
  func isForeignByAllWords(_ start: Int, _ end: Int, _ words: LanguageWords) -> Ternary {
    var evidence = LanguageEvidence(words: words)
    let isClosedBehind = readBack(from: start, &evidence)
    if evidence.isEnglish { return .no }
    let isClosedAhead = readAhead(from: end, &evidence)
    if evidence.isEnglish { return .no }
    guard isClosedBehind && isClosedAhead else { return .unknown }
    return Ternary(evidence.isForeign)
  }

  /// True if an English word is seen among short words with one space between them: what most text shows at once.
  func isPlainlyEnglish(_ start: Int, _ end: Int, _ words: LanguageWords) -> Bool {
    isPlainlyEnglish(before: start, words) || isPlainlyEnglish(behind: end, words)
  }

  private func isPlainlyEnglish(before start: Int, _ words: LanguageWords) -> Bool {
    var position = start
    for _ in 0..<Self.foreignWords {
      guard position > lower, bytes[position - 1] == 0x20, let word = shortWord(before: position - 1),
        bytes[position - 2 - word.count] == 0x20
      else { return false }
      if words.language(of: word) == .english { return true }
      position -= 1 + word.count
    }
    return false
  }

  private func isPlainlyEnglish(behind end: Int, _ words: LanguageWords) -> Bool {
    var position = end
    for _ in 0..<Self.foreignWords {
      guard position < upper, bytes[position] == 0x20, let word = shortWord(at: position + 1),
        bytes[position + 1 + word.count] == 0x20
      else { return false }
      if words.language(of: word) == .english { return true }
      position += 1 + word.count
    }
    return false
  }

  /// False if an edge hides words that could matter.
  private func readAhead(from end: Int, _ evidence: inout LanguageEvidence) -> Bool {
    var (position, words, lines, gaps) = (end, 0, 0, 0)
    while words < Self.foreignWords, gaps < Self.foreignGaps, !evidence.isEnglish {
      guard position < upper else { return !openEnd }
      let byte = bytes[position]
      if Self.isLetterByte(byte) {
        if let word = shortWord(at: position) {
          guard add(word, position, position + word.count, to: &evidence) else { return false }
          position += word.count
          words += 1
          lines = 0
          continue
        }
        let first = position
        var word = PackedWord()
        while position < upper, Self.isLetterByte(bytes[position]), !isMark(at: position) {
          if word.count == Self.longestWord { return true }
          word.append(bytes[position])
          position += 1
        }
        if position == upper, openEnd { return false }
        if position > first {
          guard add(word, first, position, to: &evidence) else { return false }
          words += 1
          lines = 0
          continue
        }
        if isBarrierMark(at: position) { return true }
        position += bytes[position] == 0xC2 ? 2 : 3
        gaps += 1
        continue
      }
      if byte == 0x0A { lines += 1 }
      if lines > 1 || Self.endsPassage(byte) { return true }
      position += 1
      gaps += 1
    }
    return true
  }

  private func readBack(from start: Int, _ evidence: inout LanguageEvidence) -> Bool {
    var (position, words, lines, gaps) = (start, 0, 0, 0)
    while words < Self.foreignWords, gaps < Self.foreignGaps, !evidence.isEnglish {
      guard position > lower else { return !openStart }
      if let length = markLength(before: position) {
        if isBarrierMark(at: position - length) { return true }
        position -= length
        gaps += 1
        continue
      }
      let byte = bytes[position - 1]
      if Self.isLetterByte(byte) {
        if let word = shortWord(before: position) {
          guard add(word, position - word.count, position, to: &evidence) else { return false }
          position -= word.count
          words += 1
          lines = 0
          continue
        }
        let end = position
        var word = PackedWord()
        while position > lower, Self.isLetterByte(bytes[position - 1]), markLength(before: position) == nil {
          if word.count == Self.longestWord { return true }
          position -= 1
          word.prepend(bytes[position])
        }
        if position == lower, openStart { return false }
        guard add(word, position, end, to: &evidence) else { return false }
        words += 1
        lines = 0
        continue
      }
      if byte == 0x0A { lines += 1 }
      if lines > 1 || Self.endsPassage(byte) { return true }
      position -= 1
      gaps += 1
    }
    return true
  }

  /// Words of addresses say nothing. False if an edge hides whether this is one.
  private func add(_ word: PackedWord, _ start: Int, _ end: Int, to evidence: inout LanguageEvidence) -> Bool {
    guard let weight = evidence.weight(of: word) else { return true }
    switch isInAddress(start, end) {
    case .yes: return true
    case .no: evidence.add(word, weight)
    case .unknown: return false
    }
    return true
  }

  /// What neither white space nor a quotation mark interrupts holds one of `@ / \ _ =`, or a full stop between letters or digits.
  private func isInAddress(_ start: Int, _ end: Int) -> Ternary {
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

  private func endsAddress(_ byte: UInt8) -> Bool { byte.isASCIISpace || Self.endsPassage(byte) }

  private func isAddressMark(at place: Int) -> Bool {
    switch bytes[place] {
    case 0x40, 0x2F, 0x5C, 0x5F, 0x3D: true
    case 0x2E:
      place > lower && place + 1 < upper && bytes[place - 1].isASCIIWordByte && bytes[place + 1].isASCIIWordByte
    default: false
    }
  }

  @inline(__always)
  private static func endsPassage(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0 }

  @inline(__always)
  private static func isLetterByte(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// General punctuation (U+2000 … U+203F), « and », no-break space.
  @inline(__always)
  private func isMark(at place: Int) -> Bool {
    switch bytes[place] {
    case 0xE2: place + 2 < upper && bytes[place + 1] == 0x80
    case 0xC2: place + 1 < upper
    default: false
    }
  }

  @inline(__always)
  private func markLength(before place: Int) -> Int? {
    if bytes[place - 1] < 0x80 { return nil }
    if place - 3 >= lower, bytes[place - 3] == 0xE2, bytes[place - 2] == 0x80 { return 3 }
    return place - 2 >= lower && bytes[place - 2] == 0xC2 ? 2 : nil
  }

  /// “ ” „ « »; the single ones are apostrophes, too.
  private func isBarrierMark(at place: Int) -> Bool {
    if bytes[place] == 0xC2 { return bytes[place + 1] == 0xAB || bytes[place + 1] == 0xBB }
    return (0x9C...0x9F).contains(bytes[place + 2])
  }
}

/// What the words around a match say about their language. A word counts once, however often it stands there.
private struct LanguageEvidence {
  let words: LanguageWords
  private(set) var isEnglish = false
  private var foreign = 0
  private var seen: (UInt64, UInt64) = (0, 0)

  init(words: LanguageWords) { self.words = words }

  /// Two words that are of other languages, or one and one that is likely so, or three such.
  var isForeign: Bool { foreign > 2 }

  /// 0 is English; nil says nothing.
  @inline(__always)
  func weight(of word: PackedWord) -> Int? {
    switch words.language(of: word) {
    case .english: 0
    case .other: 2
    case .likelyOther: 1
    case nil: nil
    }
  }

  mutating func add(_ word: PackedWord, _ weight: Int) {
    if weight == 0 { isEnglish = true }
    if word.bits == seen.0 || word.bits == seen.1 { return }
    seen = (seen.1, word.bits)
    foreign += weight
  }
}
