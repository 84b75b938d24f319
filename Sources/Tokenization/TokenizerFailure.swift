/// Why a tokenizer cannot be used, or text or ids cannot go through it.
public struct TokenizerFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: Equatable, Sendable {
    /// The tokenizer file asks for something that this code does not do.
    case unsupported
    /// The tokenizer file contradicts itself.
    case inconsistent
    /// The text is not UTF-8 at `offset`.
    case invalidText
    /// No token has the id at index `offset`.
    case unknownID
  }

  public let code: Code
  /// The tokenizer file, as messages call it.
  public let name: String
  /// The key in the file, as `model.merges[3]`; empty where none is to blame.
  public let key: String
  /// Byte offset in a text, or index in a sequence of ids.
  public let offset: Int?
  public let reason: String

  public init(_ code: Code, name: String, key: String = "", offset: Int? = nil, reason: String) {
    self.code = code
    self.name = name
    self.key = key
    self.offset = offset
    self.reason = reason
  }

  public var description: String {
    name + (key.isEmpty ? "" : ": \(key)") + ": " + reason
  }
}
