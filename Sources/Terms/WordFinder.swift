import UnicodeText

/// Finds words in text: see ``TermList`` for what a word is.
struct WordFinder: Sendable {
  /// One way to write a term, A–Z as a–z unless case matters.
  private struct Spelling {
    let bytes: [UInt8]
    let term: Int
  }

  private let spellings: [Spelling]
  /// Indices into `spellings` by their first byte.
  private let byFirst: [[Int]]
  private let isCaseSensitive: Bool

  /// Runs of white space that a space of a term stands for are at most so long.
  static let longestGap = 16
  private static let clitics = ["s", "d", "ll", "ve", "re", "m"].map { Array($0.utf8) }

  init(_ words: [String], isCaseSensitive: Bool) {
    var spellings: [Spelling] = []
    for (term, word) in words.enumerated() {
      let forms = isCaseSensitive ? [word] : [word, word.lowercased(), word.uppercased(), Self.title(word)]
      var known: [[UInt8]] = []
      for form in forms {
        let bytes = Self.folded(Array(form.replacing("’", with: "'").utf8), isCaseSensitive)
        if !known.contains(bytes) { known.append(bytes) }
      }
      spellings += known.map { Spelling(bytes: $0, term: term) }
    }
    self.spellings = spellings
    self.isCaseSensitive = isCaseSensitive
    byFirst = (0..<256).map { byte in
      spellings.indices.filter { spellings[$0].bytes.first == Self.folded(UInt8(byte), isCaseSensitive) }
    }
  }

  /// How the terms begin, up to the first character that need not be as it is written.
  var beginnings: [[UInt8]] {
    spellings.flatMap { spelling -> [[UInt8]] in
      let front = Array(spelling.bytes.prefix { $0 != 0x20 && $0 != 0x27 })
      return front.isEmpty ? [[0x27], Array("’".utf8)] : [front]
    }
  }

  /// Whether `bytes` could be the front of a term that goes on with something other than a letter.
  func mayGoOn(_ bytes: ArraySlice<UInt8>) -> Bool {
    let front = bytes.map { Self.folded($0, isCaseSensitive) }
    return spellings.contains { spelling in
      spelling.bytes.count > front.count && spelling.bytes.starts(with: front)
        && !WordBytes.isLetter(spelling.bytes[front.count])
    }
  }

  /// Calls `body` with each term that begins in `places`, and the byte where it begins. The text's ends are ends of words.
  func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ places: Range<Int>, _ body: (_ term: Int, _ start: Int) -> Void
  ) {
    for start in places {
      let candidates = byFirst[text[start] == 0xE2 && apostrophe(text, start) != nil ? 0x27 : Int(text[start])]
      if candidates.isEmpty || start > 0 && WordBytes.isLetterOrDigit(text[start - 1]) { continue }
      var stands: Bool?
      for index in candidates {
        guard let end = end(of: spellings[index].bytes, in: text, from: start) else { continue }
        if stands == nil { stands = beginsWord(text, start) }
        if stands == true, endsWord(text, end) { body(spellings[index].term, start) }
      }
    }
  }

  /// Where a spelling that begins at `start` ends; nil if something else stands there.
  private func end(of spelling: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var place = start
    for byte in spelling {
      guard place < text.count else { return nil }
      switch byte {
      case 0x20:
        let gap = text[place...].prefix(Self.longestGap + 1).prefix { WordBytes.isSpace($0) }.count
        guard 1...Self.longestGap ~= gap else { return nil }
        place += gap
      case 0x27:
        guard let length = apostrophe(text, place) else { return nil }
        place += length
      default:
        guard Self.folded(text[place], isCaseSensitive) == byte else { return nil }
        place += 1
      }
    }
    return place
  }

  // MARK: Where words begin and end

  /// Whether no letter, digit or mark, nor a part of a character, stands beside some bytes.
  static func isFree(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    !isWordCharacter(UTF8Text.read(text, before: range.lowerBound, start: 0))
      && !isWordCharacter(UTF8Text.read(text, at: range.upperBound, end: text.count))
  }

  private func beginsWord(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    !Self.isWordCharacter(UTF8Text.read(text, before: start, start: 0)) && WordBreak.isBoundary(in: text, at: start)
      && !followsBracketedLetters(text, start)
  }

  private func endsWord(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    if Self.isWordCharacter(UTF8Text.read(text, at: end, end: text.count)) { return false }
    if WordBreak.isBoundary(in: text, at: end) { return true }
    return cliticEnd(text, end).map { WordBreak.isBoundary(in: text, at: $0) } ?? false
  }

  /// Letters, digits and marks; what is no UTF-8 is taken for a letter, as the rules do.
  private static func isWordCharacter(_ reading: UTF8Text.Reading) -> Bool {
    switch reading {
    case .none: return false
    case .incomplete, .invalid: return true
    case .scalar(let scalar, _):
      let kind = CharacterClass.of(scalar)
      return kind == .letter || kind == .number || isCombiningMark(scalar)
    }
  }

  /// "[t]he", "[Th]is", "(t)he": brackets that mark a changed letter, as the rules have it; "(s)he" is two words in one.
  private func followsBracketedLetters(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    guard start > 2 else { return false }
    let closer = text[start - 1]
    guard closer == 0x5D || closer == 0x29 && (0x61...0x7A).contains(text[start]) else { return false }
    let opener: UInt8 = closer == 0x5D ? 0x5B : 0x28
    var place = start - 2
    for _ in 0..<(closer == 0x5D ? 2 : 1) where place >= 0 {
      guard WordBytes.isLetter(text[place]), closer == 0x5D || text[place] | 0x20 != 0x73 else { break }
      place -= 1
    }
    return place >= 0 && place < start - 2 && text[place] == opener
  }

  /// Where the English clitics behind a word end; nil if it has none.
  private func cliticEnd(_ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int? {
    var place = end
    while let length = apostrophe(text, place) {
      let letters = text[(place + length)...].prefix { WordBytes.isLetter($0) }
      guard Self.clitics.contains(where: { $0.elementsEqual(letters.map { $0 | 0x20 }) }) else { break }
      place = letters.endIndex
    }
    guard place > end, !Self.isWordCharacter(UTF8Text.read(text, at: place, end: text.count)) else { return nil }
    return place
  }

  /// The bytes of ' or ’ at `place`.
  private func apostrophe(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place < text.count else { return nil }
    if text[place] == 0x27 { return 1 }
    guard place + 2 < text.count, text[place] == 0xE2, text[place + 1] == 0x80, text[place + 2] == 0x99 else {
      return nil
    }
    return 3
  }

  // MARK: Case

  private static func title(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst().lowercased() }

  private static func folded(_ bytes: [UInt8], _ isCaseSensitive: Bool) -> [UInt8] {
    bytes.map { folded($0, isCaseSensitive) }
  }

  @inline(__always)
  private static func folded(_ byte: UInt8, _ isCaseSensitive: Bool) -> UInt8 {
    !isCaseSensitive && (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }
}

/// What is asked of single bytes.
enum WordBytes {
  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  static func isLetterOrDigit(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Beside these a run of ASCII letters begins or ends as a word, whatever stands beyond: ASCII that is no letter, digit or
  /// underscore, nor one of ' . : (which letters on both sides join) nor a bracket (which may mark a changed letter).
  static func isPlain(_ byte: UInt8) -> Bool {
    byte < 0x80 && !isLetterOrDigit(byte) && !Array("_'.:])".utf8).contains(byte)
  }
}
