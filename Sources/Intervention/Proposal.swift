/// One replacement that a rule proposes: which bytes of a view, and what to write there.
struct Proposal {
  var range: Range<Int>
  /// The token that holds the first byte.
  var token: Int
  /// Lives as long as the rule pack, or until the next view is looked at: see ``WrittenBytes``.
  var replacement: UnsafeBufferPointer<UInt8>
  var stage: Int
  var rule: Int
  var branch: Int
  var uncertain: Bool
}

/// Why a candidate is left as it is, beyond what a rule pack decides.
public enum LeftReason {
  /// What lies beyond the edge of a cut-out sample would have to be known.
  public static let edge = "edge"
  /// The base's tokens there are not what the tokenizer makes of the text.
  public static let noncanonical = "noncanonical"
  /// The edit would change the number of tokens, and the length policy is `aligned`.
  public static let length = "length"
  /// Not drawn by the selection.
  public static let selection = "selection"
  /// An earlier swap stage edits the same word.
  public static let overlap = "overlap"
}
