/// A learnt table laid out for lookup. How a feature's weight is found follows from its template, see ``LearntLayout``:
///
/// - What the features weigh that look at one item alone is known with the item: see ``Values``.
/// - What those weigh that look at two items stands in a matrix.
/// - All others are in a hash table. In most places they are not there, and hardly any is looked up in vain.
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
    /// Three for each item that features look at; behind them what stands for a part that a template does not have.
    let numbers: UnsafeMutablePointer<UInt16>
    /// The bits of all parts that are there.
    var parts: UInt16 = 0
    /// The bias, and what the items weigh alone.
    var sum: Int32

    @inline(always)
    func number(_ place: UInt8) -> UInt16 { numbers[Int(place)] }
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
  private let positions: UnsafeBufferPointer<LearntLayout.Position>
  private let pairs: UnsafeBufferPointer<LearntLayout.Pair>
  private let pairWeights: UnsafeBufferPointer<Int32>
  private let templates: UnsafeBufferPointer<LearntLayout.Template>
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
    positions = Tables.copy(layout.positions)
    pairs = Tables.copy(layout.pairs)
    pairWeights = Tables.copy(layout.pairWeights)
    templates = Tables.copy(layout.templates)
    weights = WeightTable(layout.weights)
    bias = table.bias.thousandths
  }

  deinit {
    classes.deallocate()
    text.bytes.deallocate()
    words.deallocate()
    endings.deallocate()
    known.deallocate()
    positions.deallocate()
    pairs.deallocate()
    pairWeights.deallocate()
    templates.deallocate()
    weights.deallocate()
  }
}

extension LearntScorer {
  /// The margin in thousandths, or nil where something that the table looks at is not known. `table` is this one's number
  /// in its pack. No allocation.
  func margin(_ around: inout Surroundings, table: Int) -> Int32? {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: LearntLayout.absent + 1) { numbers in
      // Not empty.
      var context = Context(numbers: numbers.baseAddress!, sum: bias)
      for position in positions {
        if let seen = around.remembered(inSlot: Int(position.slot), byTable: table) {
          Self.add(seen, at: position, to: &context)
        } else {
          guard var seen = around.values(inSlot: Int(position.slot), by: self) else { return nil }
          Self.add(&seen, at: position, to: &context)
        }
      }
      return context.sum &+ weightOfPairs(context) &+ weightOfOthers(context)
    }
  }

  @inline(always)
  private static func add(
    _ seen: UnsafePointer<Values>, at position: LearntLayout.Position, to context: inout Context
  ) {
    let numbers = context.numbers + Int(position.slot) &* 3
    numbers[0] = seen.pointee.word
    numbers[1] = seen.pointee.ending
    numbers[2] = seen.pointee.wordClass
    context.parts |= seen.pointee.parts & position.parts
    if position.alone != LearntLayout.notAlone {
      context.sum &+= seen.pointee.alone[unchecked: Int(position.alone)]
    }
  }

  @inline(always)
  private func weightOfPairs(_ context: Context) -> Int32 {
    var sum: Int32 = 0
    for pair in pairs {
      sum &+= pairWeights[pair.index(context.number(pair.first), context.number(pair.second))]
    }
    return sum
  }

  @inline(always)
  private func weightOfOthers(_ context: Context) -> Int32 {
    context.numbers[LearntLayout.absent] = LearntLayout.nothing
    var sum: Int32 = 0
    for template in templates where template.bits & ~context.parts == 0 {
      let (first, second, third) = template.places
      sum &+= weights[template.key(context.number(first), context.number(second), context.number(third))]
    }
    return sum
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
