/// What is wrong with a token data set or an array file: where, what, and what to do.
public struct DatasetFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// The file is not what its name says, or has a version or type that is not read.
    case format
    /// Lengths in the file do not add up, with each other or with the file.
    case length
    /// Shards are missing, too many, or of several sets.
    case shards
    /// A token does not fit the type it is stored as or read into.
    case token
    /// A question for an item or a token that is not there.
    case range
    /// There is no room for the output, or something is in its place.
    case output
  }

  public let code: Code
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
