/// Why there is no report, or a part of it is missing.
public struct ReportFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: Equatable, Sendable {
    case noResults
    case tooDeep
    /// A file of scores does not fit the result that names it.
    case items
    /// A table of labels is wrong, or is not of these results.
    case labels
    /// Figures cannot be rendered.
    case renderer
  }

  public let code: Code
  public let path: String
  public let reason: String

  public init(_ code: Code, path: String, reason: String) {
    self.code = code
    self.path = path
    self.reason = reason
  }

  public var description: String { (path.isEmpty ? "" : path + ": ") + reason }
}
