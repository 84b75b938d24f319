/// Words that settle a passage's language, each of them common in it and rare in all that it is held against. Those that
/// are words of English and of another language ("in", "to", "was", "met") are in no list, nor is any word that a swap
/// may write or replace ("him", "she", "his"): what is decided of a text must be decided of the swapped text, too.
struct LanguageWords: @unchecked Sendable {  // never changed
  enum Language: UInt64 { case english, other, likelyOther }

  private static let bits: UInt64 = 10
  private static let languageShift: UInt64 = 62

  /// Open addressing; the top bits say the language. At most half full.
  private let slots: UnsafeBufferPointer<UInt64>

  init() {
    var slots = [UInt64](repeating: 0, count: 1 << Self.bits)
    Self.add(Self.english, .english, to: &slots)
    Self.add(Self.others, .other, to: &slots)
    Self.add(Self.likelyOthers, .likelyOther, to: &slots)
    self.slots = Tables.copy(slots)
  }

  func deallocate() { slots.deallocate() }

  private static func add(_ text: StaticString, _ language: Language, to slots: inout [UInt64]) {
    text.withUTF8Buffer { buffer in
      for bytes in buffer.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
        var word = PackedWord()
        for byte in bytes { word.append(byte) }
        var index = hash(word.bits)
        while slots[index] != 0 { index = (index + 1) & (slots.count - 1) }
        slots[index] = word.bits | language.rawValue << languageShift
      }
    }
  }

  private static func hash(_ bits: UInt64) -> Int {
    Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> (64 - Self.bits))
  }

  @inline(__always)
  func language(of word: PackedWord) -> Language? {
    guard word.isShort else { return nil }
    var index = Self.hash(word.bits)
    while slots[index] != 0 {
      if slots[index] & (1 << Self.languageShift - 1) == word.bits {
        return Language(rawValue: slots[index] >> Self.languageShift)
      }
      index = (index + 1) & (slots.count - 1)
    }
    return nil
  }

  private static let english: StaticString = """
    the and of that with they you this from but not it were which would said there been when who what my your
    their into could about then its our should because these those than them where while how only other very
    before after through being just every make know think come never now again
    if out up did some must upon good two much way old might too own right thought does great went found though
    got same why away nothing shall look another tell yes going yet ever against night people always between
    whether many things told says three since
    """

  /// German, Danish, Norwegian, Swedish, Dutch, French, Spanish, Catalan, Portuguese, Italian, Finnish, Latin.
  private static let others: StaticString = """
    und ist nicht das dem ein eine einen einer eines auch sich mit auf für wird sind aber wie nach bei nur noch über
    wenn oder ich wir sie zum zur durch sein seine haben wurde werden diese dieser dass daß kann mehr schon sehr
    ihre ihr ihm ihn uns mein meine kein keine doch dann damit weil hin nichts alle unter gegen vor aus als bis
    og det ikke på til af som har jeg hun ved fra eller blev sig skal også hvor være efter mange nogle deres denne
    dette nu op ud ind kun meget hvis når hvad hvem vores mig hende været bliver havde kunne skulle ville noget
    ingen mellem
    och att är för inte av jag han från om när mycket sina ett vid
    het een niet zijn voor ook maar deze worden wordt naar bij uit dat heeft werd hebben aan
    et est une dans pour que qui pas sur avec par cette sont mais nous vous il elle ils elles aux été être leur ses ont où
    sans même aussi comme tout ces fait après très était avait peut bien deux je au ou à
    y se por una para es como más pero sus está lo muy fue sobre entre este esta desde hasta cuando
    ser años había yo mi todo si porque nos donde fueron tiene sido qué
    che è sono della nel anche più gli dei delle alla nella questo questa essere ho hanno suo sua
    não uma com os foi ao pelo pela são também seu muito já às
    ja ei että ovat mutta oli hän olen mitä niin sitä
    sed quod quae enim autem atque sunt esse
    """

  /// These stand in names and in spoken English ("er", "de"), too.
  private static let likelyOthers: StaticString = """
    de la le les des du del el los las der den er en un em van von al
    """
}

/// A word of at most seven bytes in one integer, ASCII letters folded; longer ones are none.
struct PackedWord {
  private(set) var bits: UInt64
  private(set) var count: Int

  init(bits: UInt64 = 0, count: Int = 0) {
    self.bits = bits
    self.count = count
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    bits = bits << 8 | UInt64(byte.foldedASCII)
    count += 1
  }

  @inline(__always)
  mutating func prepend(_ byte: UInt8) {
    bits |= count < 8 ? UInt64(byte.foldedASCII) << UInt64(count * 8) : 0
    count += 1
  }

  var isShort: Bool { count < 8 }
}
