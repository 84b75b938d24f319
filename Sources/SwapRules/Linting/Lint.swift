import StructuredText

/// Looks at a pack for one kind of fault. One file each; ``PackCheck`` has the list.
protocol Lint: Sendable {
  /// What findings are called, in brackets behind their message.
  static var name: String { get }

  func findings(in pack: LintedPack) throws -> [Finding]
}

/// A pack under the lints: as its file says it, and compiled.
struct LintedPack {
  let pack: RulePack
  let definition: PackDefinition
  /// The pack's own file, as places name it.
  let file: String
  /// The rules' folder: empty, or ends in a slash.
  let root: String

  /// Whether something is written in this pack's own file, and not in one that it extends.
  func isOwn(_ place: SourcePlace) -> Bool { place.file == file }

  var entries: [EntryDefinition] { definition.lexicon.filter { isOwn($0.place) } }
  /// The branches of each entry and of each choice that this file writes out.
  var branchLists: [[BranchDefinition]] {
    entries.filter { $0.choice == nil }.map(\.branches)
      + definition.choices.filter { isOwn($0.place) }.map(\.branches)
  }
  /// Where findings about the pack as a whole stand.
  var start: SourcePlace { SourcePlace(file: file, line: 1, column: 1) }
}

extension LintedPack {
  /// The words of each class, folded.
  var classWords: [String: Set<String>] {
    definition.classes.reduce(into: [:]) { classes, definition in
      guard case .inline(let words) = definition.words else { return }
      classes[definition.name] = Set(words.map { Spellings.caseless($0.text) })
    }
  }
}
