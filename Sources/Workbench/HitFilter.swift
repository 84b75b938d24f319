import StructuredText
import SwapRules

/// Which candidates are looked at. Empty lists leave all in.
public struct HitFilter: Sendable {
  /// Entries or branches.
  public var rules: Set<String> = []
  public var subsets: Set<String> = []
  /// Why words were left alone, as in `guard:url` or, for all of a kind, `guard`.
  public var reasons: Set<String> = []

  public init() {}

  /// Refuses names that the pack does not have.
  public func check(against pack: RulePack) throws {
    let known = (pack.entries + pack.branches).map(\.id)
    for rule in rules.sorted() where !known.contains(rule) {
      throw RulesFailure(
        .definition, at: nil, "\(pack.name) has no rule '\(rule)'; \(Spelling.advice(for: rule, among: known))")
    }
    let names = pack.reasons.flatMap { [$0, Self.kind(of: $0)] }
    for reason in reasons.sorted() where !names.contains(reason) {
      throw RulesFailure(
        .definition, at: nil,
        "\(pack.name) leaves nothing alone for '\(reason)'; \(Spelling.advice(for: reason, among: names))")
    }
  }

  public func keeps(_ source: SourceText) -> Bool { subsets.isEmpty || subsets.contains(source.subset) }

  /// Refuses names of subsets of which no text is; `seen` are those of all texts, which only reading them tells.
  public func check(againstSubsets seen: Set<String>) throws {
    let known = seen.subtracting([""]).sorted()
    for subset in subsets.sorted() where !seen.contains(subset) {
      let advice = known.isEmpty ? "no text here says of what subset it is" : Spelling.advice(for: subset, among: known)
      throw RulesFailure(.definition, at: nil, "no text is of subset '\(subset)'; \(advice)")
    }
  }

  /// Edits; with `reasons` words that were left alone for one of these instead.
  public func keeps(_ candidate: Candidate, _ pack: RulePack) -> Bool {
    if case .keep(let reason) = candidate.verdict {
      guard !reasons.isEmpty else { return false }
      let name = pack.name(of: reason)
      guard reasons.contains(name) || reasons.contains(Self.kind(of: name)) else { return false }
    } else if !reasons.isEmpty {
      return false
    }
    if rules.isEmpty || rules.contains(pack.entries[Int(candidate.entry)].id) { return true }
    return candidate.isReplaced && rules.contains(pack.branches[Int(candidate.branch)].id)
  }

  /// `guard` of `guard:url`.
  static func kind(of reason: String) -> String { String(reason.prefix { $0 != ":" }) }
}

extension RulePack {
  /// The names of all reasons for which the pack can leave a word alone.
  var reasons: [String] {
    ["edge", "combining", "boundary", "case"] + guards.map { "guard:\($0)" }
      + exceptions.map { "exception:\($0.reason)" } + ["paired"] + branches.map { "keep:\($0.id)" } + ["none"]
  }
}
