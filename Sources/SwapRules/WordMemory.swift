import Glibc

/// What the words around matches are, remembered: in any text most of them are some hundred words again and again, and what
/// a word is takes a dozen look-ups that no processor can foresee.
///
/// One per matcher, plain memory that its owner frees. A word's place follows from its bytes, and it takes it from the word
/// that was there before. What is known of a word lies together, in one cache line if the pack has one learnt table: most
/// words are in a farther cache.
struct WordMemory {
  private struct Entry {
    var word = Word()
    var classes: UInt64 = 0
    var texts: UInt64 = 0
  }

  /// The bytes of a word as they are written, the first lowest; nothing but zeros for none.
  private struct Word: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    /// The `count` bytes before `end`, at most sixteen; as many can be read there.
    @inline(__always)
    init(_ count: Int, before end: UnsafeRawPointer) {
      let last = (end - 8).loadUnaligned(as: UInt64.self).littleEndian
      if count <= 8 {
        low = last &>> UInt64(truncatingIfNeeded: (8 &- count) &* 8)
      } else {
        let shift = UInt64(truncatingIfNeeded: (16 &- count) &* 8)
        low = (end - 16).loadUnaligned(as: UInt64.self).littleEndian &>> shift | (last &<< 1) &<< (63 &- shift)
        high = last &>> shift
      }
    }

    init() {}

    var hash: UInt64 { (low ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15 }
  }

  /// Where a word is, and whether it took the place just now from another.
  struct Place {
    let index: Int
    let isNew: Bool
  }

  /// Of the places: with fewer a novel's words push each other out.
  private static let bits = 15
  private static let longestWord = 16
  private static let cacheLine = 64
  /// No program has so many.
  private static let unknownStep = ChoiceStep.Outcome.flag - 1
  /// Those of "his" and "her", and what still fits in the line.
  static let maximumPrograms = 3

  /// For each place an entry, what each learnt table sees, and where each program goes on that has seen the word as the next one.
  private let memory: UnsafeMutableRawPointer
  private let stride: Int
  private let tableCount: Int
  private let programCount: Int
  private unowned(unsafe) let tables: Tables

  /// `tables` outlive this.
  init(_ tables: Tables) {
    self.tables = tables
    tableCount = tables.learnt.count
    programCount = tables.programs.count
    let size = Self.seenOffset + tableCount * Self.seenSize + programCount * MemoryLayout<UInt32>.size
    stride = (size + Self.cacheLine - 1) / Self.cacheLine * Self.cacheLine
    // All zero, which is no word: what else is known is written when a word is learnt.
    memory = .allocate(byteCount: stride << Self.bits, alignment: Self.cacheLine)
    memset(memory, 0, stride << Self.bits)
  }

  func deallocate() { memory.deallocate() }

  private static let seenOffset = MemoryLayout<Entry>.stride
  private static let seenSize = MemoryLayout<LearntScorer.Values>.stride

  @inline(__always)
  private func entry(_ place: Int) -> UnsafeMutablePointer<Entry> {
    (memory + place &* stride).assumingMemoryBound(to: Entry.self)
  }

  @inline(__always)
  private func seen(_ place: Int) -> UnsafeMutablePointer<LearntScorer.Values> {
    (memory + (place &* stride &+ Self.seenOffset)).assumingMemoryBound(to: LearntScorer.Values.self)
  }

  @inline(__always)
  private func nextSteps(_ place: Int) -> UnsafeMutablePointer<UInt32> {
    (memory + (place &* stride &+ Self.seenOffset &+ tableCount &* Self.seenSize)).assumingMemoryBound(to: UInt32.self)
  }

  /// The place of a word or of one of `. , ; : ? !`, learnt if need be; nil for what is neither, is not known whole, has more
  /// than sixteen bytes or stands too near the text's beginning.
  @inline(__always)
  func place(of item: Item, in view: TextView) -> Place? {
    let count = item.end &- item.start
    guard !item.kinds.isDisjoint(with: [.word, .stop]), !item.isPartial, item.doubtful.isEmpty, count > 0,
      count <= Self.longestWord, item.end >= Self.longestWord, let base = UnsafeRawPointer(view.bytes.baseAddress)
    else { return nil }
    let word = Word(count, before: base + item.end)
    let place = Int(truncatingIfNeeded: word.hash &>> UInt64(64 - Self.bits))
    if entry(place).pointee.word == word { return Place(index: place, isNew: false) }
    learn(word, item, at: place, view)
    return Place(index: place, isNew: true)
  }

  private func learn(_ word: Word, _ item: Item, at place: Int, _ view: TextView) {
    entry(place).pointee = Entry(
      word: word,
      classes: item.isWord ? tables.classes.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0 : 0,
      texts: tables.textTests.passed(by: item, view))
    for (index, table) in tables.learnt.enumerated() {
      // The word is known whole.
      seen(place)[index] = table.values(of: item, view, isShouting: false) ?? LearntScorer.Values()
    }
    for index in 0..<programCount { nextSteps(place)[index] = Self.unknownStep }
  }

  /// Where a program goes on once the tests are made that ask about the next item and nothing else came before.
  private func findStep(at place: Int, ofProgram number: Int, _ kinds: ItemKinds) -> UInt32 {
    let facts: InlineArray<3, UInt64> = [UInt64(kinds.rawValue), classes(at: place), texts(at: place)]
    var next = tables.programs[number]
    while next & ChoiceStep.Outcome.flag == 0 {
      let step = tables.steps[Int(next)]
      guard ChoiceStep.asksNext(step.fact) else { break }
      next = facts[Int(step.fact) % 3] & step.bits != 0 ? step.yes : step.no
    }
    return next
  }

  /// True if all words or marks of the same bytes that this is true of are of the same kinds: a word behind a space, a mark right
  /// behind the match.
  @inline(__always)
  static func follow(fromBytes kinds: ItemKinds) -> Bool {
    kinds.contains(.word)
      ? kinds.isDisjoint(with: [.newline, .adjacent]) : kinds == [.punctuation, .stop, .adjacent]
  }

  /// See ``ChoiceStep/ItemFact``.
  func classes(at place: Int) -> UInt64 { entry(place).pointee.classes }
  func texts(at place: Int) -> UInt64 { entry(place).pointee.texts }

  /// Where a program goes on if the word is the next item and of these kinds, which ``follow(fromBytes:)``; nil for a program
  /// that has no number.
  func step(at place: Int, ofProgram number: UInt8, _ kinds: ItemKinds) -> UInt32? {
    guard Int(number) < programCount else { return nil }
    let step = nextSteps(place) + Int(number)
    if step.pointee == Self.unknownStep { step.pointee = findStep(at: place, ofProgram: Int(number), kinds) }
    return step.pointee
  }

  /// What a learnt table sees of the word, in a text that is not all in capitals.
  func seen(at place: Int, byTable table: Int) -> LearntScorer.Values { seen(place)[table] }
}
