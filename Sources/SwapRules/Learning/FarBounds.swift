/// What the item farthest from the word can add to a margin, at least and at most, by what the nearer items are.
///
/// In 7 of 10 places where the shipped table is asked about a novel, nothing that could stand there would change the answer,
/// and it is not looked up.
///
/// Each template's bounds are added up as if its features could all be met at once: no margin is beyond them, and none need
/// reach them.
struct FarBounds {
  /// The least and the most.
  typealias Bounds = SIMD2<Int32>

  /// The bounds of one template's weights by the number of its first nearer part.
  struct Row {
    let place: UInt8
    let start: UInt32
  }

  /// Of features that look at no nearer item, but for those that a row counts.
  fileprivate(set) var alone = Bounds()
  fileprivate(set) var rows: [Row] = []
  fileprivate(set) var bounds: [Bounds] = []
}

extension LearntLayout {
  private typealias Bounds = FarBounds.Bounds

  /// Bounds of one template: a stranger's table may have hundreds of templates and tens of thousands of words.
  private static let longestRow = 1 << 12

  /// `slot` is that of the farthest item.
  func farBounds(slot: UInt8) -> FarBounds {
    var result = FarBounds()
    let farPairs = pairs.filter { $0.looks(at: slot) }
    // What a class weighs alone hangs together with what it weighs beside another: of both at once the bounds are narrower.
    let joint = farPairs.firstIndex { $0.far(slot) == Self.classPlace(slot) }
    let numbered = boundsByNumber(slot)
    result.alone = boundsAlone(words, slot) &+ boundsAlone(endings, slot)
    if joint == nil { result.alone &+= boundsAlone(classes, slot) }
    for (index, pair) in farPairs.enumerated() {
      add(pair, slot, index == joint ? numbered : nil, to: &result)
    }
    for template in templates where template.looks(at: slot) { add(template, slot, to: &result) }
    return result
  }

  private static func classPlace(_ slot: UInt8) -> UInt8 { slot * 3 + 2 }

  private func values(at place: UInt8) -> KnownValues { [words, endings, classes][Int(place % 3)] }

  private func weightAlone(_ known: Known, _ slot: UInt8) -> Int32 {
    let index = positions.first { $0.slot == slot }?.alone ?? Self.notAlone
    return index == Self.notAlone ? 0 : known.alone[Int(index)]
  }

  private func boundsAlone(_ values: KnownValues, _ slot: UInt8) -> Bounds {
    values.known.reduce(into: Bounds()) { $0.widen(to: Bounds(repeating: weightAlone($1, slot))) }
  }

  /// Of what classes weigh alone, for each number; nil where no class has it.
  private func boundsByNumber(_ slot: UInt8) -> [Bounds?] {
    var bounds = [Bounds?](repeating: nil, count: classes.numbers + 1)
    // Every item is of a class: the first of them is none.
    for known in classes.known.dropFirst() {
      let weight = Bounds(repeating: weightAlone(known, slot))
      bounds[Int(known.number)].widen(to: weight)
    }
    return bounds
  }

  /// `alone` is what the far values weigh alone, by their numbers; nil if that is counted elsewhere.
  private func add(_ pair: Pair, _ slot: UInt8, _ alone: [Bounds?]?, to result: inout FarBounds) {
    let isFarFirst = pair.first == pair.far(slot)
    let near = isFarFirst ? pair.second : pair.first
    let alone = alone ?? [Bounds?](repeating: Bounds(), count: values(at: pair.far(slot)).numbers + 1)
    result.rows.append(FarBounds.Row(place: near, start: UInt32(result.bounds.count)))
    for number in 0...UInt16(values(at: near).numbers) {
      var bounds: Bounds?
      for (other, alone) in zip(UInt16(0)..., alone) {
        guard let alone else { continue }
        let weight = pairWeights[isFarFirst ? pair.index(other, number) : pair.index(number, other)]
        bounds.widen(to: alone &+ Bounds(repeating: weight))
      }
      result.bounds.append(bounds ?? Bounds())
    }
  }

  private func add(_ template: Template, _ slot: UInt8, to result: inout FarBounds) {
    let places = [template.places.0, template.places.1, template.places.2].filter { $0 != Self.absent }
    let near = places.firstIndex { $0 / 3 != slot && values(at: $0).numbers < Self.longestRow }
    let start = result.bounds.count
    let count = near.map { values(at: places[$0]).numbers + 1 } ?? 1
    // A feature that is not there adds nothing.
    var bounds = [Bounds](repeating: Bounds(), count: count)
    for (key, weight) in weights where UInt16(key >> 48) == template.number {
      let number = near.map { Int(UInt16(truncatingIfNeeded: key >> UInt64(32 - 16 * $0))) } ?? 0
      bounds[number].widen(to: Bounds(repeating: weight))
    }
    guard let near else { return result.alone &+= bounds[0] }
    result.rows.append(FarBounds.Row(place: places[near], start: UInt32(start)))
    result.bounds += bounds
  }
}

extension LearntLayout.Pair {
  func looks(at slot: UInt8) -> Bool { first / 3 == slot || second / 3 == slot }

  /// The place that is the far item's.
  fileprivate func far(_ slot: UInt8) -> UInt8 { first / 3 == slot ? first : second }
}

extension LearntLayout.Template {
  func looks(at slot: UInt8) -> Bool { places.0 / 3 == slot || places.1 / 3 == slot || places.2 / 3 == slot }
}

extension FarBounds.Bounds {
  fileprivate mutating func widen(to other: Self) { self = Self(Swift.min(x, other.x), Swift.max(y, other.y)) }
}

extension FarBounds.Bounds? {
  fileprivate mutating func widen(to other: FarBounds.Bounds) {
    self?.widen(to: other)
    self = self ?? other
  }
}
