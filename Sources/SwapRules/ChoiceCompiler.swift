/// Makes each entry's branches one program of steps.
struct ChoiceCompiler {
  private let parts: TableParts
  private(set) var steps: [ChoiceStep] = []
  private(set) var tests: [TextTests.Test] = []
  private var testsByNode: [UInt32: Int] = [:]
  private var testsByText: [TestKey: Int] = [:]

  private struct TestKey: Hashable {
    var isEnding: Bool
    var texts: [ByteSlice]
  }

  init(_ parts: TableParts) {
    self.parts = parts
    for (index, node) in parts.nodes.enumerated() where node.operation == .mark || node.operation == .suffix {
      addTest(UInt32(index), node)
    }
  }

  private mutating func addTest(_ index: UInt32, _ node: Node) {
    let key = TestKey(isEnding: node.operation == .suffix, texts: node.range.indices.map { parts.slices[$0] })
    if testsByText[key] == nil {
      testsByText[key] = tests.count
      tests.append(TextTests.Test(isEnding: key.isEnding, texts: node.range))
    }
    testsByNode[index] = testsByText[key]
  }

  /// Where the program of an entry begins; nil if the pack has more lists of endings and marks than there are bits.
  mutating func add(_ entry: Entry) -> UInt32? {
    guard tests.count <= TextTests.maximumCount, steps.count < Int(ChoiceStep.Outcome.flag) / 2 else { return nil }
    var next = ChoiceStep.Outcome.none
    for (offset, index) in entry.branches.indices.enumerated().reversed() {
      let branch = parts.branches[index]
      var holds = ChoiceStep.Outcome.branch(offset)
      if branch.table != nil {
        holds = add(ChoiceStep(fact: ChoiceStep.table, bits: UInt64(index), yes: holds, no: next))
      }
      next = branch.condition.map { add($0, yes: holds, no: next) } ?? holds
    }
    return next
  }

  /// Where a condition's test begins. What comes later in the text is laid out first.
  private mutating func add(_ index: UInt32, yes: UInt32, no: UInt32) -> UInt32 {
    let node = parts.nodes[Int(index)]
    let children = node.range.indices.lazy.map { [children = parts.children] in children[$0] }
    switch node.operation {
    case .all: return nextFirst(children).reversed().reduce(yes) { add($1, yes: $0, no: no) }
    case .any: return addAny(nextFirst(children), yes: yes, no: no)
    case .not: return add(parts.children[Int(node.range.first)], yes: no, no: yes)
    default:
      let test = leaf(index, node)
      return add(ChoiceStep(fact: test.fact, bits: test.bits, yes: yes, no: no))
    }
  }

  /// What asks about the next item alone comes first: see ``Surroundings/firstStep(of:)``.
  private func nextFirst(_ children: some Sequence<UInt32>) -> [UInt32] {
    let children = children.map { (index: $0, isNext: asksNextOnly($0)) }
    return children.filter(\.isNext).map(\.index) + children.filter { !$0.isNext }.map(\.index)
  }

  private func asksNextOnly(_ index: UInt32) -> Bool {
    let node = parts.nodes[Int(index)]
    switch node.operation {
    case .all, .any, .not: return node.range.indices.allSatisfy { asksNextOnly(parts.children[$0]) }
    default: return ChoiceStep.asksNext(leaf(index, node).fact)
    }
  }

  /// Tests of one fact are one test.
  private mutating func addAny(_ children: [UInt32], yes: UInt32, no: UInt32) -> UInt32 {
    var others: [UInt32] = []
    var bits: [(fact: UInt8, bits: UInt64)] = []
    for child in children {
      let node = parts.nodes[Int(child)]
      guard ![.all, .any, .not].contains(node.operation) else {
        others.append(child)
        continue
      }
      let test = leaf(child, node)
      if let index = bits.firstIndex(where: { $0.fact == test.fact }) {
        bits[index].bits |= test.bits
      } else {
        bits.append(test)
      }
    }
    var next = others.reversed().reduce(no) { add($1, yes: yes, no: $0) }
    for test in bits.reversed() { next = add(ChoiceStep(fact: test.fact, bits: test.bits, yes: yes, no: next)) }
    return next
  }

  private func leaf(_ index: UInt32, _ node: Node) -> (fact: UInt8, bits: UInt64) {
    switch node.operation {
    case .kind: (ChoiceStep.fact(.kinds, node.position), node.bits)
    case .memberOf: (ChoiceStep.fact(.classes, node.position), node.bits)
    case .mark, .suffix:
      (ChoiceStep.fact(.texts, node.position), UInt64(1) << UInt64(testsByNode[index] ?? 0))
    case .match, .all, .any, .not: (ChoiceStep.matchCase, node.bits)
    }
  }

  private mutating func add(_ step: ChoiceStep) -> UInt32 {
    steps.append(step)
    return UInt32(steps.count - 1)
  }
}
