import Intervention
import StructuredText
import SwapRules

/// What happened in some samples of a window: sums that can be added up part by part.
struct WindowCounts: Equatable {
  struct Rule: Hashable, Comparable {
    var stage: Int
    var rule: Int
    var branch: Int

    static func < (left: Rule, right: Rule) -> Bool {
      (left.stage, left.rule, left.branch) < (right.stage, right.rule, right.branch)
    }
  }

  var sequences = 0
  var sequencesChanged = 0
  var tokens = 0
  var tokensChanged = 0
  var edits = 0
  var left = 0
  var lengthChanges = 0
  var uncertain = 0
  var cut = 0
  /// Edits of a matched control, and edits that have none there.
  var standIns = 0
  var unmatched = 0
  /// Samples that were encoded anew, and what that did.
  var retokenized = 0
  var specialDropped = 0
  var documentEndsDropped = 0
  var paddingAdded = 0
  var tokensCut = 0
  var byRule: [Rule: Int] = [:]
  var kept: [String: Int] = [:]
  var pronounsBefore = PronounCounts()
  var pronounsAfter = PronounCounts()
  /// Where the edits are.
  var report = ReportCounts()

  mutating func add(_ record: SampleRecord) {
    sequences += 1
    tokens += record.control.count
    let changed = record.differences
    tokensChanged += changed
    sequencesChanged += changed > 0 ? 1 : 0
    edits += record.edits.count
    left += record.left.count
    var rules = Tally<Rule>()
    for edit in record.edits {
      lengthChanges += edit.beforeIDs.count == edit.afterIDs.count ? 0 : 1
      uncertain += edit.isUncertain ? 1 : 0
      cut += edit.isCut ? 1 : 0
      rules.add(Rule(stage: edit.stage, rule: edit.rule, branch: edit.branch))
    }
    rules.merge(into: &byRule)
    for (edit, standIn) in zip(record.edits, record.standIns) where !edit.isCut {
      standIns += standIn == nil ? 0 : 1
      unmatched += standIn == nil ? 1 : 0
    }
    if let result = record.retokenized { add(result) }
    var reasons = Tally<String>()
    for candidate in record.left { reasons.add(candidate.reason) }
    reasons.merge(into: &kept)
    pronounsBefore += record.pronounsBefore
    pronounsAfter += record.pronounsAfter
  }

  /// Adds a sample in which nothing changed.
  mutating func add(untouched tokens: Int, _ pronouns: PronounCounts) {
    sequences += 1
    self.tokens += tokens
    pronounsBefore += pronouns
    pronounsAfter += pronouns
  }

  private mutating func add(_ result: SampleRecord.Retokenized) {
    retokenized += 1
    specialDropped += result.specialDropped
    documentEndsDropped += result.documentEndsDropped
    paddingAdded += result.paddingAdded
    tokensCut += result.tokensCut
  }

  static func += (sum: inout WindowCounts, other: WindowCounts) {
    for path in scalars { sum[keyPath: path.value] += other[keyPath: path.value] }
    sum.byRule.merge(other.byRule, uniquingKeysWith: +)
    sum.kept.merge(other.kept, uniquingKeysWith: +)
    sum.pronounsBefore += other.pronounsBefore
    sum.pronounsAfter += other.pronounsAfter
    sum.report += other.report
  }

  // MARK: As JSON, in part records

  private static var scalars: [(key: String, value: WritableKeyPath<WindowCounts, Int>)] {
    [
      ("sequences", \.sequences), ("sequences_changed", \.sequencesChanged), ("tokens", \.tokens),
      ("tokens_changed", \.tokensChanged), ("edits", \.edits), ("left", \.left), ("length_changes", \.lengthChanges),
      ("uncertain", \.uncertain), ("cut", \.cut), ("stand_ins", \.standIns), ("unmatched", \.unmatched),
      ("retokenized", \.retokenized), ("special_dropped", \.specialDropped),
      ("document_ends_dropped", \.documentEndsDropped), ("padding_added", \.paddingAdded),
      ("tokens_cut", \.tokensCut),
    ]
  }

  var json: JSONValue {
    let rules = byRule.sorted { $0.key < $1.key }.map { rule, count in
      JSONValue.array([rule.stage, rule.rule, rule.branch, count].map { .integer(Int64($0)) })
    }
    let kept = kept.sorted { $0.key < $1.key }.map { JSONMember($0.key, .integer(Int64($0.value))) }
    return .object(
      Self.scalars.map { JSONMember($0.key, .integer(Int64(self[keyPath: $0.value]))) } + [
        JSONMember("by_rule", .array(rules)), JSONMember("kept", .object(kept)),
        JSONMember("pronouns_before", .array(pronounsBefore.counts.map { .integer(Int64($0)) })),
        JSONMember("pronouns_after", .array(pronounsAfter.counts.map { .integer(Int64($0)) })),
      ] + report.json)
  }

