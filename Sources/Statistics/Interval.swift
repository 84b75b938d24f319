/// What is known of a quantity: from `lower` to `upper`, both included.
public struct Interval: Sendable, Equatable {
  public var lower: Double
  public var upper: Double

  public init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
