import StructuredText

extension PackDefinition {
  /// Gives each entry that names a choice that choice's branches, with the entry's own words.
  mutating func resolveChoices() throws(RulesFailure) {
    let library = try ChoiceLibrary(choices)
    for index in lexicon.indices { lexicon[index].branches = try library.branches(of: lexicon[index]) }
  }
}

/// The choices that entries can name.
struct ChoiceLibrary {
  private var choices: [String: ChoiceDefinition] = [:]

  init(_ definitions: [ChoiceDefinition]) throws(RulesFailure) {
    for definition in definitions {
      guard let other = choices.updateValue(definition, forKey: definition.name) else { continue }
      throw .definition(
        definition.place, "choice '\(definition.name)' stands twice; the first is at \(other.place)")
    }
  }

  /// An entry's own branches, or those of the choice it names with its own words.
  func branches(of entry: EntryDefinition) throws(RulesFailure) -> [BranchDefinition] {
    guard let named = entry.choice else { return entry.branches }
    guard let choice = choices[named.name.text] else {
      let advice = Spelling.advice(for: named.name.text, among: choices.keys.sorted())
      throw .definition(named.name.place, "unknown choice '\(named.name.text)'; \(advice)")
    }
    var unused = named.words
    let branches = try choice.branches.map { branch throws(RulesFailure) in
      guard case .to(let sense) = branch.outcome else { return branch }
      unused.removeAll { $0.sense.text == sense.text }
      return try branch.writing(word(for: sense, in: named))
    }
    guard let other = unused.first else { return branches }
    throw .definition(other.sense.place, "no branch of '\(choice.name)' is of the sense '\(other.sense.text)'")
  }

  private func word(for sense: Located, in named: NamedChoice) throws(RulesFailure) -> Located {
    if let pair = named.words.first(where: { $0.sense.text == sense.text }) { return pair.word }
    throw .definition(
      named.name.place, "'words' has none for the sense '\(sense.text)', which a branch at \(sense.place) chooses")
  }
}

extension BranchDefinition {
  fileprivate func writing(_ word: Located) -> BranchDefinition {
    var branch = self
    branch.outcome = .to(word)
    return branch
  }
}
