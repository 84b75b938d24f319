import StructuredText

extension PackDefinition {
  /// Gives each entry that names a choice that choice's branches, with the entry's words in place of roles.
  mutating func resolveChoices() throws {
    var known: [String: ChoiceDefinition] = [:]
    for choice in choices {
      if let first = known.updateValue(choice, forKey: choice.name) {
        throw RulesFailure.definition(
          choice.place, "choice '\(choice.name)' stands twice; the first is at \(first.place)")
      }
    }
    for index in lexicon.indices {
      guard let reference = lexicon[index].choice else { continue }
      guard let choice = known[reference.name.text] else {
        let advice = Spelling.advice(for: reference.name.text, among: known.keys.sorted())
        throw RulesFailure.definition(reference.name.place, "unknown choice '\(reference.name.text)'; \(advice)")
      }
      lexicon[index].branches = try choice.branches(writing: reference)
    }
  }
}

extension ChoiceDefinition {
  fileprivate func branches(writing reference: ChoiceReference) throws -> [BranchDefinition] {
    let roles = branches.compactMap(\.word)
    for (role, _) in reference.words where !roles.contains(role.text) {
      let advice = Spelling.advice(for: role.text, among: Set(roles).sorted())
      throw RulesFailure.definition(role.place, "choice '\(name)' never writes '\(role.text)'; \(advice)")
    }
    return try branches.map { branch in
      guard case .to(let role) = branch.outcome else { return branch }
      guard let word = reference.words.first(where: { $0.role.text == role.text })?.word else {
        throw RulesFailure.definition(
          reference.name.place, "choice '\(name)' writes '\(role.text)': 'write' needs a word for it")
      }
      var branch = branch
      branch.outcome = .to(word)
      return branch
    }
  }
}
