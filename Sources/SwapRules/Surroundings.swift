/// A match with the items around it, read as far as its conditions ask. Lives within one call of the matcher, which holds
/// the tables.
struct Surroundings {
  private(set) var view: TextView
  unowned(unsafe) let tables: Tables
  /// Nil where words are looked up each time.
  private let memory: WordMemory?
  private(set) var wordCase: WordCase
  /// From the third before the match to the third after, as far as they were read.
  private var items = InlineArray<6, Item>(repeating: Item(start: 0, end: 0, kinds: []))
  private var readItems: UInt8 = 0
  /// Kinds, classes and texts of each item, and the match's case: see ``ChoiceStep``.
  private var facts = InlineArray<19, UInt64>(repeating: 0)
  private var knownFacts: UInt32 = 0
  /// Where in the memory the words of items are, as far as that was asked.
  private var places = InlineArray<6, Int32>(repeating: 0)
  private var knownPlaces: UInt8 = 0
  /// Of the next word, if that was asked for.
  private var nextKey: WordMemory.Key?
  private(set) var start: Int
  private(set) var end: Int

  /// `end` is where the word's clitic ends, if it has one.
  init(_ view: TextView, _ tables: Tables, _ memory: WordMemory?, wordCase: WordCase, start: Int, end: Int) {
    self.view = view
    self.tables = tables
    self.memory = memory
    self.wordCase = wordCase
    self.start = start
    self.end = end
    facts[Int(ChoiceStep.matchCase)] = wordCase.bit
    knownFacts = 1 << UInt32(ChoiceStep.matchCase)
  }

  /// Turns to another match, reads the next word, and asks for what is remembered of it: nearly every choice looks at it first,
  /// and until it does there is other work.
  @inline(always)
  mutating func begin(_ view: TextView, _ wordCase: WordCase, _ start: Int, _ end: Int) {
    self.view = view
    self.wordCase = wordCase
    (self.start, self.end) = (start, end)
    (readItems, knownPlaces) = (0, 0)
    facts[Int(ChoiceStep.matchCase)] = wordCase.bit
    knownFacts = 1 << UInt32(ChoiceStep.matchCase)
    guard let memory else { return }
    let (item, slot) = (view.item(after: end), Self.slot(of: 1))
    items[slot] = item
    readItems = 1 &<< UInt8(truncatingIfNeeded: slot)
    nextKey = memory.key(of: item, in: view)
    if let nextKey { memory.expect(nextKey) }
  }

  /// Whether a condition holds. Bounded by its nodes and three items either side.
  mutating func evaluate(_ index: UInt32) -> Ternary {
    let node = tables.nodes[Int(index)]
    switch node.operation {
    case .all: return combine(node, stop: .no)
    case .any: return combine(node, stop: .yes)
    case .not: return !evaluate(tables.children[Int(node.range.first)])
    case .match: return Ternary(wordCase.bit & node.bits != 0)
    case .kind: return item(node.position).has(ItemKinds(rawValue: UInt32(truncatingIfNeeded: node.bits)))
    case .memberOf: return isMember(node.position, node.bits)
    case .mark: return isOne(item(node.position), node.range, .punctuation) { $0.equals($1) }
    case .suffix: return isOne(item(node.position), node.range, .word) { $0.ends(in: $1) }
    }
  }

  /// Whether a branch holds, and whether its table is near its threshold.
  mutating func holds(_ branch: Branch) -> (holds: Ternary, isDoubtful: Bool) {
    let condition = branch.condition.map { evaluate($0) } ?? .yes
    guard let use = branch.table, condition != .no else { return (condition, false) }
    guard let (holds, isNear) = asks(use) else { return (.unknown, false) }
    return (condition && Ternary(holds), isNear)
  }

  /// `stop` if one child is that, else unknown if one child is, else the opposite of `stop`.
  private mutating func combine(_ node: Node, stop: Ternary) -> Ternary {
    var result = !stop
    for child in node.range.indices {
      let value = evaluate(tables.children[child])
      if value == stop { return stop }
      if value == .unknown { result = .unknown }
    }
    return result
  }

  private mutating func isMember(_ position: Int8, _ classes: UInt64) -> Ternary {
    let item = item(position)
    if item.isUnknown { return .unknown }
    let length = item.end - item.start
    // ’ takes three bytes where ' takes one.
    guard item.isWord, length <= tables.longestClassWord * 3 else { return .no }
    if item.isPartial { return .unknown }
    return Ternary(classesOfWord(item) & classes != 0)
  }

  private func classesOfWord(_ item: Item) -> UInt64 {
    tables.classes.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0
  }

