/// A learnt table laid out for lookup. How a feature's weight is found follows from its template, see ``LearntLayout``:
///
/// - What the features weigh that look at one item alone is known with the item: see ``Values``.
/// - What those weigh that look at two items stands in a matrix.
/// - All others are in a hash table. In most places they are not there, and hardly any is looked up in vain.
///
/// The farthest item is looked up last, and only if it can change the answer: see ``FarBounds``.
final class LearntScorer: @unchecked Sendable {  // immutable after init
  /// What is seen of one item.
  struct Values {
    /// The numbers of its word, its ending and its class; 0 where no feature names it together with what another item is.
    var word: UInt16 = 0
    var ending: UInt16 = 0
    var wordClass: UInt16 = 0
    /// See ``LearntLayout/Known/parts``.
    var parts: UInt16 = 0
    /// What the features weigh that look at it alone, for each position that has such.
    var alone: InlineArray<3, Int32> = [0, 0, 0]

    fileprivate mutating func add(_ known: LearntLayout.Known) {
      parts |= known.parts
      for index in alone.indices { alone[index] &+= known.alone[index] }
    }
  }

  /// What is read of the items around a word.
  private struct Context {
    /// Three for each item that features look at; behind them, at ``LearntLayout/absent``, what stands for a part that a template
    /// does not have.
    private var numbers = InlineArray<19, UInt16>(repeating: LearntLayout.nothing)
    /// The bits of all parts that are there.
    var parts: UInt16 = 0
    /// The bias, and what the features weigh that were looked at.
    var sum: Int32

    init(sum: Int32) { self.sum = sum }

    @inline(always)
    func number(_ place: UInt8) -> UInt16 { numbers[unchecked: Int(place)] }

    @inline(always)
    mutating func add(_ seen: UnsafePointer<Values>, at position: LearntLayout.Position) {
      let place = Int(position.slot) &* 3
      numbers[unchecked: place] = seen.pointee.word
      numbers[unchecked: place &+ 1] = seen.pointee.ending
      numbers[unchecked: place &+ 2] = seen.pointee.wordClass
      parts |= seen.pointee.parts & position.parts
      if position.alone != LearntLayout.notAlone { sum &+= seen.pointee.alone[unchecked: Int(position.alone)] }
    }
  }

  /// Positions, and the features of several parts that look at them.
  private struct Features {
    let positions: UnsafeBufferPointer<LearntLayout.Position>
    let pairs: UnsafeBufferPointer<LearntLayout.Pair>
    let templates: UnsafeBufferPointer<LearntLayout.Template>

    /// The position farthest from the word with all that looks at it, or else all others.
    init(_ layout: LearntLayout, ofFarthest isFar: Bool) {
      let farthest = layout.positions.last?.slot
      let looksAtIt = { (looks: (UInt8) -> Bool) in farthest.map(looks) ?? false }
      positions = Tables.copy(layout.positions.filter { ($0.slot == farthest) == isFar })
      pairs = Tables.copy(layout.pairs.filter { looksAtIt($0.looks) == isFar })
      templates = Tables.copy(layout.templates.filter { looksAtIt($0.looks) == isFar })
    }

    func deallocate() {
      positions.deallocate()
      pairs.deallocate()
      templates.deallocate()
    }
  }

  let table: LearntTable
  private let classes: ContextClasses
  private let text: TextTable
  /// Where a value is in ``known``, from the first of its aspect.
  private let words: WordTable
  private let endings: WordTable
  private let known: UnsafeBufferPointer<LearntLayout.Known>
  private let firstEnding: Int
  private let firstClass: Int
  private let near: Features
  /// Those that look at the position farthest from the word, and perhaps at nearer ones.
  private let far: Features
  private let farAlone: FarBounds.Bounds
  private let farRows: UnsafeBufferPointer<FarBounds.Row>
  private let farBounds: UnsafeBufferPointer<FarBounds.Bounds>
  private let pairWeights: UnsafeBufferPointer<Int32>
  private let weights: WeightTable
  private let bias: Int32

  init(_ table: LearntTable) {
    self.table = table
    classes = ContextClasses(table.classes, endings: table.endings)
    let layout = LearntLayout(table, classes: classes.names)
    var interner = TextInterner()
    let (words, endings) = (layout.words.slots(&interner), layout.endings.slots(&interner))
    text = TextTable(bytes: Tables.copy(interner.bytes))
    self.words = WordTable(words, text: text)
    self.endings = WordTable(endings, text: text)
    known = Tables.copy(layout.words.known + layout.endings.known + layout.classes.known)
    firstEnding = layout.words.known.count
    firstClass = firstEnding + layout.endings.known.count
    near = Features(layout, ofFarthest: false)
    far = Features(layout, ofFarthest: true)
    let bounds = layout.positions.last.map { layout.farBounds(slot: $0.slot) } ?? FarBounds()
    farAlone = bounds.alone
    farRows = Tables.copy(bounds.rows)
    farBounds = Tables.copy(bounds.bounds)
    pairWeights = Tables.copy(layout.pairWeights)
    weights = WeightTable(layout.weights)
    bias = table.bias.thousandths
  }

