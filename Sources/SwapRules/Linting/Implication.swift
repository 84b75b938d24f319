/// What follows from a condition's words alone: enough to see that a branch is never reached.
///
/// Sound, not complete. If ``implies(_:_:)`` says yes then the second condition holds wherever the first does; it says
/// no where it cannot see that, as when two branches together cover a third. It knows that a smaller set of words lies
/// in a larger one, that a stop is punctuation, that what ends in "ning" ends in "ing", and how `all`, `any` and `not`
/// combine; it asks nothing about two different positions at once.
struct Implication {
  let classes: [String: Set<String>]

  private let effort = Effort()

  /// Steps that are left. A person's questions take hundreds; nested lists against others would take exponential time.
  private final class Effort {
    var ofQuestion = 0
    var ofAll = 2_000_000

    func ask() { ofQuestion = 20_000 }
  }

  init(classes: [String: Set<String>]) { self.classes = classes }

  /// False where too much has been tried: the answer is no then.
  func spend() -> Bool {
    effort.ofQuestion -= 1
    effort.ofAll -= 1
    return effort.ofQuestion > 0 && effort.ofAll > 0
  }

  /// Whether the second condition holds wherever the first does, which can hold; nil is the condition that always holds.
  func implies(_ left: Condition?, _ right: Condition?) -> Bool {
    guard let right else { return true }
    effort.ask()
    guard let left else { return isAlways(right) }
    return follows(right, from: left)
  }

  /// Whether nothing at all fulfils a condition.
  func neverHolds(_ condition: Condition) -> Bool {
    effort.ask()
    return isNever(condition)
  }

  /// Whether two of these exclude each other.
  func haveTwoApart<Part>(_ parts: [Part], _ excludes: (Part, Part) -> Bool) -> Bool {
    for (index, part) in parts.enumerated() {
      for other in parts[..<index] {
        guard spend() else { return false }
        if excludes(other, part) { return true }
      }
    }
    return false
  }

  private func isNever(_ condition: Condition) -> Bool {
    switch condition {
    case .any(let any): any.allSatisfy(isNever)
    case .not(let inner): isAlways(inner)
    case .item(_, let test): isNever(test)
    case .match: false
    case .all(let all): isNever(all)
    }
  }

  private func isNever(_ all: [Condition]) -> Bool {
    let parts = all.flatMap(conjuncts)
    return all.contains(where: isNever) || haveTwoApart(parts, excludes)
  }

  private func isAlways(_ condition: Condition) -> Bool {
    switch condition {
    case .all(let all): all.allSatisfy(isAlways)
    case .any(let any): any.contains(where: isAlways)
    case .not(let inner): isNever(inner)
    case .item(_, let test): isAlways(test)
    case .match(let cases): Set(cases).count == WordCase.allCases.count
    }
  }

  /// The conditions that must all hold, tests of one item apart.
  private func conjuncts(_ condition: Condition) -> [Condition] {
    switch condition {
    case .all(let all): all.flatMap(conjuncts)
    case .item(let position, .all(let all)): all.flatMap { conjuncts(.item(position: position, $0)) }
    default: [condition]
    }
  }

  private func follows(_ right: Condition, from left: Condition) -> Bool {
    guard spend() else { return false }
    switch (left, right) {
    case (.any(let any), _): return any.allSatisfy { follows(right, from: $0) }
    case (_, .all(let all)): return all.allSatisfy { follows($0, from: left) }
    case (.item(let position, .any(let any)), _):
      return any.allSatisfy { follows(right, from: .item(position: position, $0)) }
    case (_, .item(let position, .all(let all))):
      return all.allSatisfy { follows(.item(position: position, $0), from: left) }
    default: return someFollows(right, from: left)
    }
  }

  /// One part of the left is enough, or it proves one choice of the right.
  private func someFollows(_ right: Condition, from left: Condition) -> Bool {
    let parts = conjuncts(left)
    if parts.count != 1, parts.contains(where: { follows(right, from: $0) }) { return true }
    switch right {
    case .any(let any): return any.contains { follows($0, from: left) }
    case .item(let position, .any(let any)):
      if any.contains(where: { follows(.item(position: position, $0), from: left) }) { return true }
    default: break
    }
    guard parts.count == 1 else { return false }
    switch (parts[0], right) {
    case (.item(let position, let test), .item(let place, let other)): return position == place && implies(test, other)
    case (.not(let inner), .not(let other)): return follows(inner, from: other)
    case (_, .not(let inner)): return excludes(parts[0], inner)
    case (.match(let cases), .match(let others)): return Set(cases).isSubset(of: Set(others))
    default: return false
    }
  }

  /// Whether two conditions never hold together.
  private func excludes(_ left: Condition, _ right: Condition) -> Bool {
    switch (left, right) {
    case (.item(let position, let test), .item(let place, let other)) where position == place: excludes(test, other)
    case (.not(let inner), _): follows(inner, from: right)
    case (_, .not(let inner)): follows(inner, from: left)
    case (.match(let cases), .match(let others)): Set(cases).isDisjoint(with: Set(others))
    default: false
    }
  }
}
