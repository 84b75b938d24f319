/// Where ``LearntScorer`` finds the weights of a learnt table's features.
struct LearntLayout {
  /// What is known of a word, an ending or a class wherever it stands.
  struct Known {
    /// Among those of its aspect that features name together with what another item is; 0 if none does.
    var number: UInt16 = 0
    /// The bits of those parts of ``Template``s that features name it for.
    var parts: UInt16 = 0
    /// What the features weigh that look at it alone: see ``Position/alone``.
    var alone: InlineArray<3, Int32> = [0, 0, 0]
  }

  /// One at which features look.
  struct Position {
    /// -3 … -1 and 1 … 3 as 0 … 5.
    let slot: UInt8
    /// The index of what looks at it alone, or ``LearntLayout/notAlone``.
    var alone = LearntLayout.notAlone
    /// The bits of those parts of ``Template``s that look at it.
    var parts: UInt16 = 0
  }

  /// A template of two parts with a matrix of weights: a row for each number of the first, with each of the second.
  struct Pair {
    /// The places of their numbers.
    let first: UInt8
    let second: UInt8
    let rowLength: UInt16
    let start: UInt32

    @inline(always)
    func index(_ first: UInt16, _ second: UInt16) -> Int { Int(start) &+ Int(first) &* Int(rowLength) &+ Int(second) }
  }

  /// A template of which the weights are found by their hashes.
  struct Template {
    let number: UInt16
    /// One for each part; parts beyond the sixteenth share theirs with others. A feature can only be there if each of its
    /// values is named for its part.
    let bits: UInt16
    /// The places of the numbers it looks at; ``LearntLayout/absent`` beyond the last.
    let places: (UInt8, UInt8, UInt8)

    @inline(always)
    func key(_ first: UInt16, _ second: UInt16, _ third: UInt16) -> UInt64 {
      UInt64(number) &<< 48 | UInt64(first) &<< 32 | UInt64(second) &<< 16 | UInt64(third)
    }
  }

  /// Where the weights of a template's features stand.
  private enum Home {
    case alone(index: Int)
    case pair(Pair)
    case table(Template, bits: [UInt16])
  }

  /// The place behind three numbers for each item, and the number that stands there.
  static let absent = 18
  static let nothing = UInt16.max
  static let notAlone: UInt8 = 3
  /// Weights of one pair: larger matrices are mostly zeros that push other things out of the caches.
  private static let largestMatrix = 1 << 15

  private(set) var words = KnownValues()
  private(set) var endings = KnownValues()
  private(set) var classes = KnownValues()
  /// The farthest is the last.
  private(set) var positions: [Position]
  private(set) var pairs: [Pair] = []
  private(set) var pairWeights: [Int32] = []
  private(set) var templates: [Template] = []
  private(set) var weights: [(key: UInt64, weight: Int32)] = []
  private var partCount = 0

  /// `classes` are those that ``ContextClasses`` numbers, from 1.
  init(_ table: LearntTable, classes names: [String]) {
    for name in names { _ = classes.index(of: name) }
    let slots = Set(table.weights.flatMap { $0.feature.template.parts.map { Self.slot($0.position) } })
    positions = slots.sorted { (Self.distance($0), $0) < (Self.distance($1), $1) }.map { Position(slot: $0) }
    for row in table.weights { findAlone(row.feature.template) }
    for row in table.weights where indexAlone(row.feature.template) == nil { number(row.feature) }
    var homes: [ContextTemplate: Home] = [:]
    for row in table.weights {
      let template = row.feature.template
      if homes[template] == nil { homes[template] = makeHome(template) }
      if let home = homes[template] { add(row, home) }
    }
  }

  /// -3 … -1 and 1 … 3 as 0 … 5.
  private static func slot(_ position: Int) -> UInt8 { UInt8(Surroundings.slot(of: Int8(position))) }

  /// Items from the word on.
  private static func distance(_ slot: UInt8) -> UInt8 { slot < 3 ? 3 - slot : slot - 2 }

  private static func place(_ part: ContextTemplate.Part) -> UInt8 {
    slot(part.position) * 3 + UInt8(ContextTemplate.Aspect.allCases.firstIndex(of: part.aspect) ?? 0)
  }

  private subscript(aspect: ContextTemplate.Aspect) -> KnownValues {
    get {
      switch aspect {
      case .word: words
      case .ending: endings
      case .wordClass: classes
      }
    }
    _modify {
      switch aspect {
      case .word: yield &words
      case .ending: yield &endings
      case .wordClass: yield &classes
      }
    }
  }
}

