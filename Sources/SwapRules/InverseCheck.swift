import StructuredText

/// A pack with `direction: both` must be able to undo what it does.
enum InverseCheck {
  /// Throws for the first word that never comes back.
  static func check(_ lexicon: [EntryDefinition]) throws {
    let entries = Dictionary(lexicon.flatMap { entry in entry.forms.map { ($0.text, entry) } }) { first, _ in first }
    for entry in lexicon {
      for branch in entry.branches {
        guard case .to(let word) = branch.outcome else { continue }
        guard let other = entries[word.text] else {
          throw RulesFailure(
            .missing, at: word.place,
            "'\(word.text)' is written and no entry has it as a form; 'direction: both' needs one")
        }
        try check(entry, comesBackFrom: other, word)
      }
    }
  }

  private static func check(_ entry: EntryDefinition, comesBackFrom other: EntryDefinition, _ word: Located) throws {
    for form in entry.forms where !other.branches.contains(where: { $0.word == form.text }) {
      throw RulesFailure.definition(
        form.place, "'\(form.text)' becomes '\(word.text)', which never becomes '\(form.text)' again")
    }
    guard entry.branches.count == 1, other.branches.count == 1 else { return }
    let (own, others) = (Set(entry.clitics.map { Spellings.fold($0.text) }), other.clitics)
    guard own == Set(others.map { Spellings.fold($0.text) }) else {
      throw RulesFailure.definition(
        entry.place, "'\(entry.id)' and '\(other.id)' become each other and have other clitics; give both the same")
    }
  }
}
