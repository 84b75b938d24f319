/// What the words around a match say about their language. A word counts once, however often it stands there, and twice as
/// much if it is near.
struct LanguageEvidence {
  let words: LanguageWords
  /// What stands in the same quotation or outside of all, as the match does.
  private var inner = LanguageBalance()
  private var all = LanguageBalance()
  private var isBeyond = false
  /// An edge hides words that could matter, beyond a quotation's marks or not.
  private var hidesInner = false
  private var hidesBeyond = false

  init(words: LanguageWords) { self.words = words }

  /// True once the rest need not be read.
  var isEnglish: Bool { all.isSettled && !hidesInner && !hidesBeyond }

  var verdict: Ternary {
    if isEnglish { return .no }
    if hidesInner { return .unknown }
    if inner.tells { return Ternary(inner.isForeign) }
    return hidesBeyond ? .unknown : Ternary(all.isForeign)
  }

  mutating func add(_ word: UInt64, _ language: LanguageWords.Language, isNear: Bool) {
    if !isBeyond { inner.add(word, language, isNear ? 2 : 1) }
    all.add(word, language, isNear && !isBeyond ? 2 : 1)
  }

  mutating func addMark(_ sign: UInt8?, isNear: Bool) {
    guard let sign else { return }
    add(UInt64(sign), .other, isNear: isNear)
  }

  mutating func leaveQuotation() { isBeyond = true }

  /// From here on words on the match's other side are read.
  mutating func turn() { isBeyond = false }

  /// The next word is not known.
  mutating func hide() {
    if isBeyond { hidesBeyond = true } else { hidesInner = true }
  }
}

/// English words against those of other languages.
struct LanguageBalance {
  /// Two words that are of other languages, or one and one that is likely so, or three such.
  private static let leastForeign = 3
  /// English with nothing against it: one word, or some that stand in titles too.
  private static let settled = 4

  private var english = 0
  private var foreign = 0
  /// As `foreign`, wherever the words stand.
  private var foreignWords = 0
  /// A bit for each of 128 hashes of words that were counted.
  private var seen: InlineArray<2, UInt64> = [0, 0]

  /// What a word of each language weighs, a byte each: see ``LanguageWords/Language``.
  private static let englishWeights: UInt64 = 0x00_00_01_04
  private static let foreignWeights: UInt64 = 0x01_02_00_00

  var isSettled: Bool { foreign == 0 && english >= Self.settled }

  var tells: Bool { english > 0 || foreignWords >= Self.leastForeign }

  var isForeign: Bool { foreignWords >= Self.leastForeign && foreign > english }

  @inline(always)
  mutating func add(_ word: UInt64, _ language: LanguageWords.Language, _ factor: Int) {
    guard isNew(word) else { return }
    english += Self.weight(Self.englishWeights, language) * factor
    let weight = Self.weight(Self.foreignWeights, language)
    foreign += weight * factor
    foreignWords += weight
  }

  private static func weight(_ weights: UInt64, _ language: LanguageWords.Language) -> Int {
    Int(weights &>> (language.rawValue * 8) & 0xFF)
  }

  private mutating func isNew(_ word: UInt64) -> Bool {
    let hash = Int((word &* 0x9E37_79B9_7F4A_7C15) &>> 57)
    let bit: UInt64 = 1 &<< UInt64(hash & 63)
    defer { seen[hash &>> 6] |= bit }
    return seen[hash &>> 6] & bit == 0
  }
}
