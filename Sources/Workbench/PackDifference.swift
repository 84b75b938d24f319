import SwapRules
import UnicodeText

/// Where two packs decide differently.
public struct PackDifference: Sendable {
  /// What one side does with a word, or with all that overlapping edits span.
  public struct Decision: Sendable, Hashable {
    /// Nil if the word stays.
    public let written: String?
    /// The branch or reason, or the branches in their order; nil where the word is nothing to the pack.
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

  /// Hands out each case in which exactly one pack edits a word, or both do and write different things. Edits of the
  /// two that overlap are one case.
  public func compare(_ source: SourceText, _ body: (() -> PackDifference.Case, Int) throws -> Void) rethrows {
    decide(source)
    difference.words += RuleCounter.words(in: source.text)
    var (left, right) = (0, 0)
    while let place = nextPlace(&left, &right) {
      if let decisions = judge(place, source) {
        try body({ self.makeCase(place, decisions, source) }, place.span.lowerBound)
      }
    }
  }

  private func decide(_ source: SourceText) {
    first.removeAll(keepingCapacity: true)
    second.removeAll(keepingCapacity: true)
    matchers.first.candidates(in: SegmentText(source.text), into: &first)
    matchers.second.candidates(in: SegmentText(source.text), into: &second)
  }

  /// A word that both see, one that a pack alone sees, or edits of both that overlap.
  private struct Place {
    /// None for a pack that sees no such word.
    var first: [Candidate]
    var second: [Candidate]
    var span: Range<Int>
  }

  private func nextPlace(_ left: inout Int, _ right: inout Int) -> Place? {
    switch (left < first.count ? first[left] : nil, right < second.count ? second[right] : nil) {
    case (nil, nil): return nil
    case (let a?, let b?) where a.start == b.start && a.end == b.end:
      left += 1
      right += 1
      return Place(first: [a], second: [b], span: a.start..<a.end)
    case (let a?, let b) where b.map { (a.start, a.end) < ($0.start, $0.end) } ?? true:
      left += 1
      return grown(Place(first: [a], second: [], span: a.start..<a.end), &left, &right)
    case (_, let b?):
      right += 1
      return grown(Place(first: [], second: [b], span: b.start..<b.end), &left, &right)
    default: return nil
    }
  }

  /// Takes in the edits that overlap an edit, those that overlap these, and so on. To say of each alone that the other
  /// pack leaves it alone would be false.
  private func grown(_ seed: Place, _ left: inout Int, _ right: inout Int) -> Place {
    guard (seed.first + seed.second).allSatisfy(\.isReplaced) else { return seed }
    var place = seed
    var end: Int
    repeat {
      end = place.span.upperBound
      Self.take(first, from: &left, into: &place.first, &place.span)
      Self.take(second, from: &right, into: &place.second, &place.span)
    } while place.span.upperBound > end
    return place
  }

  /// What is kept there is passed over: it would count nothing by itself, since the other pack has another word there.
  private static func take(
    _ candidates: [Candidate], from next: inout Int, into side: inout [Candidate], _ span: inout Range<Int>
  ) {
    while next < candidates.count, candidates[next].start < span.upperBound {
      let candidate = candidates[next]
      next += 1
      guard candidate.isReplaced else { continue }
      side.append(candidate)
      span = span.lowerBound..<max(span.upperBound, candidate.end)
    }
  }

  /// Counts a place; nil where both do the same.
  private func judge(_ place: Place, _ source: SourceText) -> (PackDifference.Decision, PackDifference.Decision)? {
    let decisions = (
      decision(place.first, packs.first, place.span, source), decision(place.second, packs.second, place.span, source)
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

  private func decision(
    _ candidates: [Candidate], _ pack: RulePack, _ span: Range<Int>, _ source: SourceText
  ) -> PackDifference.Decision {
    PackDifference.Decision(
      written: pack.written(by: candidates, over: span, in: source),
      rule: candidates.isEmpty ? nil : candidates.map { pack.rule(of: $0) }.joined(separator: ", "))
  }

  private func makeCase(
    _ place: Place, _ decisions: (PackDifference.Decision, PackDifference.Decision), _ source: SourceText
  ) -> PackDifference.Case {
    let isFirst = !place.first.isEmpty
    return PackDifference.Case(
      hit: Hit(
        isFirst ? place.first[0] : place.second[0], over: place.span,
        written: isFirst ? decisions.0.written : decisions.1.written, in: source, isFirst ? packs.first : packs.second),
      first: decisions.0, second: decisions.1)
  }
}

extension Concordance {
  /// A case in one line: the word, and what each side makes of it.
  public func line(_ difference: PackDifference.Case) -> [Piece] {
    let middle = [
      Piece(text: VisibleText.line(difference.hit.word), role: .kept), Piece(text: "→", role: .frame),
      written(difference.first, .removed), Piece(text: "|", role: .frame), written(difference.second, .added),
    ]
    return line(
      difference.hit, middle: middle,
      rule: "\(difference.first.rule ?? "no rule") | \(difference.second.rule ?? "no rule")")
  }

  private func written(_ decision: PackDifference.Decision, _ role: Role) -> Piece {
    decision.written.map { Piece(text: VisibleText.line($0), role: role) } ?? Piece(text: "·", role: .kept)
  }
}

extension PackDifference {
  /// The counts, for people.
  public var table: String {
    var totals = StatisticsTable(["", "count"], leftColumns: 1)
    totals.add(RuleStatistics.Size.wordsLabel, grouped(words))
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
