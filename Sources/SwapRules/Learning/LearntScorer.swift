/// A learnt table laid out for lookup: every value that its features name has a number, and a feature is its template's
/// number and up to three of those in one integer.
///
/// What the features weigh that look at one item alone is known with the item: see ``Values``.
final class LearntScorer: @unchecked Sendable {  // immutable after init
  private struct Template {
    /// Its number as the high bits of a key.
    var number: UInt64
    /// The place of each part's number among the values read; ``absent`` beyond the last part.
    var parts: (UInt8, UInt8, UInt8)
  }

  /// What is seen of one item: the numbers of its word, its ending and its class; 0 where no feature names it.
  struct Values {
    var word: UInt16 = 0
    var ending: UInt16 = 0
    var wordClass: UInt16 = 0
    /// What the features weigh that look at it alone, for each of the table's ``positionsAlone``.
    var alone: InlineArray<3, Int32> = [0, 0, 0]

    /// By ``ContextTemplate/Aspect``.
    fileprivate subscript(aspect: Int) -> UInt16 { aspect == 0 ? word : aspect == 1 ? ending : wordClass }
  }

  private static let positions = 6
  /// Behind three numbers for each item, and what stands there.
  private static let absent = UInt8(positions * 3)
  fileprivate static let nothing = UInt16.max
  private static let notAlone: UInt8 = 3

  let table: LearntTable
  private let classes: ContextClasses
  private let text: TextTable
  private let words: WordTable
  private let endings: WordTable
  /// Those that look at one item, of ``positionsAlone``, and all others.
  private let templatesAlone: [(template: Template, index: Int)]
  private let templates: UnsafeBufferPointer<Template>
  /// For each position what is its index in ``Values/alone``; that array's count where it has none.
  private let positionsAlone: InlineArray<6, UInt8>
  private let weights: WeightTable
  private let bias: Int32
  /// Those that a feature looks at, from the third before to the third after.
  private let usedPositions: UnsafeBufferPointer<UInt8>

  init(_ table: LearntTable) {
    self.table = table
    classes = ContextClasses(table.classes, endings: table.endings)
    var numbering = Numbering(classes.names)
    var keys: [(key: UInt64, weight: Int32)] = []
    for row in table.weights {
      keys.append((numbering.key(of: row.feature), row.weight.thousandths))
    }
    let (words, endings) = (numbering.slots(of: numbering.words), numbering.slots(of: numbering.endings))
    text = TextTable(bytes: Tables.copy(numbering.text.bytes))
    self.words = WordTable(words, text: text)
    self.endings = WordTable(endings, text: text)
    let all = numbering.templates.enumerated().map { (template: Self.template($1, number: $0), parts: $1.parts) }
    var alone = InlineArray<6, UInt8>(repeating: Self.notAlone)
    var count: UInt8 = 0
    for part in all.filter({ $0.parts.count == 1 }).map({ $0.parts[0] }) where count < Self.notAlone {
      let slot = Self.slot(part.position)
      if alone[slot] == Self.notAlone { (alone[slot], count) = (count, count + 1) }
    }
    positionsAlone = alone
    let isAlone = { (parts: [ContextTemplate.Part]) in
      parts.count == 1 && alone[Self.slot(parts[0].position)] < Self.notAlone
    }
    templatesAlone = all.filter { isAlone($0.parts) }.map { ($0.template, Int(alone[Self.slot($0.parts[0].position)])) }
    templates = Tables.copy(all.filter { !isAlone($0.parts) }.map(\.template))
    weights = WeightTable(keys)
    bias = table.bias.thousandths
    usedPositions = Tables.copy(
      Set(numbering.templates.flatMap(\.parts).map { UInt8(Self.slot($0.position)) }).sorted())
  }

  deinit {
    classes.deallocate()
    text.bytes.deallocate()
    words.deallocate()
    endings.deallocate()
    templates.deallocate()
    usedPositions.deallocate()
    weights.deallocate()
  }

  /// -3 … -1 and 1 … 3 as 0 … 5.
  private static func slot(_ position: Int) -> Int { position < 0 ? position + 3 : position + 2 }

  private static func template(_ template: ContextTemplate, number: Int) -> Template {
    let parts = template.parts.map { part in
      let aspect = ContextTemplate.Aspect.allCases.firstIndex(of: part.aspect) ?? 0
      return UInt8(slot(part.position) * 3 + aspect)
    }
    return Template(
      number: key(template: number, 0, 0, 0),
      parts: (parts[0], parts.count > 1 ? parts[1] : absent, parts.count > 2 ? parts[2] : absent))
  }
}

