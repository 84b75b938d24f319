/// What went wrong with text.
public struct UnicodeFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: Equatable, Sendable {
    /// The bytes are not UTF-8.
    case invalidUTF8
    /// The system's ICU would normalize differently from the pinned data.
    case unsuitableLibrary
    /// ICU refused to normalize; what it said is in the message.
    case normalization
  }

  public let code: Code
  /// Byte offset in the text, where one is known.
  public let offset: Int?
  public let reason: String

  public init(_ code: Code, offset: Int? = nil, reason: String) {
    self.code = code
    self.offset = offset
    self.reason = reason
  }

  public var description: String {
    (offset.map { "byte \($0): " } ?? "") + reason
  }
}
