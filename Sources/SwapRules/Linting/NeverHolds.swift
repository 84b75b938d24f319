/// A condition that contradicts itself: `{is: [of], any: [end]}`, `in: []`.
struct NeverHolds: Lint {
  static let name = "contradiction"

  func findings(in linted: LintedPack) -> [Finding] {
    let logic = Implication(classes: linted.classWords)
    return linted.branchLists.joined().compactMap { branch in
      guard let condition = branch.condition, logic.neverHolds(condition) else { return nil }
      return Finding(
        .error, Self.name, at: branch.place,
        "the condition of branch '\(branch.id)' holds of no text: parts of it exclude each other; expected 'any' in"
          + " place of 'all', or fewer of them")
    }
  }
}
