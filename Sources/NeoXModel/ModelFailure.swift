/// What is wrong with a model's folder, or with a question to the model: where, what, and what to do.
public struct ModelFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// A file is missing, or has a format that is not read.
    case format
    /// Lengths in a file do not add up, with each other or with the file.
    case length
    /// The configuration describes another architecture, or a variant that is not computed.
    case architecture
    /// A tensor is missing, unexpected, of the wrong shape or type, or holds a value that is no number.
    case tensor
    /// A request that cannot be scored: a token outside the vocabulary, no context, too long.
    case request
    /// The processor or the library cannot do what is asked.
    case unsupported
  }

  public let code: Code
  /// The file or folder; for requests, what messages call them.
  public let path: String
  /// Byte offset in the file, where one is known.
  public let offset: Int?
  public let reason: String

  public init(_ code: Code, _ path: String, at offset: Int? = nil, _ reason: String) {
    self.code = code
    self.path = path
    self.offset = offset
    self.reason = reason
  }

  public var description: String {
    "\(path)\(offset.map { ", byte \($0)" } ?? ""): \(reason)"
  }
}