  init() {}

  init(_ node: JSONNode) throws {
    for path in Self.scalars { self[keyPath: path.value] = try node.member(path.key).int(in: 0...Int.max) }
    for entry in try node.member("by_rule").elements() {
      let numbers = try entry.elements().map { try $0.int(in: 0...Int.max) }
      guard numbers.count == 4 else { throw entry.failure("expected four numbers") }
      byRule[Rule(stage: numbers[0], rule: numbers[1], branch: numbers[2])] = numbers[3]
    }
    for (reason, count) in try node.member("kept").members() { kept[reason] = try count.int(in: 0...Int.max) }
    pronounsBefore.counts = try Self.pronouns(node.member("pronouns_before"))
    pronounsAfter.counts = try Self.pronouns(node.member("pronouns_after"))
    report = try ReportCounts(node)
  }

  private static func pronouns(_ node: JSONNode) throws -> [Int] {
    let counts = try node.elements().map { try $0.int() }
    guard counts.count == PronounCounts.words.count else { throw node.failure("expected a count for each pronoun") }
    return counts
  }

  // MARK: In the manifest

  func record(documents: Int, packs: [RulePack]) -> Manifest.Counts {
    Manifest.Counts(
      sequences: sequences, sequencesChanged: sequencesChanged, documents: documents, tokens: tokens,
      tokensChanged: tokensChanged, candidates: edits + left, edits: edits,
      byRule: byRule.sorted { $0.key < $1.key }.map { rule, count in
        Manifest.RuleCount(
          stage: rule.stage, rule: packs[rule.stage].entries[rule.rule].id,
          branch: packs[rule.stage].branches[rule.branch].id, edits: count)
      },
      kept: kept.sorted { $0.key < $1.key }.map { Manifest.NamedCount(name: $0.key, count: $0.value) },
      lengthChanges: lengthChanges, uncertain: uncertain, cut: cut)
  }

  /// Of a matched control made with a table of pairs.
  func randomEdits(_ pairs: RulePack, _ files: [Manifest.HashedFile]) -> Manifest.RandomEdits {
    Manifest.RandomEdits(
      pairs: pairs.name, version: pairs.version, files: files, edits: standIns, unmatched: unmatched)
  }

  /// The same with these counts.
  func randomEdits(_ record: Manifest.RandomEdits) -> Manifest.RandomEdits {
    Manifest.RandomEdits(
      pairs: record.pairs, version: record.version, files: record.files, edits: standIns, unmatched: unmatched)
  }

  var retokenizedRecord: Manifest.Retokenized {
    Manifest.Retokenized(
      samples: retokenized, specialDropped: specialDropped, documentEndsDropped: documentEndsDropped,
      paddingAdded: paddingAdded, tokensCut: tokensCut)
  }

  var pronouns: Manifest.Pronouns {
    Manifest.Pronouns(before: Self.census(pronounsBefore), after: Self.census(pronounsAfter))
  }

  private static func census(_ counts: PronounCounts) -> Manifest.Census {
    Manifest.Census(
      words: zip(PronounCounts.words, counts.counts).map { Manifest.NamedCount(name: $0, count: $1) },
      masculineShare: counts.masculineShare)
  }
}

/// Counts of the few different keys of one sample: a dictionary's hashing cost more than all other counting.
private struct Tally<Key: Hashable> {
  private var entries: [(key: Key, count: Int)] = []

  mutating func add(_ key: Key) {
    for index in entries.indices where entries[index].key == key {
      entries[index].count += 1
      return
    }
    entries.append((key, 1))
  }

  func merge(into sums: inout [Key: Int]) {
    for (key, count) in entries { sums[key, default: 0] += count }
  }
}

extension SampleRecord {
  /// Tokens of the window that the control has otherwise. Where nothing moved only the edits are looked at.
  var differences: Int {
    let nothingMoved =
      lost.isEmpty && retokenized == nil && edits.allSatisfy { $0.beforeIDs.count == $0.afterIDs.count }
    guard nothingMoved else { return differences(in: 0..<min(control.count, window.count)) }
    return edits.reduce(0) { sum, edit in
      let end = min(edit.position + edit.afterIDs.count, window.count)
      return sum + differences(in: max(0, edit.position)..<max(0, end))
    }
  }

  func differences(in range: Range<Int>) -> Int {
    control.withUnsafeBufferPointer { control in
      window.withUnsafeBufferPointer { window in
        range.reduce(0) { $0 + (control[$1] == window[$1] ? 0 : 1) }
      }
    }
  }
}
