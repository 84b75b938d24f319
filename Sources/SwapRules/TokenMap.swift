import StructuredText

/// What a pack with `boundaries: token-id` maps: ids of one tokenizer, token for token, whatever stands around them.
public struct TokenMap: Sendable {
  /// One id and the one that stands in its place.
  public struct Pair: Sendable, Equatable {
    public let from: UInt32
    public let to: UInt32
    /// What the pack says that the tokens are, to be checked against a tokenizer.
    public let fromText: String
    public let toText: String
    /// An index into `RulePack.entries`, and into `RulePack.branches`.
    public let entry: UInt16
  }

  /// The tokenizer's name; the pairs' texts are what tells it.
  public let tokenizer: String
  /// Sorted by `from`.
  public let pairs: [Pair]

  init?(_ definition: PackDefinition) {
    guard definition.header.boundaries == .tokenID else { return nil }
    tokenizer = definition.header.tokenizer ?? ""
    pairs = definition.lexicon.enumerated().compactMap { index, entry in
      guard let tokens = entry.tokens, let from = entry.forms.first, case .to(let to)? = entry.branches.first?.outcome
      else { return nil }
      return Pair(
        from: tokens.from, to: tokens.to, fromText: from.text, toText: to.text, entry: UInt16(truncatingIfNeeded: index)
      )
    }.sorted { $0.from < $1.from }
  }

  /// The pair of an id, or nil if the id stays. By binary search.
  public func pair(of id: UInt32) -> Pair? {
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle].from < id { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low].from == id ? pairs[low] : nil
  }

  /// The first pair whose texts are not those of a tokenizer, which `bytes` gives for an id (nil: there is no such id).
  public func firstDisagreement(_ bytes: (UInt32) -> [UInt8]?) -> Pair? {
    pairs.first { bytes($0.from) != Array($0.fromText.utf8) || bytes($0.to) != Array($0.toText.utf8) }
  }
}