  private func isOne(
    _ item: Item, _ strings: TableRange, _ kind: ItemKinds,
    _ test: (FoldedWord, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Ternary {
    if item.isUnknown { return .unknown }
    guard item.kinds.contains(kind) else { return .no }
    if item.isPartial { return .unknown }
    let word = FoldedWord(view.bytes, item.start, item.end)
    return Ternary(strings.indices.contains { test(word, tables.text[tables.slices[$0]]) })
  }

  // MARK: Items

  /// -3 … -1 and 1 … 3 as 0 … 5.
  static func slot(of position: Int8) -> Int { Int(position < 0 ? position + 3 : position + 2) }

  /// The item at -3 … -1 or 1 … 3.
  mutating func item(_ position: Int8) -> Item { item(inSlot: Self.slot(of: position)) }

  var next: Item {
    mutating get { item(inSlot: 3) }
  }

  var previous: Item {
    mutating get { item(inSlot: 2) }
  }

  @inline(always)
  private mutating func item(inSlot slot: Int) -> Item {
    if readItems &>> UInt8(truncatingIfNeeded: slot) & 1 == 0 {
      items[slot] = readItem(slot)
      readItems |= 1 &<< UInt8(truncatingIfNeeded: slot)
    }
    return items[slot]
  }

  private mutating func readItem(_ slot: Int) -> Item {
    switch slot {
    case 2: view.item(before: start)
    case 3: view.item(after: end)
    case 0, 1: Self.item(before: item(inSlot: slot + 1), view)
    default: Self.item(past: item(inSlot: slot - 1), view)
    }
  }

  /// Past a paragraph's or the segment's end there is nothing else.
  private static func item(past inner: Item, _ view: TextView) -> Item {
    if inner.isPartial { return .unknown(inner.end) }
    return inner.isBarrier ? inner : view.item(after: inner.end)
  }

  private static func item(before inner: Item, _ view: TextView) -> Item {
    if inner.isPartial { return .unknown(inner.start) }
    return inner.isBarrier ? inner : view.item(before: inner.start)
  }

  // MARK: Programs

  /// The branch of an entry that decides, counted from its first, and whether a table on the way was near its threshold.
  enum Outcome {
    case branch(Int, isDoubtful: Bool)
    case none
    /// Something that was asked for is not known: the branches have to be asked one by one.
    case unknown
  }

  /// Runs an entry's program (see ``ChoiceStep``).
  mutating func outcome(of entry: UnsafePointer<Entry>) -> Outcome {
    guard var next = firstStep(of: entry) else { return .unknown }
    let steps = memory?.steps ?? tables.steps.baseAddress!
    var isDoubtful = false
    while next & ChoiceStep.Outcome.flag == 0 {
      let step = steps[Int(next)]
      if step.fact == ChoiceStep.table {
        guard let (holds, isNear) = asks(tables.branches[Int(step.bits)].table) else { return .unknown }
        isDoubtful = isDoubtful || isNear
        next = holds ? step.yes : step.no
        continue
      }
      if knownFacts >> UInt32(step.fact) & 1 == 0 {
        if step.fact == Self.kindsAfterNext, isWordAfterNext(outside: step.bits) {
          next = step.no
          continue
        }
        guard learn(step.fact) else { return .unknown }
      }
      next = facts[Int(step.fact)] & step.bits != 0 ? step.yes : step.no
    }
    if next == ChoiceStep.Outcome.none { return .none }
    return .branch(Int(next & ~ChoiceStep.Outcome.flag), isDoubtful: isDoubtful)
  }

  private static let kindsAfterNext = ChoiceStep.fact(.kinds, 2)
  private static let kindsOfWords: ItemKinds = [.word, .number, .capitalised, .uppercase, .newline]

  /// True if a plain word stands behind the next and so is of none of some kinds, such as a hyphen's: then it need not be read.
  @inline(always)
  private mutating func isWordAfterNext(outside kinds: UInt64) -> Bool {
    kinds & UInt64(Self.kindsOfWords.rawValue) == 0 && startOfPlainWordAfterNext() != nil
  }

  /// Where the word behind the next begins, if one space or line feed stands between them and it begins with an ASCII letter.
  @inline(always)
  private mutating func startOfPlainWordAfterNext() -> Int? {
    let next = item(inSlot: Self.slot(of: 1))
    guard next.isWord, !next.isPartial, next.end &+ 1 < view.upper, TextView.isPlainSpace(view.bytes[next.end]),
      view.bytes[next.end &+ 1].isASCIILetter
    else { return nil }
    return next.end &+ 1
  }

  /// Whether all is known that a learnt table can see of an item. The one behind the next is not read for that if it is plainly
  /// a whole word.
  @inline(always)
  mutating func isKnown(inSlot slot: Int) -> Bool {
    if slot == Self.slot(of: 2), let start = startOfPlainWordAfterNext(), endsPlainly(start) { return true }
    let item = item(inSlot: slot)
    return !item.isPartial && item.doubtful.isEmpty
  }

  /// Whether one of the eight bytes from `place` on is a space, and those before it are ASCII.
  @inline(always)
  private func endsPlainly(_ place: Int) -> Bool {
    guard place &+ MemoryLayout<UInt64>.size <= view.upper, let base = UnsafeRawPointer(view.bytes.baseAddress) else {
      return false
    }
    let word = base.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian
    let others = word ^ 0x2020_2020_2020_2020
    // Its lowest bit is that of the first space.
    let spaces = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
    return spaces != 0 && word & 0x8080_8080_8080_8080 & (spaces &- 1) & ~spaces == 0
  }

  /// Where an entry's program begins, without the tests that the next word settles: in most places those are nearly all.
  @inline(always)
  private mutating func firstStep(of entry: UnsafePointer<Entry>) -> UInt32? {
    guard let program = entry.pointee.program, let memory, program & ChoiceStep.Outcome.flag == 0 else {
      return entry.pointee.program
    }
    let slot = Self.slot(of: 1)
    guard let place = place(inSlot: slot) else { return program }
    let kinds = ItemKinds(rawValue: UInt32(truncatingIfNeeded: facts[slot * 3]))
    guard memory.follow(fromBytes: kinds) else { return program }
    return memory.step(at: place, ofProgram: entry.pointee.programNumber, kinds) ?? program
  }

  /// The place of an item's word in the memory; what that knows of it is known then, too.
  @inline(always)
  private mutating func place(inSlot slot: Int) -> Int? {
    let isKnown = knownPlaces &>> UInt8(truncatingIfNeeded: slot) & 1 != 0
    return isKnown ? Int(places[slot]) : findPlace(inSlot: slot)
  }

  @inline(always)
  private mutating func findPlace(inSlot slot: Int) -> Int? {
    let item = item(inSlot: slot)
    let expected = slot == Self.slot(of: 1) ? nextKey : nil
    guard let memory, let key = expected ?? memory.key(of: item, in: view) else { return nil }
    if !memory.has(key) { learn(key, item, memory) }
    facts[slot &* 3] = UInt64(item.kinds.rawValue)
    facts[slot &* 3 &+ 1] = memory.classes(at: key.place)
    facts[slot &* 3 &+ 2] = memory.texts(at: key.place)
    knownFacts |= 7 &<< UInt32(truncatingIfNeeded: slot &* 3)
    places[slot] = Int32(truncatingIfNeeded: key.place)
    knownPlaces |= 1 &<< UInt8(truncatingIfNeeded: slot)
    return key.place
  }

  /// What another word had in the same place is gone. Apart, as it is rare.
  @inline(never)
  private mutating func learn(_ key: WordMemory.Key, _ item: Item, _ memory: WordMemory) {
    memory.learn(key, item, in: view)
    for slot in places.indices where places[slot] == key.place { knownPlaces &= ~(1 << UInt8(slot)) }
  }

  /// Whether the margin is above the threshold, and whether it is near it; nil where the table looks at what is not known.
  @inline(always)
  private mutating func asks(_ use: BranchTable?) -> (holds: Bool, isNear: Bool)? {
    guard let use else { return nil }
    let margin = tables.scorers[use.index]._withUnsafeGuaranteedRef {
      $0.margin(&self, table: use.index) { $0 > use.threshold &+ use.doubt || $1 < use.threshold &- use.doubt }
    }
    guard let margin else { return nil }
    return (margin > use.threshold, abs(margin - use.threshold) <= use.doubt && use.doubt > 0)
  }

  /// Finds out a fact about an item; false if it cannot be known.
  private mutating func learn(_ fact: UInt8) -> Bool {
    let slot = Int(fact / 3)
    if place(inSlot: slot) != nil { return true }
    let item = item(inSlot: slot)
    guard !item.isPartial, item.doubtful.isEmpty else { return false }
    facts[slot * 3] = UInt64(item.kinds.rawValue)
    switch Int(fact) - slot * 3 {
    case 1: facts[Int(fact)] = item.isWord ? classesOfWord(item) : 0
    case 2: facts[Int(fact)] = tables.textTests.passed(by: item, view)
    default: break
    }
    knownFacts |= 1 << UInt32(fact)
    return true
  }

  /// What a learnt table sees at -3 … -1 or 1 … 3, in slots 0 … 5, if the memory has it. It is read before anything else is
  /// asked for: another word may take its place.
  @inline(always)
  mutating func remembered(inSlot slot: Int, byTable table: Int) -> UnsafePointer<LearntScorer.Values>? {
    guard wordCase != .upper, let memory, let place = place(inSlot: slot) else { return nil }
    return memory.seen(at: place, byTable: table)
  }

  /// The same without the memory; nil if it is not known. Apart, as it is rare.
  @inline(never)
  mutating func values(inSlot slot: Int, by scorer: LearntScorer) -> LearntScorer.Values? {
    scorer.values(of: item(inSlot: slot), view, isShouting: wordCase == .upper)
  }
}
