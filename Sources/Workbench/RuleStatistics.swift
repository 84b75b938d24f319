import Intervention
import SwapRules
import Tokenization

/// What a pack does to a body of text, counted.
public struct RuleStatistics: Sendable {
  /// An entry and the branch of it that decided.
  public struct Rule: Hashable, Sendable {
    public let entry: Int
    public let branch: Int
  }

  public struct Size: Sendable, Equatable {
    public var texts = 0
    public var bytes = 0
    /// Runs of letters and digits, anything beyond ASCII taken for a letter: a dash and a space of another kind too.
    public var words = 0

    /// What the figure is of, for people.
    static let wordsLabel = "words, cut at ASCII spaces and marks"

    static func += (left: inout Size, right: Size) {
      left.texts += right.texts
      left.bytes += right.bytes
      left.words += right.words
    }
  }

  /// What became of edits as tokens, under `length: aligned`.
  public struct Tokens: Sendable, Equatable {
    public var tokens = 0
    /// Edits that a run with `fraction: 1` makes. Words that share tokens are one edit.
    public var made = 0
    /// Words left out, by reason: `length`, `noncanonical`.
    public var leftOut: [String: Int] = [:]

    /// The share that `aligned` leaves out, as the manifest has it; nil where there is nothing to leave out.
    public var lengthShare: Double? {
      let length = leftOut[LeftReason.length, default: 0]
      return made + length == 0 ? nil : Double(length) / Double(made + length)
    }
  }

  public let pack: RulePack
  /// By subset; texts without one are under the empty name.
  public internal(set) var sizes: [String: Size] = [:]
  /// Edits by rule, then by subset.
  public internal(set) var edits: [Rule: [String: Int]] = [:]
  public internal(set) var uncertain: [Rule: Int] = [:]
  /// Words left alone, by reason.
  public internal(set) var kept: [String: Int] = [:]
  /// How often two branches of an entry both held: the first decided, the second would have written something else.
  public internal(set) var overlaps: [Overlap: Int] = [:]
  /// Nil without a tokenizer.
  public internal(set) var tokens: Tokens?

  public struct Overlap: Hashable, Sendable {
    public let decided: Int
    public let other: Int
  }

  public var total: Size { sizes.values.reduce(into: Size()) { $0 += $1 } }
  public var editCount: Int { edits.values.reduce(0) { $0 + $1.values.reduce(0, +) } }
  public var uncertainCount: Int { uncertain.values.reduce(0, +) }
  public var keptCount: Int { kept.values.reduce(0, +) }

  /// Edits of a rule in all subsets.
  public func count(of rule: Rule) -> Int { edits[rule, default: [:]].values.reduce(0, +) }

  /// Edits of all rules in a subset.
  public func count(in subset: String) -> Int { edits.values.reduce(0) { $0 + $1[subset, default: 0] } }
}

/// Counts, text by text. One thread's.
public final class RuleCounter {
  public private(set) var statistics: RuleStatistics
  private let pack: RulePack
  private let matcher: Matcher
  private let aligned: AlignedTrial?
  private var candidates: [Candidate] = []

  /// With a tokenizer, edits are also tried as a run makes them, by the code that a run uses.
  public init(_ pack: RulePack, tokenizer: Tokenizer? = nil) throws {
    self.pack = pack
    matcher = try Matcher(pack)
    aligned = try tokenizer.map { try AlignedTrial(pack, $0) }
    statistics = RuleStatistics(pack: pack)
    statistics.tokens = tokenizer.map { _ in RuleStatistics.Tokens() }
  }

  public func add(_ source: SourceText) throws {
    statistics.sizes[source.subset, default: RuleStatistics.Size()] +=
      RuleStatistics.Size(texts: 1, bytes: source.text.count, words: Self.words(in: source.text))
    candidates.removeAll(keepingCapacity: true)
    matcher.candidates(in: SegmentText(source.text), into: &candidates)
    for candidate in candidates { count(candidate, source) }
    guard let aligned else { return }
    var tokens = statistics.tokens ?? RuleStatistics.Tokens()
    try aligned.add(source.text, to: &tokens)
    statistics.tokens = tokens
  }

  private func count(_ candidate: Candidate, _ source: SourceText) {
    guard case .keep(let reason) = candidate.verdict else {
      let rule = RuleStatistics.Rule(entry: Int(candidate.entry), branch: Int(candidate.branch))
      statistics.edits[rule, default: [:]][source.subset, default: 0] += 1
      if candidate.isUncertain { statistics.uncertain[rule, default: 0] += 1 }
      for other in matcher.overruledBranches(of: candidate, in: SegmentText(source.text)) {
        statistics.overlaps[RuleStatistics.Overlap(decided: Int(candidate.branch), other: other), default: 0] += 1
      }
      return
    }
    statistics.kept[pack.name(of: reason), default: 0] += 1
  }

  /// See ``RuleStatistics/Size/words``.
  static func words(in text: UnsafeBufferPointer<UInt8>) -> Int {
    var (words, isInside) = (0, false)
    for byte in text {
      let isWord = isWordByte[Int(byte)]
      if isWord && !isInside { words += 1 }
      isInside = isWord
    }
    return words
  }

  private static let isWordByte: [Bool] = (0..<256).map { byte in
    byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
