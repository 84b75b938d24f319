/// What the words around matches are, remembered: in any text most of them are some hundred words again and again, and what
/// a word is takes a dozen look-ups that no processor can foresee.
///
/// One per matcher, plain memory that its owner frees. A word's place follows from its bytes, and it takes it from the word
/// that was there before.
struct WordMemory {
  private struct Entry {
    /// The bytes, the first lowest, as they are written; 0 for none.
    var word: UInt128 = 0
    var classes: UInt64 = 0
    var texts: UInt64 = 0
  }

  /// Of the places: some 350 KB, which the second cache holds.
  private static let bits = 13
  private static let longestWord = 16

  private let entries: UnsafeMutablePointer<Entry>
  /// For each entry what each learnt table sees.
  private let seen: UnsafeMutablePointer<LearntScorer.Values>
  private let tableCount: Int

  init(_ tables: Tables) {
    tableCount = tables.learnt.count
    entries = .allocate(capacity: 1 << Self.bits)
    entries.initialize(repeating: Entry(), count: 1 << Self.bits)
    seen = .allocate(capacity: tableCount << Self.bits)
    seen.initialize(repeating: LearntScorer.Values(), count: tableCount << Self.bits)
  }

  func deallocate() {
    entries.deallocate()
    seen.deallocate()
  }

  /// The place of a word, learnt if need be; nil for what is no word, is not known whole, has more than sixteen bytes or
  /// stands too near the text's beginning.
  @inline(__always)
  func place(of item: Item, in view: TextView, _ tables: Tables) -> Int? {
    let count = item.end &- item.start
    guard item.isWord, !item.isPartial, item.doubtful.isEmpty, count <= Self.longestWord, count > 0,
      item.end >= Self.longestWord, let base = UnsafeRawPointer(view.bytes.baseAddress)
    else { return nil }
    let last = base.loadUnaligned(fromByteOffset: item.end &- Self.longestWord, as: UInt128.self).littleEndian
    let word = last &>> UInt128(truncatingIfNeeded: (Self.longestWord &- count) &* 8)
    let place = Self.place(word)
    if entries[place].word != word { learn(word, item, at: place, view, tables) }
    return place
  }

  private static func place(_ word: UInt128) -> Int {
    let (low, high) = (UInt64(truncatingIfNeeded: word), UInt64(truncatingIfNeeded: word >> 64))
    let mixed = (low ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> UInt64(64 - bits))
  }

  private func learn(_ word: UInt128, _ item: Item, at place: Int, _ view: TextView, _ tables: Tables) {
    entries[place] = Entry(
      word: word, classes: tables.classes.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0,
      texts: tables.textTests.passed(by: item, view, tables))
    for (index, table) in tables.learnt.enumerated() {
      // The word is known whole.
      seen[place * tableCount + index] = table.values(of: item, view, isShouting: false) ?? LearntScorer.Values()
    }
  }

  /// See ``ChoiceStep/ItemFact``.
  func classes(at place: Int) -> UInt64 { entries[place].classes }
  func texts(at place: Int) -> UInt64 { entries[place].texts }

  /// What a learnt table sees of the word, in a text that is not all in capitals.
  func seen(at place: Int, byTable table: Int) -> LearntScorer.Values { seen[place &* tableCount &+ table] }
}
