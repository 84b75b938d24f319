import CPrefetch
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
  fileprivate struct Word: Equatable {
    var low: UInt64 = 0
    var high: UInt64 = 0

    /// The `count` bytes before `end`, at most sixteen; as many can be read there.
    @inline(always)
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

  /// Of the places: with fewer a novel's words push each other out.
  private static let bits = 16
  private static let longestWord = 16
  private static let cacheLine = 64
  /// No program has so many.
  private static let unknownStep = ChoiceStep.Outcome.flag - 1
  /// Those of "his" and "her", and what still fits in the line.
  static let maximumPrograms = 3

  /// What is the same for all words. One pointer to it is what a choice carries along.
  private struct Layout {
    /// For each place an entry, what each learnt table sees, and where each program goes on that has seen the word as the next one.
    var memory: UnsafeMutableRawPointer
    /// What was allocated: `memory` begins in it at a cache line.
    var block: UnsafeMutableRawPointer
    var stride: Int
    var tableCount: Int
    var programCount: Int
    unowned(unsafe) var tables: Tables
    var programs: Unmanaged<NextWordPrograms>
    var steps: UnsafePointer<ChoiceStep>
    /// What no program looks at.
    var unseen: ItemKinds
  }

  private let layout: UnsafeMutablePointer<Layout>
  private var tables: Tables { layout.pointee.tables }
  private var programCount: Int { layout.pointee.programCount }

  /// Those of programs, with what is left of them.
  var steps: UnsafePointer<ChoiceStep> { layout.pointee.steps }

  /// `tables` outlive this.
  init(_ tables: Tables) {
    let programs = NextWordPrograms(tables)
    let (tableCount, programCount) = (tables.learnt.count, tables.programs.count)
    let size = Self.seenOffset + tableCount * Self.seenSize + programCount * MemoryLayout<UInt32>.size
    let stride = (size + Self.cacheLine - 1) / Self.cacheLine * Self.cacheLine
    // All zero, which is no word: what else is known is written when a word is learnt. What no word needs is never touched.
    guard let block = calloc((stride << Self.bits) + Self.cacheLine, 1) else { fatalError("out of memory") }
    layout = .allocate(capacity: 1)
    layout.initialize(
      to: Layout(
        memory: block.alignedUp(toMultipleOf: Self.cacheLine), block: block, stride: stride, tableCount: tableCount,
        programCount: programCount, tables: tables, programs: .passRetained(programs),
        steps: UnsafePointer(programs.steps), unseen: programs.look(at: .newline) ? [] : .newline))
  }

  func deallocate() {
    free(layout.pointee.block)
    layout.pointee.programs.release()
    layout.deallocate()
  }

  private static let seenOffset = MemoryLayout<Entry>.stride
  private static let seenSize = MemoryLayout<LearntScorer.Values>.stride

  @inline(always)
  private func entry(_ place: Int) -> UnsafeMutablePointer<Entry> {
    (layout.pointee.memory + place &* layout.pointee.stride).assumingMemoryBound(to: Entry.self)
  }

  @inline(always)
  private func seen(_ place: Int) -> UnsafeMutablePointer<LearntScorer.Values> {
    UnsafeMutableRawPointer(entry(place) + 1).assumingMemoryBound(to: LearntScorer.Values.self)
  }

  @inline(always)
  private func nextSteps(_ place: Int) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutableRawPointer(seen(place) + layout.pointee.tableCount).assumingMemoryBound(to: UInt32.self)
  }

  /// Where a word is to be found, and its bytes.
  struct Key {
    fileprivate let word: Word
    let place: Int
  }

  /// The key of a word or of one of `. , ; : ? !`; nil for what is neither, is not known whole, has more than sixteen bytes or
  /// stands too near the text's beginning.
  @inline(always)
  func key(of item: Item, in view: TextView) -> Key? {
    guard let word = Self.word(item, in: view) else { return nil }
    return Key(word: word, place: Self.place(of: word))
  }

  /// Asks for what is known of a word, which is in a farther cache, ahead of its use.
  @inline(always)
  func expect(_ key: Key) { tiresias_prefetch(entry(key.place)) }

  /// Whether the word with that key is the one that its place has.
  @inline(always)
  func has(_ key: Key) -> Bool { entry(key.place).pointee.word == key.word }

  @inline(always)
  private static func word(_ item: Item, in view: TextView) -> Word? {
    let count = item.end &- item.start
    guard !item.kinds.isDisjoint(with: [.word, .stop]), !item.isPartial, item.doubtful.isEmpty, count > 0,
      count <= longestWord, item.end >= longestWord, let base = UnsafeRawPointer(view.bytes.baseAddress)
    else { return nil }
    return Word(count, before: base + item.end)
  }

  @inline(always)
  private static func place(of word: Word) -> Int { Int(truncatingIfNeeded: word.hash &>> UInt64(64 - bits)) }

  /// Learns the item with that key, in the place of what was there.
  func learn(_ key: Key, _ item: Item, in view: TextView) {
    let place = key.place
    entry(place).pointee = Entry(
      word: key.word,
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
  @inline(always)
  func follow(fromBytes kinds: ItemKinds) -> Bool {
    let kinds = kinds.subtracting(layout.pointee.unseen)
    return kinds.contains(.word)
      ? kinds.isDisjoint(with: [.newline, .adjacent]) : kinds == [.punctuation, .stop, .adjacent]
  }

  /// See ``ChoiceStep/ItemFact``.
  func classes(at place: Int) -> UInt64 { entry(place).pointee.classes }
  func texts(at place: Int) -> UInt64 { entry(place).pointee.texts }

  /// Where a program goes on if the word is the next item and of these kinds, which ``follow(fromBytes:)``; nil for a program
  /// that has no number.
  @inline(always)
  func step(at place: Int, ofProgram number: UInt8, _ kinds: ItemKinds) -> UInt32? {
    guard Int(number) < programCount else { return nil }
    let step = nextSteps(place)[Int(number)]
    return step == Self.unknownStep ? findStep(at: place, ofProgram: Int(number), kinds) : step
  }

  private func findStep(at place: Int, ofProgram number: Int, _ kinds: ItemKinds) -> UInt32 {
    let facts = NextWordPrograms.Facts(
      kinds: UInt64(kinds.rawValue), classes: classes(at: place), texts: texts(at: place))
    let step = layout.pointee.programs._withUnsafeGuaranteedRef { $0.rest(ofProgram: number, facts) }
    nextSteps(place)[number] = step
    return step
  }

  /// What a learnt table sees of the word, in a text that is not all in capitals.
  func seen(at place: Int, byTable table: Int) -> UnsafePointer<LearntScorer.Values> {
    UnsafePointer(seen(place) + table)
  }
}
