import StructuredText

/// A word that stands twice in a class: mostly a slip in a long list.
struct RepeatedWord: Lint {
  static let name = "repeated-word"

  func findings(in linted: LintedPack) -> [Finding] {
    linted.definition.classes.filter { linted.isOwn($0.place) }.flatMap(findings)
  }

  private func findings(in definition: ClassDefinition) -> [Finding] {
    guard case .inline(let words) = definition.words else { return [] }
    var places: [String: SourcePlace] = [:]
    return words.compactMap { word in
      guard let first = places.updateValue(word.place, forKey: Spellings.caseless(word.text)) else { return nil }
      return Finding(
        .warning, Self.name, at: word.place,
        "'\(word.text)' stands twice in class '\(definition.name)'; the first is in line \(first.line)")
    }
  }
}
