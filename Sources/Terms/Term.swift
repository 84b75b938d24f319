import Intervention
import StructuredText
import SwapRules

/// Something that is counted: a word, a few words in a row, or an entry of a rule pack.
public struct Term: Sendable, Hashable {
  public let text: String
  /// What it is counted together with: `masculine`, `feminine` or `neutral` for third-person pronouns, for an entry of a pack
  /// the file that has it; empty where there is nothing to say.
  public let group: String

  public init(_ text: String, group: String) {
    self.text = text
    self.group = group
  }
}

/// Why terms cannot be counted.
public struct TermFailure: Error, Equatable, CustomStringConvertible {
  /// The term, file or data set concerned.
  public let place: String
  public let reason: String

  init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  public var description: String { "\(place): \(reason)" }
}

/// All that is counted at once, in the order in which it is shown.
///
/// Words stand as the rule packs see them: no letter, digit or mark beside them, a word boundary of UAX #29 before them, and
/// behind them another or an English clitic (she's, she'd've). ' and ’ are one, a space stands for any white space. Every term
/// is counted for itself: "her" stands in "her own" too. Of a pack's entries the longest form counts, whatever the pack then
/// decides about it.
public struct TermList: Sendable {
  public let terms: [Term]
  public let isCaseSensitive: Bool
  public let packs: [RulePack]
  /// The first `words.count` terms.
  let words: [String]

  /// Words, then the entries of packs. Without either the third-person pronouns of ``PronounCounts``.
  public init(words: [String], packs: [RulePack] = [], isCaseSensitive: Bool = false) throws {
    let words = words.isEmpty && packs.isEmpty ? PronounCounts.words : words
    for (index, word) in words.enumerated() {
      try Self.check(word)
      guard !words[..<index].contains(word) else { throw TermFailure("term '\(word)'", "it is given twice") }
    }
    for pack in packs where pack.boundaries != .uax29 {
      throw TermFailure(pack.name, "it is a replica with 'boundaries: \(pack.boundaries.rawValue)', which has no words")
    }
    self.words = words
    self.packs = packs
    self.isCaseSensitive = isCaseSensitive
    terms =
      words.map { Term($0, group: PronounGroup.of($0)) }
      + packs.flatMap { pack in pack.entries.map { Term($0.id, group: Self.group($0)) } }
  }

  static let longestTerm = 200

  private static func check(_ word: String) throws {
    guard !word.isEmpty, word.first != " ", word.last != " ", !word.contains("  ") else {
      throw TermFailure("term '\(word)'", "write a word, or words with one space between them")
    }
    guard word.utf8.count <= longestTerm, !word.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else {
      throw TermFailure(
        "term '\(word.prefix(40))'", "a term has at most \(longestTerm) bytes, and no control characters")
    }
  }

  /// A pronoun's gender, or the file that the entry stands in.
  private static func group(_ entry: RulePack.Rule) -> String {
    let gender = PronounGroup.of(entry.id)
    guard gender.isEmpty else { return gender }
    let name = entry.place.file.split(separator: "/").last.map(String.init) ?? ""
    return name.hasSuffix(".yaml") ? String(name.dropLast(".yaml".count)) : name
  }
}

enum PronounGroup {
  /// Empty for what is no third-person pronoun.
  static func of(_ word: String) -> String {
    switch PronounCounts.words.firstIndex(of: word.lowercased()) {
    case .some(..<4): "masculine"
    case .some(4..<8): "feminine"
    case .some: "neutral"
    case nil: ""
    }
  }
}
