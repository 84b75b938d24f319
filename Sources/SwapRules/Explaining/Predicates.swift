import StructuredText

/// Conditions in the words of their file, with the answers of the nodes that they were compiled to.
extension Matcher {
  /// `node` is what the compiler made of `condition`: the two have the same shape.
  func predicate(_ condition: Condition, _ node: UInt32, _ around: inout Surroundings) -> Explanation.Predicate {
    switch condition {
    case .all(let all): return list(.all, all.map(Part.condition), node, &around)
    case .any(let any): return list(.any, any.map(Part.condition), node, &around)
    case .not(let inner): return list(.not, [.condition(inner)], node, &around)
    case .item(let position, let test): return predicate(test, ConditionParser.name(of: position), node, &around)
    case .match(let cases): return leaf("match", cases.map(\.rawValue), node, &around)
    }
  }

  private func predicate(
    _ test: ItemTest, _ item: String, _ node: UInt32, _ around: inout Surroundings
  ) -> Explanation.Predicate {
    switch test {
    case .all(let all): return list(.all, all.map { Part.test($0, item) }, node, &around)
    case .any(let any):
      let names = any.compactMap(\.className)
      if names.count == any.count { return leaf("\(item) in", names, node, &around) }
      let kinds = any.compactMap(\.kindName)
      if kinds.count == any.count { return leaf("\(item) any", kinds, node, &around) }
      return list(.any, any.map { Part.test($0, item) }, node, &around)
    case .not(let inner): return list(.not, [.test(inner, item)], node, &around)
    case .kind: return leaf("\(item) any", [test.kindName ?? ""], node, &around)
    case .memberOf(let name): return leaf("\(item) in", [name.text], node, &around)
    case .word(let words): return leaf("\(item) is", words.map(\.text), node, &around)
    case .mark(let marks): return leaf("\(item) mark", marks.map(\.text), node, &around)
    case .suffix(let endings): return leaf("\(item) suffix", endings.map(\.text), node, &around)
    }
  }

  private enum Part {
    case condition(Condition)
    case test(ItemTest, String)
  }

  private func list(
    _ form: Explanation.Predicate.Form, _ parts: [Part], _ node: UInt32, _ around: inout Surroundings
  ) -> Explanation.Predicate {
    let children = tables.nodes[Int(node)].range.indices
    var predicates: [Explanation.Predicate] = []
    for (part, child) in zip(parts, children) {
      switch part {
      case .condition(let condition): predicates.append(predicate(condition, tables.children[child], &around))
      case .test(let test, let item): predicates.append(predicate(test, item, tables.children[child], &around))
      }
    }
    return Explanation.Predicate(
      form: form, text: "", answer: Explanation.Answer(around.evaluate(node)), parts: predicates)
  }

  private func leaf(
    _ text: String, _ names: [String], _ node: UInt32, _ around: inout Surroundings
  ) -> Explanation.Predicate {
    Explanation.Predicate(
      form: .test, text: "\(text) [\(names.joined(separator: ", "))]",
      answer: Explanation.Answer(around.evaluate(node)), parts: [])
  }
}

extension ConditionParser {
  static func name(of position: Int) -> String { positions.first { $0.value == position }?.key ?? "\(position)" }
}

extension ItemTest {
  fileprivate var className: String? {
    if case .memberOf(let name) = self { name.text } else { nil }
  }

  fileprivate var kindName: String? {
    guard case .kind(let kinds) = self else { return nil }
    return ItemKinds.named.first { $0.value == kinds }?.key
  }
}
