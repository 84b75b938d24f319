/// Entries and branches that decide no test of the pack. A test marked `todo` shows a limit, and counts for nothing.
struct UntestedRule: Lint {
  static let name = "untested"
  /// Beyond this many entries are counted, not listed: in a long word list the list says no more.
  private static let longestList = 6

  func findings(in linted: LintedPack) throws -> [Finding] {
    // Parts for other packs, such as base/his, are tested in those.
    // Tables of pairs cannot hold any.
    guard !linted.pack.name.contains("/"), !PairTable.isOne(linted.file) else { return [] }
    let results = try linted.pack.runTests().filter { $0.outcome == .passed || $0.outcome == .failed }
    let deciding = Set(results.flatMap(\.decisions).map(\.rule))
    let isTested = { (branch: BranchDefinition) in
      deciding.contains(branch.id) || deciding.contains("keep:\(branch.id)")
    }
    let branches = linted.entries.filter { $0.branches.count > 1 && $0.choice == nil }
      .flatMap(\.branches).filter { !isTested($0) }
    // The branches of a shared choice are tested where they are at home, or by any pack that uses them.
    let entries = linted.entries.filter {
      ($0.branches.count == 1 || $0.choice != nil) && !$0.branches.contains(where: isTested)
    }
    return branches.map { Finding(.warning, Self.name, at: $0.place, "branch '\($0.id)' decides no test; add one") }
      + findings(for: entries, of: linted.entries.count)
  }

  private func findings(for entries: [EntryDefinition], of count: Int) -> [Finding] {
    guard let first = entries.first, entries.count > Self.longestList else {
      return entries.map { Finding(.warning, Self.name, at: $0.place, "entry '\($0.id)' decides no test; add one") }
    }
    let names = entries.prefix(Self.longestList).map { "'\($0.id)'" }.joined(separator: ", ")
    return [
      Finding(
        .warning, Self.name, at: first.place,
        "\(entries.count) of \(count) entries decide no test; add some: \(names), …")
    ]
  }
}