// MARK: Templates

extension LearntLayout {
  /// The first three positions that templates look at alone have an index.
  private mutating func findAlone(_ template: ContextTemplate) {
    let count = UInt8(positions.count { $0.alone != Self.notAlone })
    guard template.parts.count == 1, count < Self.notAlone, indexAlone(template) == nil,
      let position = index(ofPosition: template.parts[0])
    else { return }
    positions[position].alone = count
  }

  private func indexAlone(_ template: ContextTemplate) -> Int? {
    guard template.parts.count == 1, let position = index(ofPosition: template.parts[0]) else { return nil }
    return positions[position].alone == Self.notAlone ? nil : Int(positions[position].alone)
  }

  private func index(ofPosition part: ContextTemplate.Part) -> Int? {
    positions.firstIndex { $0.slot == Self.slot(part.position) }
  }

  private mutating func makeHome(_ template: ContextTemplate) -> Home {
    if let index = indexAlone(template) { return .alone(index: index) }
    if let pair = makePair(template.parts) { return .pair(pair) }
    return makeTemplate(template.parts)
  }

  private mutating func makePair(_ parts: [ContextTemplate.Part]) -> Pair? {
    guard parts.count == 2 else { return nil }
    let (rows, columns) = (self[parts[0].aspect].numbers + 1, self[parts[1].aspect].numbers + 1)
    guard rows * columns <= Self.largestMatrix else { return nil }
    let pair = Pair(
      first: Self.place(parts[0]), second: Self.place(parts[1]), rowLength: UInt16(columns),
      start: UInt32(pairWeights.count))
    pairs.append(pair)
    pairWeights += [Int32](repeating: 0, count: rows * columns)
    return pair
  }

  private mutating func makeTemplate(_ parts: [ContextTemplate.Part]) -> Home {
    let bits = parts.map { makeBit($0) }
    let places = parts.map(Self.place) + [UInt8](repeating: UInt8(Self.absent), count: 2)
    let template = Template(
      number: UInt16(templates.count), bits: bits.reduce(0) { $0 | $1 }, places: (places[0], places[1], places[2]))
    templates.append(template)
    return .table(template, bits: bits)
  }

  private mutating func makeBit(_ part: ContextTemplate.Part) -> UInt16 {
    let bit = UInt16(1) << (partCount % UInt16.bitWidth)
    partCount += 1
    if let position = index(ofPosition: part) { positions[position].parts |= bit }
    return bit
  }
}

// MARK: Weights

extension LearntLayout {
  private mutating func number(_ feature: ContextFeature) {
    for (part, value) in zip(feature.template.parts, feature.values) { self[part.aspect].number(value) }
  }

  private mutating func add(_ row: LearntTable.Weight, _ home: Home) {
    let (parts, weight) = (row.feature.template.parts, row.weight.thousandths)
    let indices = zip(parts, row.feature.values).map { self[$0.aspect].index(of: $1) }
    let numbers = zip(parts, indices).map { self[$0.aspect].known[$1].number } + [Self.nothing, Self.nothing]
    switch home {
    case .alone(let index): self[parts[0].aspect].known[indices[0]].alone[index] &+= weight
    case .pair(let pair): pairWeights[pair.index(numbers[0], numbers[1])] &+= weight
    case .table(let template, let bits):
      weights.append((template.key(numbers[0], numbers[1], numbers[2]), weight))
      for (index, part) in parts.enumerated() { self[part.aspect].known[indices[index]].parts |= bits[index] }
    }
  }
}

/// The words, the endings or the classes that features name.
struct KnownValues {
  /// The first is what is known of all others.
  var known = [LearntLayout.Known()]
  /// Of these, how many have a number.
  private(set) var numbers = 0
  /// By their bytes: for a `String` é is the same as e with an accent behind it.
  private var indices: [[UInt8]: Int] = [:]

  mutating func index(of value: String) -> Int {
    let value = Array(value.utf8)
    if let index = indices[value] { return index }
    indices[value] = known.count
    known.append(LearntLayout.Known())
    return known.count - 1
  }

  mutating func number(_ value: String) {
    let index = index(of: value)
    guard known[index].number == 0 else { return }
    numbers += 1
    known[index].number = UInt16(numbers)
  }

  /// With their indices.
  func slots(_ text: inout TextInterner) -> [WordTable.Slot] {
    indices.sorted { $0.value < $1.value }.map {
      WordTable.Slot(word: text.slice(String(decoding: $0.key, as: UTF8.self)), value: UInt64($0.value))
    }
  }
}
