/// What is wrong with benchmark data, or with an evaluation: where, what, and what to do.
public struct EvaluationFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// A data file is not what it should be.
    case data
    /// A data file is not there.
    case missing
    /// A benchmark or setting that does not exist, or does not fit.
    case request
    /// The model gave a score that is no number.
    case score
    /// What an earlier run left cannot be used.
    case output
  }

  public let code: Code
  public let path: String
  /// Counted from 1.
  public let line: Int?
  /// Byte offset in the file, from 0.
  public let offset: Int?
  public let reason: String

  public init(_ code: Code, _ path: String, line: Int? = nil, at offset: Int? = nil, _ reason: String) {
    self.code = code
    self.path = path
    self.line = line
    self.offset = offset
    self.reason = reason
  }

  public var description: String {
    path + (line.map { ", line \($0)" } ?? "") + (offset.map { ", byte \($0)" } ?? "") + ": " + reason
  }
}