  deinit {
    classes.deallocate()
    text.bytes.deallocate()
    words.deallocate()
    endings.deallocate()
    known.deallocate()
    near.deallocate()
    far.deallocate()
    farRows.deallocate()
    farBounds.deallocate()
    pairWeights.deallocate()
    weights.deallocate()
  }
}

extension LearntScorer {
  /// The margin in thousandths, or nil where something that the table looks at is not known. `table` is this one's number
  /// in its pack. No allocation.
  func margin(_ around: inout Surroundings, table: Int) -> Int32? {
    margin(&around, table: table) { _, _ in false }
  }

  /// The same, or the least that it can be if that and the most, as far as they are known without the item farthest from the
  /// word, are enough for `isEnough`. That item need only be known then, not looked up.
  @inline(always)
  func margin(
    _ around: inout Surroundings, table: Int, isEnough: (_ lowest: Int32, _ highest: Int32) -> Bool
  ) -> Int32? {
    var context = Context(sum: bias)
    guard read(near, &around, table, &context) else { return nil }
    let bounds = bounds(context)
    if isEnough(bounds.x, bounds.y) { return isFarKnown(&around) ? bounds.x : nil }
    return read(far, &around, table, &context) ? context.sum : nil
  }

  @inline(always)
  private func isFarKnown(_ around: inout Surroundings) -> Bool {
    for position in far.positions where !around.isKnown(inSlot: Int(position.slot)) { return false }
    return true
  }

  /// What the margin can be at the least and at the most whatever the farthest item is.
  @inline(always)
  private func bounds(_ context: Context) -> FarBounds.Bounds {
    var bounds = farAlone &+ FarBounds.Bounds(repeating: context.sum)
    for row in farRows { bounds &+= farBounds[Int(row.start) &+ Int(context.number(row.place))] }
    return bounds
  }

  /// Adds what features weigh; false where an item is not known.
  @inline(always)
  private func read(
    _ features: Features, _ around: inout Surroundings, _ table: Int, _ context: inout Context
  ) -> Bool {
    for position in features.positions {
      if let seen = around.remembered(inSlot: Int(position.slot), byTable: table) {
        context.add(seen, at: position)
      } else {
        guard var seen = around.values(inSlot: Int(position.slot), by: self) else { return false }
        context.add(&seen, at: position)
      }
    }
    for pair in features.pairs {
      context.sum &+= pairWeights[pair.index(context.number(pair.first), context.number(pair.second))]
    }
    for template in features.templates where template.bits & ~context.parts == 0 {
      let (first, second, third) = template.places
      context.sum &+= weights[template.key(context.number(first), context.number(second), context.number(third))]
    }
    return true
  }

  /// What is seen of an item; nil if that is not known.
  func values(of item: Item, _ view: TextView, isShouting: Bool) -> Values? {
    guard let number = classes.number(of: item, in: view, isShouting: isShouting) else { return nil }
    var (word, ending): (UInt64?, UInt64?)
    if item.end > item.start, !item.isBarrier {
      word = words.value(of: FoldedWord(view.bytes, item.start, item.end))
      ending = item.endingStart.flatMap { endings.value(of: FoldedWord(view.bytes, $0, item.end)) }
    }
    let knownWord = known[Int(word ?? 0)]
    let knownEnding = known[firstEnding + Int(ending ?? 0)]
    let knownClass = known[firstClass + Int(number)]
    var values = Values(word: knownWord.number, ending: knownEnding.number, wordClass: knownClass.number)
    values.add(knownWord)
    values.add(knownEnding)
    values.add(knownClass)
    return values
  }
}

extension Item {
  /// Where a word's last three bytes begin, if it has so many.
  var endingStart: Int? { isWord && end - start >= 3 ? end - 3 : nil }
}

/// Weights by feature: open addressing, at most half full.
private struct WeightTable {
  struct Slot {
    var key: UInt64
    /// 0 in empty slots, which adds nothing.
    var weight: Int32
    var isUsed: Bool
  }

  private let slots: UnsafeBufferPointer<Slot>
  private let shift: UInt64

  init(_ weights: [(key: UInt64, weight: Int32)]) {
    var bits: UInt64 = 6
    while 1 << bits < weights.count * 2 { bits += 1 }
    shift = 64 - bits
    var slots = [Slot](repeating: Slot(key: 0, weight: 0, isUsed: false), count: 1 << bits)
    for (key, weight) in weights {
      var index = Self.hash(key, shift)
      while slots[index].isUsed { index = (index + 1) & (slots.count - 1) }
      slots[index] = Slot(key: key, weight: weight, isUsed: true)
    }
    self.slots = Tables.copy(slots)
  }

  func deallocate() { slots.deallocate() }

  /// Fibonacci hashing: the high bits of the product depend on all of the key.
  @inline(always)
  private static func hash(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(always)
  subscript(_ key: UInt64) -> Int32 {
    var index = Self.hash(key, shift)
    while slots[index].isUsed {
      if slots[index].key == key { return slots[index].weight }
      index = (index &+ 1) & (slots.count &- 1)
    }
    return 0
  }
}
