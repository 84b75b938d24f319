/// Why a pipeline cannot be run or checked: where, what is wrong, and what to do.
public struct PipelineFailure: Error, Equatable, CustomStringConvertible {
  public let place: String
  public let reason: String

  public init(_ place: some CustomStringConvertible, _ reason: String) {
    self.place = place.description
    self.reason = reason
  }

  public var description: String { "\(place): \(reason)" }
}
