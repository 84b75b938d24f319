import StructuredText

/// A branch that never decides, because one before it holds wherever it does.
///
/// Told from the conditions alone (``Implication``): what is reported is so for every text, but not all is found. An
/// error where the two branches write different things, since one of them is not what was meant.
struct UnreachableBranch: Lint {
  static let name = "unreachable"
  /// A branch is compared with so many before it: the work grows with their product.
  private static let maximumComparisons = 1000

  func findings(in linted: LintedPack) -> [Finding] {
    let logic = Implication(classes: linted.classWords)
    return linted.branchLists.flatMap { branches in
      branches.indices.compactMap { finding(branches, $0, logic) }
    }
  }

  private func finding(_ branches: [BranchDefinition], _ index: Int, _ logic: Implication) -> Finding? {
    let branch = branches[index]
    // What never holds is told of otherwise: see ``NeverHolds``.
    if let condition = branch.condition, logic.neverHolds(condition) { return nil }
    guard
      let earlier = branches[..<index].prefix(Self.maximumComparisons).first(where: { earlier in
        earlier.table == nil && logic.implies(branch.condition, earlier.condition)
      })
    else {
      return nil
    }
    let isSame = branch.word == earlier.word
    let cause = "branch '\(branch.id)' is never reached: wherever it holds, so does '\(earlier.id)' in line"
    let remedy = branch.condition == nil ? "delete '\(branch.id)', or narrow that one" : "put '\(branch.id)' before it"
    let advice = isSame ? "which does the same; delete one" : "which does otherwise; \(remedy)"
    return Finding(
      isSame ? .warning : .error, Self.name, at: branch.place, "\(cause) \(earlier.place.line), \(advice)")
  }
}
