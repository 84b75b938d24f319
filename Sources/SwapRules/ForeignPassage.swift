// Passages in other languages: "Hun er her", "he visto que no".
extension TextView {
  /// Words that are looked at on either side of a match, and bytes.
  private static let foreignWords = 12
  private static let foreignReach = 160

  /// Two words of another language and none of English among the twelve on either side, as far as the quotation or the
  /// paragraph goes. In English an English word is nearly always among the next three, and settles it.
  func isForeign(_ start: Int, _ end: Int) -> Ternary {
    var evidence = LanguageEvidence()
    let isClosedBehind = readBack(from: start, &evidence)
    if evidence.isEnglish { return .no }
    let isClosedAhead = readAhead(from: end, &evidence)
    if evidence.isEnglish { return .no }
    guard isClosedBehind && isClosedAhead else { return .unknown }
    return Ternary(evidence.foreign > 1)
  }

  /// False if an edge hides words that could matter.
  private func readAhead(from end: Int, _ evidence: inout LanguageEvidence) -> Bool {
    var (position, words, lines) = (end, 0, 0)
    while words < Self.foreignWords, !evidence.isEnglish {
      guard position < min(upper, end + Self.foreignReach) else { return position < upper || !openEnd }
      let byte = bytes[position]
      if Self.isLetterByte(byte) {
        let first = position
        var word = PackedWord()
        while position < upper, Self.isLetterByte(bytes[position]), !isMark(at: position) {
          word.append(bytes[position])
          position += 1
        }
        if position == upper, openEnd { return false }
        if position > first {
          evidence.add(word)
          words += 1
          lines = 0
          continue
        }
        if isBarrierMark(at: position) { return true }
        position += bytes[position] == 0xC2 ? 2 : 3
        continue
      }
      if byte == 0x0A { lines += 1 }
      if lines > 1 || Self.passageEnds.contains(byte) { return true }
      position += 1
    }
    return true
  }

  private func readBack(from start: Int, _ evidence: inout LanguageEvidence) -> Bool {
    var (position, words, lines) = (start, 0, 0)
    while words < Self.foreignWords, !evidence.isEnglish {
      guard position > max(lower, start - Self.foreignReach) else { return position > lower || !openStart }
      if let length = markLength(before: position) {
        if isBarrierMark(at: position - length) { return true }
        position -= length
        continue
      }
      let byte = bytes[position - 1]
      if Self.isLetterByte(byte) {
        var word = PackedWord()
        while position > lower, Self.isLetterByte(bytes[position - 1]), markLength(before: position) == nil {
          position -= 1
          word.prepend(bytes[position])
        }
        if position == lower, openStart { return false }
        evidence.add(word)
        words += 1
        lines = 0
        continue
      }
      if byte == 0x0A { lines += 1 }
      if lines > 1 || Self.passageEnds.contains(byte) { return true }
      position -= 1
    }
    return true
  }

  private static let passageEnds = ByteSet("\"\0")

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

/// What the words around a match say about their language.
private struct LanguageEvidence {
  var foreign = 0
  var isEnglish = false

  mutating func add(_ word: PackedWord) {
    switch LanguageWords.shared.language(of: word) {
    case .english: isEnglish = true
    case .other: foreign += 1
    case nil: break
    }
  }
}

/// A word of at most seven bytes in one integer, ASCII letters folded; longer ones are none.
private struct PackedWord {
  private(set) var bits: UInt64 = 0
  private var count: UInt64 = 0

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    bits = bits << 8 | UInt64(byte.foldedASCII)
    count += 1
  }

  @inline(__always)
  mutating func prepend(_ byte: UInt8) {
    bits |= count < 8 ? UInt64(byte.foldedASCII) << (count * 8) : 0
    count += 1
  }

  var isShort: Bool { count < 8 }
}

/// Words that settle a passage's language, each of them common in it and rare in all that it is held against. Those that
/// are words of English and of another language ("die", "in", "to", "was") are in neither list, nor are those that stand
/// in names ("de", "la", "von", "der").
private struct LanguageWords: @unchecked Sendable {  // never changed
  enum Language { case english, other }

  static let shared = LanguageWords()
  private static let bits: UInt64 = 10
  private static let isOther: UInt64 = 1 << 63

  /// Open addressing; the top bit says the language. At most half full.
  private let slots: UnsafeBufferPointer<UInt64>

  private init() {
    var slots = [UInt64](repeating: 0, count: 1 << Self.bits)
    for (text, mark) in [(Self.english, 0), (Self.others, Self.isOther)] as [(StaticString, UInt64)] {
      text.withUTF8Buffer { buffer in
        for bytes in buffer.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
          var word = PackedWord()
          for byte in bytes { word.append(byte) }
          var index = Self.hash(word.bits)
          while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
          slots[index] = word.bits | mark
        }
      }
    }
    self.slots = Tables.copy(slots)
  }

  private static func hash(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
  }

  @inline(__always)
  func language(of word: PackedWord) -> Language? {
    guard word.isShort else { return nil }
    var index = Self.hash(word.bits)
    while slots[index] != 0 {
      if slots[index] & ~Self.isOther == word.bits { return slots[index] & Self.isOther == 0 ? .english : .other }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private static let english: StaticString = """
    the and of that with they you this from but not it were which would said there been when who what my your
    their into could about then its our should because these those than them where while how only other very
    before after through being him she just every make know think come never now again
    """

  /// German, Danish, Norwegian, Swedish, Dutch, French, Spanish, Catalan, Portuguese, Italian, Finnish, Latin.
  private static let others: StaticString = """
    und ist nicht das dem ein eine einen einer eines auch sich mit auf für wird sind aber wie nach bei nur noch über
    wenn oder ich wir sie zum zur durch sein seine haben wurde werden diese dieser dass daß kann mehr schon sehr
    ihre ihr ihm ihn uns mein meine kein keine doch dann damit weil hin nichts alle unter gegen vor aus als bis
    og det ikke på til af som har jeg hun ved fra eller blev sig skal også hvor være efter mange nogle deres denne
    dette nu op ud ind kun meget hvis når hvad hvem vores mig hende været bliver havde kunne skulle ville noget er
    och att är för inte av jag till han hon från om när mycket sina ett vid
    het een niet zijn voor met ook maar deze worden wordt naar bij uit dat heeft werd hebben aan
    et est une dans pour que qui pas sur avec par cette sont mais nous vous il elle ils elles aux été être leur ses ont où
    sans même aussi comme tout ces fait après très était avait peut bien deux je au ou
    y se por una para es como más pero sus está lo muy fue sobre entre este esta desde hasta cuando
    ser años había yo mi todo si porque nos donde fueron tiene sido qué
    che è sono della nel anche più gli dei delle alla nella questo questa essere ho hanno suo sua
    não uma com os foi ao pelo pela são também seu muito já às
    ja ei että ovat mutta oli hän olen mitä niin sitä
    sed quod quae enim autem atque sunt esse
    """
}
