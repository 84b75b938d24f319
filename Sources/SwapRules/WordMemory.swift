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
  private static let bits = 16
  private static let longestWord = 16
  private static let cacheLine = 64
  /// No program has so many.
  private static let unknownStep = ChoiceStep.Outcome.flag - 1
  /// Those of "his" and "her", and what still fits in the line.
  static let maximumPrograms = 3

  /// For each place an entry, what each learnt table sees, and where each program goes on that has seen the word as the next one.
  private let memory: UnsafeMutableRawPointer
  /// What was allocated: `memory` begins in it at a cache line.
  private let block: UnsafeMutableRawPointer
  private let stride: Int
  private let tableCount: Int
  private let programCount: Int
  private unowned(unsafe) let tables: Tables
  private let programs: Unmanaged<NextWordPrograms>
  /// Those of programs, with what is left of them.
  let steps: UnsafePointer<ChoiceStep>
  /// What no program looks at.
  private let unseen: ItemKinds

  /// `tables` outlive this.
  init(_ tables: Tables) {
    self.tables = tables
    tableCount = tables.learnt.count
    programCount = tables.programs.count
    let programs = NextWordPrograms(tables)
    steps = UnsafePointer(programs.steps)
    unseen = programs.look(at: .newline) ? [] : .newline
    self.programs = .passRetained(programs)
    let size = Self.seenOffset + tableCount * Self.seenSize + programCount * MemoryLayout<UInt32>.size
    stride = (size + Self.cacheLine - 1) / Self.cacheLine * Self.cacheLine
    // All zero, which is no word: what else is known is written when a word is learnt. What no word needs is never touched.
    guard let block = calloc((stride << Self.bits) + Self.cacheLine, 1) else { fatalError("out of memory") }
    self.block = block
    memory = block.alignedUp(toMultipleOf: Self.cacheLine)
  }

  func deallocate() {
    free(block)
    programs.release()
  }

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
    guard let word = Self.word(item, in: view) else { return nil }
    let place = Self.place(of: word)
    if entry(place).pointee.word == word { return Place(index: place, isNew: false) }
    learn(word, item, at: place, view)
    return Place(index: place, isNew: true)
  }

  @inline(__always)
  private static func word(_ item: Item, in view: TextView) -> Word? {
    let count = item.end &- item.start
    guard !item.kinds.isDisjoint(with: [.word, .stop]), !item.isPartial, item.doubtful.isEmpty, count > 0,
      count <= longestWord, item.end >= longestWord, let base = UnsafeRawPointer(view.bytes.baseAddress)
    else { return nil }
    return Word(count, before: base + item.end)
  }

  @inline(__always)
  private static func place(of word: Word) -> Int { Int(truncatingIfNeeded: word.hash &>> UInt64(64 - bits)) }

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

  /// True if all words or marks of the same bytes that this is true of are of the same kinds, as far as programs look at them: a
  /// word behind white space, a mark right behind the match.
  @inline(__always)
  func follow(fromBytes kinds: ItemKinds) -> Bool {
    let kinds = kinds.subtracting(unseen)
    return kinds.contains(.word)
      ? kinds.isDisjoint(with: [.newline, .adjacent]) : kinds == [.punctuation, .stop, .adjacent]
  }

  /// See ``ChoiceStep/ItemFact``.
  func classes(at place: Int) -> UInt64 { entry(place).pointee.classes }
  func texts(at place: Int) -> UInt64 { entry(place).pointee.texts }

  /// Where a program goes on if the word is the next item and of these kinds, which ``follow(fromBytes:)``; nil for a program
  /// that has no number.
  @inline(__always)
  func step(at place: Int, ofProgram number: UInt8, _ kinds: ItemKinds) -> UInt32? {
    guard Int(number) < programCount else { return nil }
    let step = nextSteps(place)[Int(number)]
    return step == Self.unknownStep ? findStep(at: place, ofProgram: Int(number), kinds) : step
  }

  private func findStep(at place: Int, ofProgram number: Int, _ kinds: ItemKinds) -> UInt32 {
    let facts = NextWordPrograms.Facts(
      kinds: UInt64(kinds.rawValue), classes: classes(at: place), texts: texts(at: place))
    let step = programs._withUnsafeGuaranteedRef { $0.rest(ofProgram: number, facts) }
    nextSteps(place)[number] = step
    return step
  }

  /// What a learnt table sees of the word, in a text that is not all in capitals.
  func seen(at place: Int, byTable table: Int) -> LearntScorer.Values { seen(place)[table] }
}
