/// A match with the items around it, read as far as its conditions ask.
struct Surroundings {
  let view: TextView
  let tables: Tables
  let wordCase: WordCase
  private var after: (Item?, Item?, Item?) = (nil, nil, nil)
  private var before: (Item?, Item?, Item?) = (nil, nil, nil)
  private let start: Int
  private let end: Int

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
    case .all:
      return fold(node, start: .yes) { $0 && $1 }
    case .any:
      return fold(node, start: .no) { $0 || $1 }
    case .not: return !evaluate(tables.children[Int(node.range.first)])
    case .match: return Ternary(wordCase.bit & node.bits != 0)
    case .kind: return item(node.position).has(ItemKinds(rawValue: UInt32(truncatingIfNeeded: node.bits)))
    case .memberOf: return isMember(item(node.position), node.bits)
    case .mark: return isOne(item(node.position), node.range, .punctuation) { $0.equals($1) }
    case .suffix: return isOne(item(node.position), node.range, .word) { $0.ends(in: $1) }
    }
  }

  private mutating func fold(_ node: Node, start: Ternary, _ combine: (Ternary, Ternary) -> Ternary) -> Ternary {
    var result = start
    for child in node.range.indices { result = combine(result, evaluate(tables.children[child])) }
    return result
  }

  private func isMember(_ item: Item, _ classes: UInt64) -> Ternary {
    if item.isUnknown { return .unknown }
    let length = item.end - item.start
    // ’ takes three bytes where ' takes one.
    guard item.isWord, length <= tables.longestClassWord * 3 else { return .no }
    if item.isPartial { return .unknown }
    let bits = tables.classes.value(of: FoldedWord(view.bytes, item.start, item.end)) ?? 0
    return Ternary(bits & classes != 0)
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

  private mutating func item(_ position: Int8) -> Item {
    switch position {
    case 1: return next
    case 2: return cached(\.after.1, past: next) { $0.item(after: $1.end) }
    case 3:
      let second = item(2)
      return cached(\.after.2, past: second) { $0.item(after: $1.end) }
    case -1: return previous
    case -2: return cached(\.before.1, past: previous) { $0.item(before: $1.start) }
    default:
      let second = item(-2)
      return cached(\.before.2, past: second) { $0.item(before: $1.start) }
    }
  }

  private mutating func cached(
    _ path: WritableKeyPath<Surroundings, Item?>, past inner: Item, _ read: (TextView, Item) -> Item
  ) -> Item {
    if let item = self[keyPath: path] { return item }
    // Past a paragraph's or the segment's end there is nothing else.
    let item = inner.isBarrier || inner.isPartial ? (inner.isPartial ? .unknown(inner.end) : inner) : read(view, inner)
    self[keyPath: path] = item
    return item
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
