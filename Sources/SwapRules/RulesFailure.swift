import StructuredText

/// What is wrong with a rule pack: where, what was found, what was expected.
public struct RulesFailure: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: Sendable, Equatable {
    /// A file cannot be read, or lies outside the rules' folder.
    case file
    /// The file is not what the rule language allows.
    case definition
    /// Another part of the pack should have something: what of it is at fault, and so left out, may be that.
    case missing
    /// There is more of something than a pack can hold: of nothing else is anything wrong.
    case limit
    /// A part of the language that this version does not have.
    case unsupported
    /// The system's Unicode library is not usable.
    case library
  }

  public let code: Code
  /// Nil where no file is at fault.
  public let place: SourcePlace?
  public let message: String

  public init(_ code: Code, at place: SourcePlace?, _ message: String) {
    self.code = code
    self.place = place
    self.message = message
  }

  init(_ failure: YAMLFailure) { self.init(.definition, at: failure.place, failure.message) }

  static func definition(_ place: SourcePlace, _ message: String) -> RulesFailure {
    RulesFailure(.definition, at: place, message)
  }

  public var description: String { place.map { "\($0): \(message)" } ?? message }
}
