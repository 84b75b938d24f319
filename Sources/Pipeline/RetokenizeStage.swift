import Intervention
import StructuredText

/// The tokenizer of the base, what is encoded with it, and what keeps samples at their length.
public struct RetokenizeStage: Sendable {
  public enum Scope: String, Sendable, CaseIterable {
    /// The tokens of each edit.
    case edit
    /// The whole text of each sample, as GPT-NeoX's intervention code of January 2023 did.
    case sample
  }

  public enum Special: String, Sendable, CaseIterable {
    /// Special tokens stay: document ends are kept.
    case keep
    /// They are left out of a sample's text.
    case drop
  }

  public let place: SourcePlace
  /// `20B`, or the path of a tokenizer.json.
  public let tokenizer: String
  let tokenizerPlace: SourcePlace
  public let length: LengthPolicy
  public let scope: Scope
  public let special: Special
  /// Only samples whose text holds one of these are encoded anew; all are where there is none.
  public let containing: [String]

  init(_ node: YAMLNode) throws {
    place = node.place
    let fields = try node.fields(
      "a 'retokenize' stage", allowed: ["tokenizer", "length", "scope", "special", "containing"])
    tokenizer = try fields["tokenizer"]?.string("'20B' or the path of a tokenizer.json") ?? "20B"
    tokenizerPlace = fields["tokenizer"]?.place ?? place
    length = try Self.choice(fields["length"], "length policy") ?? .aligned
    scope = try Self.choice(fields["scope"], "scope") ?? .edit
    special = try Self.choice(fields["special"], "treatment of special tokens") ?? .keep
    containing = try fields["containing"]?.strings("a list of texts") ?? []
    try check(fields)
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ node: YAMLNode?, _ what: String
  ) throws -> Choice? {
    guard let node else { return nil }
    return Choice(rawValue: try node.oneOf(Choice.allCases.map(\.rawValue), what))
  }

  /// What only makes sense together.
  private func check(_ fields: YAMLFields) throws {
    if scope == .sample {
      guard length == .pad else {
        throw YAMLFailure(
          fields["length"]?.place ?? place,
          "'scope: sample' needs 'length: pad': a text that is encoded anew has another number of tokens")
      }
      guard !containing.contains("") else {
        throw YAMLFailure(fields["containing"]?.place ?? place, "found an empty text, which every sample holds")
      }
      return
    }
    if let node = fields["special"], special == .drop {
      throw YAMLFailure(node.place, "'special: drop' needs 'scope: sample': edits never touch special tokens")
    }
    if let node = fields["containing"] {
      throw YAMLFailure(node.place, "'containing' needs 'scope: sample'")
    }
  }
}
