/// A class that no condition of its pack names. Packs without a lexicon define classes for others.
struct UnusedClass: Lint {
  static let name = "unused-class"

  func findings(in linted: LintedPack) -> [Finding] {
    guard !linted.entries.isEmpty else { return [] }
    let branches = linted.definition.lexicon.flatMap(\.branches) + linted.definition.choices.flatMap(\.branches)
    let used = Set(branches.compactMap(\.condition).flatMap(\.classNames))
    return linted.definition.classes.filter { linted.isOwn($0.place) && !used.contains($0.name) }.map { definition in
      Finding(
        .warning, Self.name, at: definition.place,
        "class '\(definition.name)' is named by no condition; expected 'in: [\(definition.name)]' somewhere, or delete it"
      )
    }
  }
}

extension Condition {
  /// The classes that it names, as often as it does.
  var classNames: [String] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.classNames)
    case .not(let inner): inner.classNames
    case .item(_, let test): test.classNames
    case .match: []
    }
  }
}

extension ItemTest {
  var classNames: [String] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.classNames)
    case .not(let inner): inner.classNames
    case .memberOf(let name): [name.text]
    case .kind, .word, .mark, .suffix: []
    }
  }
}
