/// A run of bytes in a pack's tables; `RulePack.bytes(of:)` reads it.
public struct ByteSlice: Sendable, Hashable {
  public let offset: UInt32
  public let count: UInt32
}

/// An occurrence of a lexicon form as a word, and what the pack decides about it.
///
/// Every occurrence becomes a candidate, so that a word left alone has a reason too.
public struct Candidate: Sendable, Equatable {
  /// First byte in the segment.
  public var start: Int
  /// The byte after the last.
  public var end: Int
  public var verdict: Verdict
  /// The lexicon entry: an index into `RulePack.entries`.
  public var entry: UInt16
  /// The branch that decided: an index into `RulePack.branches`. Where no branch was asked it is the entry's first, and for a
  /// half of a paired form that is swapped, of an entry with several branches, the one called `paired`.
  public var branch: UInt16
  /// True where the pack calls the branch that decided uncertain, or a learnt table was asked and came near its threshold.
  public var isUncertain: Bool
}

public enum Verdict: Sendable, Equatable {
  /// Write these bytes instead, already in the word's case.
  case replace(ByteSlice)
  case keep(KeepReason)
}

/// Why a candidate is left alone. `RulePack.name(of:)` is what logs print.
public enum KeepReason: Sendable, Hashable {
  /// The word, or something its choice needs, runs into text that is not known.
  case edge
  /// Neither lower, Title nor UPPER case.
  case letterCase
  /// UAX #29 sees no word boundary at its start or end, and no declared clitic explains it.
  case boundary
  /// A combining mark, or a character that NFC could join to the word, follows.
  case combining
  /// Inside a guarded span: an index into `RulePack.guards`.
  case guarded(UInt16)
  /// An exception's text: an index into `RulePack.exceptions`.
  case exception(UInt16)
  /// Part of a form that names both sides, such as "he or she".
  case paired
  /// The branch that decided says `keep`: an index into `RulePack.branches`.
  case branch(UInt16)
  /// No branch of the entry applies.
  case none
}

extension Candidate {
  public var isReplaced: Bool {
    if case .replace = verdict { return true }
    return false
  }
}
