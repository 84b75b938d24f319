/// Why a training order cannot be made, read or asked: what was given, and what would do.
public struct OrderFailure: Error, Equatable, CustomStringConvertible {
  public enum Code: String, Sendable {
    /// A number, weight, share or split that no run can have.
    case parameter
    /// The data have no tokens, too few, or too many for the format.
    case data
    /// An index map whose shape, type or values do not fit the data.
    case map
    /// A step or sequence that the order does not have.
    case range
  }

  public let code: Code
  /// The file, option or data set concerned; empty where there is none.
  public let place: String
  public let reason: String

  public init(_ code: Code, _ place: String, _ reason: String) {
    self.code = code
    self.place = place
    self.reason = reason
  }

  public var description: String { place.isEmpty ? reason : "\(place): \(reason)" }
}
