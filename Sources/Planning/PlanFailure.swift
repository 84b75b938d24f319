/// Why a plan cannot be made, read or carried out: where, what is wrong, and what to do.
public struct PlanFailure: Error, Equatable, CustomStringConvertible {
  public let place: String
  public let reason: String

  public init(_ place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }

  public var description: String { "\(place): \(reason)" }
}