extension LearntScorer {
  /// The margin in thousandths, or nil where something that the table looks at is not known. `table` is this one's number
  /// in its pack. No allocation.
  func margin(_ around: inout Surroundings, table: Int) -> Int32? {
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: Self.positions * 3 + 1) { values in
      var sum = bias
      for position in usedPositions {
        let slot = Int(position)
        guard let seen = around.seen(inSlot: slot, by: self, table: table) else { return nil }
        values[slot &* 3] = seen.word
        values[slot &* 3 &+ 1] = seen.ending
        values[slot &* 3 &+ 2] = seen.wordClass
        let alone = positionsAlone[slot]
        if alone < Self.notAlone { sum &+= seen.alone[Int(alone)] }
      }
      values[Int(Self.absent)] = Self.nothing
      return sum &+ weight(of: UnsafeBufferPointer(values))
    }
  }

  /// What is seen of an item; nil if that is not known.
  func values(of item: Item, _ view: TextView, isShouting: Bool) -> Values? {
    guard let number = classes.number(of: item, in: view, isShouting: isShouting) else { return nil }
    var values = Values(wordClass: number)
    if item.end > item.start, !item.isBarrier {
      values.word = UInt16(truncatingIfNeeded: words.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0)
      if let start = item.endingStart {
        values.ending = UInt16(truncatingIfNeeded: endings.value(of: FoldedWord(view.bytes, start, item.end)) ?? 0)
      }
    }
    weighAlone(&values)
    return values
  }

  private func weighAlone(_ values: inout Values) {
    if values.word | values.ending | values.wordClass == 0 { return }
    for (template, index) in templatesAlone {
      let value = values[Int(template.parts.0 % 3)]
      if value != 0 { values.alone[index] &+= weights[template.number | Self.key(value, Self.nothing, Self.nothing)] }
    }
  }

  /// First all features that may have a weight, without a branch, then their weights.
  private func weight(of values: UnsafeBufferPointer<UInt16>) -> Int32 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: templates.count + 1) { keys in
      var count = 0
      for template in templates {
        let parts = template.parts
        let (first, second, third) = (values[Int(parts.0)], values[Int(parts.1)], values[Int(parts.2)])
        let key = template.number | Self.key(first, second, third)
        keys[count] = key
        // What no feature names is 0: such keys are none of the table's, and hardly any is let through.
        count &+= weights.mayHold(key)
      }
      var sum: Int32 = 0
      for index in 0..<count { sum &+= weights[keys[index]] }
      return sum
    }
  }

  @inline(__always)
  fileprivate static func key(template: Int = 0, _ first: UInt16, _ second: UInt16, _ third: UInt16) -> UInt64 {
    UInt64(truncatingIfNeeded: template) &<< 48 | UInt64(first) &<< 32 | UInt64(second) &<< 16 | UInt64(third)
  }
}

extension Item {
  /// Where a word's last three bytes begin, if it has so many.
  var endingStart: Int? { isWord && end - start >= 3 ? end - 3 : nil }
}

/// Numbers the values that features name.
private struct Numbering {
  private(set) var text = TextInterner()
  /// By their bytes: for a `String` é is the same as e with an accent behind it.
  private(set) var words: [[UInt8]: UInt16] = [:]
  private(set) var endings: [[UInt8]: UInt16] = [:]
  private(set) var templates: [ContextTemplate] = []
  private let classes: [String: UInt16]

  init(_ classes: [String]) {
    self.classes = Dictionary(uniqueKeysWithValues: zip(classes, 1...))
  }

  mutating func key(of feature: ContextFeature) -> UInt64 {
    let template = templates.firstIndex(of: feature.template) ?? templates.count
    if template == templates.count { templates.append(feature.template) }
    var numbers = zip(feature.template.parts, feature.values).map { number($1, $0.aspect) }
    while numbers.count < ContextTemplate.maximumParts { numbers.append(LearntScorer.nothing) }
    return LearntScorer.key(template: template, numbers[0], numbers[1], numbers[2])
  }

  private mutating func number(_ value: String, _ aspect: ContextTemplate.Aspect) -> UInt16 {
    switch aspect {
    case .word: return Self.number(value, &words)
    case .ending: return Self.number(value, &endings)
    // The parser knows them all; 0 is never seen.
    case .wordClass: return classes[value] ?? 0
    }
  }

  private static func number(_ value: String, _ known: inout [[UInt8]: UInt16]) -> UInt16 {
    let value = Array(value.utf8)
    if let number = known[value] { return number }
    let number = UInt16(known.count + 1)
    known[value] = number
    return number
  }

  mutating func slots(of numbers: [[UInt8]: UInt16]) -> [WordTable.Slot] {
    numbers.sorted { $0.value < $1.value }.map {
      WordTable.Slot(word: text.slice(String(decoding: $0.key, as: UTF8.self)), value: UInt64($0.value))
    }
  }
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
  /// A bit for each hash: of the features of a context hardly any has a weight.
  private let hashes: UnsafeBufferPointer<UInt64>
  private let hashShift: UInt64

  /// Bits of a hash for each slot.
  private static let bitsPerSlot: UInt64 = 3

  init(_ weights: [(key: UInt64, weight: Int32)]) {
    var bits: UInt64 = 6
    while 1 << bits < weights.count * 2 { bits += 1 }
    shift = 64 - bits
    hashShift = shift - Self.bitsPerSlot
    var slots = [Slot](repeating: Slot(key: 0, weight: 0, isUsed: false), count: 1 << bits)
    var hashes = [UInt64](repeating: 0, count: 1 << (bits + Self.bitsPerSlot - 6))
    for (key, weight) in weights {
      var index = Self.hash(key, shift)
      while slots[index].isUsed { index = (index + 1) & (slots.count - 1) }
      slots[index] = Slot(key: key, weight: weight, isUsed: true)
      let bit = Self.hash(key, hashShift)
      hashes[bit >> 6] |= 1 << UInt64(bit & 63)
    }
    self.slots = Tables.copy(slots)
    self.hashes = Tables.copy(hashes)
  }

  func deallocate() {
    slots.deallocate()
    hashes.deallocate()
  }

  /// Fibonacci hashing: the high bits of the product depend on all of the key.
  @inline(__always)
  private static func hash(_ key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// 1 if the feature may have a weight, else 0.
  @inline(__always)
  func mayHold(_ key: UInt64) -> Int {
    let bit = Self.hash(key, hashShift)
    return Int(truncatingIfNeeded: hashes[bit &>> 6] &>> UInt64(truncatingIfNeeded: bit & 63)) & 1
  }

  subscript(_ key: UInt64) -> Int32 {
    var index = Self.hash(key, shift)
    while slots[index].isUsed {
      if slots[index].key == key { return slots[index].weight }
      index = (index &+ 1) & (slots.count &- 1)
    }
    return 0
  }
}
