import StructuredText

/// A word that a branch writes in its own place: nothing changes, and it counts as an edit.
struct SelfReplacement: Lint {
  static let name = "self"

  func findings(in linted: LintedPack) -> [Finding] {
    linted.entries.flatMap { entry in entry.branches.compactMap { finding(for: $0, of: entry) } }
  }

  private func finding(for branch: BranchDefinition, of entry: EntryDefinition) -> Finding? {
    // A ' becomes what the text has, a ’ stays one.
    guard let word = branch.word, let form = entry.forms.first(where: { Spellings.straight($0.text) == word }) else {
      return nil
    }
    // The branch of a choice that entries share stands elsewhere.
    let place = entry.choice == nil ? branch.place : entry.place
    let advice =
      entry.forms.count == 1
      ? "'keep: true' leaves it alone" : "take it out of 'from', or leave all alone with 'keep: true'"
    return Finding(
      .warning, Self.name, at: place,
      "'\(form.text)' becomes '\(word)', itself, which counts as an edit; \(advice)")
  }
}
