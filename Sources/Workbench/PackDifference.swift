import SwapRules

/// Where two packs decide differently.
public struct PackDifference: Sendable {
  /// What one side does with a word.
  public struct Decision: Sendable, Hashable {
    /// Nil if the word stays.
    public let written: String?
    /// The branch or reason; nil where the word is nothing to the pack.
    public let rule: String?

    /// `her (his-default)`, `stays (guard:url)`, `stays (no rule)`.
    public var text: String { "\(written ?? "stays") (\(rule ?? "no rule"))" }
  }

  public struct Case: Sendable {
    /// The word in its text, as the side has it that edits it.
    public let hit: Hit
    public let first: Decision
    public let second: Decision
  }

  /// Counted by the rules of both sides.
  public struct Pair: Hashable, Sendable {
    public let first: String
    public let second: String
  }

  public internal(set) var words = 0
  /// Edits that both make alike.
  public internal(set) var agreed = 0
  public internal(set) var onlyFirst = 0
  public internal(set) var onlySecond = 0
  /// Both replace the word, by something else.
  public internal(set) var otherwise = 0
  public internal(set) var pairs: [Pair: Int] = [:]

  public var count: Int { onlyFirst + onlySecond + otherwise }
}

/// Compares two packs, text by text. One thread's.
public final class PackComparison {
  public private(set) var difference = PackDifference()
  private let packs: (first: RulePack, second: RulePack)
  private let matchers: (first: Matcher, second: Matcher)
  private var first: [Candidate] = []
  private var second: [Candidate] = []

  public init(_ first: RulePack, _ second: RulePack) throws {
    packs = (first, second)
    matchers = (try Matcher(first), try Matcher(second))
  }

  /// Hands out each case in which exactly one pack edits a word, or both do and write different things.
  public func compare(_ source: SourceText, _ body: (() -> PackDifference.Case, Int) throws -> Void) rethrows {
    decide(source)
    difference.words += RuleCounter.words(in: source.text)
    var (left, right) = (0, 0)
    while let pair = nextPair(&left, &right) {
      if let decisions = judge(pair, source) { try body({ self.makeCase(pair, decisions, source) }, pair.shown.start) }
    }
  }

  private func decide(_ source: SourceText) {
    first.removeAll(keepingCapacity: true)
    second.removeAll(keepingCapacity: true)
    matchers.first.candidates(in: SegmentText(source.text), into: &first)
    matchers.second.candidates(in: SegmentText(source.text), into: &second)
  }

  /// The candidates of a word; nil for a pack that sees no such word.
  private struct Pair {
    var first: Candidate?
    var second: Candidate?
    /// One of them.
    let shown: Candidate
  }

  private func nextPair(_ left: inout Int, _ right: inout Int) -> Pair? {
    switch (left < first.count ? first[left] : nil, right < second.count ? second[right] : nil) {
    case (nil, nil): return nil
    case (let a?, let b?) where a.start == b.start && a.end == b.end:
      left += 1
      right += 1
      return Pair(first: a, second: b, shown: a)
    case (let a?, let b) where b.map { (a.start, a.end) < ($0.start, $0.end) } ?? true:
      left += 1
      return Pair(first: a, second: nil, shown: a)
    case (_, let b?):
      right += 1
      return Pair(first: nil, second: b, shown: b)
    default: return nil
    }
  }

  /// Counts a word; nil where both do the same.
  private func judge(_ pair: Pair, _ source: SourceText) -> (PackDifference.Decision, PackDifference.Decision)? {
    let decisions = (
      decision(pair.first, packs.first, source), decision(pair.second, packs.second, source)
    )
    switch (decisions.0.written, decisions.1.written) {
    case (nil, nil): return nil
    case (let a?, let b?) where a == b:
      difference.agreed += 1
      return nil
    case (_?, nil): difference.onlyFirst += 1
    case (nil, _?): difference.onlySecond += 1
    default: difference.otherwise += 1
    }
    let key = PackDifference.Pair(first: decisions.0.rule ?? "no rule", second: decisions.1.rule ?? "no rule")
    difference.pairs[key, default: 0] += 1
    return decisions
  }

  private func decision(_ candidate: Candidate?, _ pack: RulePack, _ source: SourceText) -> PackDifference.Decision {
    PackDifference.Decision(
      written: candidate.flatMap { pack.written(by: $0, in: source) }, rule: candidate.map { pack.rule(of: $0) })
  }

  private func makeCase(
    _ pair: Pair, _ decisions: (PackDifference.Decision, PackDifference.Decision), _ source: SourceText
  ) -> PackDifference.Case {
    let pack = pair.first == nil ? packs.second : packs.first
    return PackDifference.Case(
      hit: Hit(pair.shown, in: source, pack), first: decisions.0, second: decisions.1)
  }
}

extension Concordance {
  /// A case in one line: the word, and what each side makes of it.
  public func line(_ difference: PackDifference.Case) -> [Piece] {
    let middle = [
      Piece(text: difference.hit.word, role: .kept), Piece(text: "→", role: .frame),
      Piece(text: difference.first.written ?? "·", role: difference.first.written == nil ? .kept : .removed),
      Piece(text: "|", role: .frame),
      Piece(text: difference.second.written ?? "·", role: difference.second.written == nil ? .kept : .added),
    ]
    return line(
      difference.hit, middle: middle,
      rule: "\(difference.first.rule ?? "no rule") | \(difference.second.rule ?? "no rule")")
  }
}

extension PackDifference {
  /// The counts, for people.
  public var table: String {
    var totals = StatisticsTable(["", "count"], leftColumns: 1)
    totals.add("words", grouped(words))
    totals.add("edits that both make alike", grouped(agreed))
    totals.add("only the first edits", grouped(onlyFirst))
    totals.add("only the second edits", grouped(onlySecond))
    totals.add("both edit, but otherwise", grouped(otherwise))
    var table = StatisticsTable(["first decides by", "second decides by", "count"], leftColumns: 2)
    for (pair, count) in pairs.sorted(by: {
      ($1.value, $0.key.first, $0.key.second) < ($0.value, $1.key.first, $1.key.second)
    }) {
      table.add(pair.first, pair.second, grouped(count))
    }
    return totals.text + (table.isEmpty ? "" : "\n" + table.text)
  }
}
