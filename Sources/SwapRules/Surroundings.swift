/// A match with the items around it, read as far as its conditions ask. Lives within one call of the matcher, which holds
/// the tables.
struct Surroundings {
  let view: TextView
  unowned(unsafe) let tables: Tables
  let wordCase: WordCase
  private var after: (Item?, Item?, Item?) = (nil, nil, nil)
  private var before: (Item?, Item?, Item?) = (nil, nil, nil)
  /// The classes of the next and the previous item, which most conditions ask for.
  private var nextClasses: UInt64?
  private var previousClasses: UInt64?
  let start: Int
  let end: Int

  /// `end` is where the word's clitic ends, if it has one.
  init(_ view: TextView, _ tables: Tables, wordCase: WordCase, start: Int, end: Int) {
    self.view = view
    self.tables = tables
    self.wordCase = wordCase
    self.start = start
    self.end = end
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
    guard let margin = tables.learnt[use.index].margin(&self) else { return (.unknown, false) }
    return (condition && Ternary(margin > use.threshold), abs(margin - use.threshold) <= use.doubt && use.doubt > 0)
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
    return Ternary(self.classes(of: item, position) & classes != 0)
  }

  private mutating func classes(of item: Item, _ position: Int8) -> UInt64 {
    if position == 1, let nextClasses { return nextClasses }
    if position == -1, let previousClasses { return previousClasses }
    let classes = tables.classes.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0
    if position == 1 { nextClasses = classes }
    if position == -1 { previousClasses = classes }
    return classes
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

  /// The item at -3 … -1 or 1 … 3.
  mutating func item(_ position: Int8) -> Item {
    switch position {
    case 1: next
    case 2: second
    case 3: third
    case -1: previous
    case -2: secondPrevious
    default: thirdPrevious
    }
  }

  private var second: Item {
    mutating get {
      if let item = after.1 { return item }
      let item = item(past: next)
      after.1 = item
      return item
    }
  }

  private var third: Item {
    mutating get {
      if let item = after.2 { return item }
      let item = item(past: second)
      after.2 = item
      return item
    }
  }

  private var secondPrevious: Item {
    mutating get {
      if let item = before.1 { return item }
      let item = item(before: previous)
      before.1 = item
      return item
    }
  }

  private var thirdPrevious: Item {
    mutating get {
      if let item = before.2 { return item }
      let item = item(before: secondPrevious)
      before.2 = item
      return item
    }
  }

  /// Past a paragraph's or the segment's end there is nothing else.
  private func item(past inner: Item) -> Item {
    if inner.isPartial { return .unknown(inner.end) }
    return inner.isBarrier ? inner : view.item(after: inner.end)
  }

  private func item(before inner: Item) -> Item {
    if inner.isPartial { return .unknown(inner.start) }
    return inner.isBarrier ? inner : view.item(before: inner.start)
  }

  var next: Item {
    mutating get {
      if let item = after.0 { return item }
      let item = view.item(after: end)
      after.0 = item
      return item
    }
  }

  var previous: Item {
    mutating get {
      if let item = before.0 { return item }
      let item = view.item(before: start)
      before.0 = item
      return item
    }
  }
}
