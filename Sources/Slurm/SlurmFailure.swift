/// Why a cluster cannot be used: which command, what it said, and what to do.
public struct SlurmFailure: Error, Equatable, CustomStringConvertible {
  public let command: String
  public let reason: String

  init(_ command: String, _ reason: String) {
    self.command = command
    self.reason = reason
  }

  public var description: String { "\(command): \(reason)" }
}
