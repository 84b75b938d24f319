import StructuredText

/// Something in a pack that is wrong, or that is probably not meant.
public struct Finding: Sendable, Hashable {
  public enum Severity: String, Sendable {
    /// The pack cannot be used, or does not do what it says.
    case error
    case warning
  }

  public let place: SourcePlace
  public let severity: Severity
  /// The lint that found it.
  public let lint: String
  /// What was found, and what was expected.
  public let message: String

  public init(_ severity: Severity, _ lint: String, at place: SourcePlace, _ message: String) {
    self.place = place
    self.severity = severity
    self.lint = lint
    self.message = message
  }
}

extension Finding: Comparable {
  public static func < (left: Finding, right: Finding) -> Bool {
    (left.place.file, left.place.line, left.place.column, left.message)
      < (right.place.file, right.place.line, right.place.column, right.message)
  }
}

extension Finding: CustomStringConvertible {
  public var description: String { "\(place): \(severity.rawValue): \(message) [\(lint)]" }
}
