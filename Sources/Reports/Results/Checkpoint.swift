/// A place in a model's training. Runs of different length are compared by the fraction of training: step 71,500 of 71,500
/// is step 143,000 of 143,000.
public struct Checkpoint: Sendable {
  /// Nil where the result does not say; then it is taken for the end of training.
  public var step: Int?
  /// Steps of the whole run, where known.
  public var totalSteps: Int?

  public init(step: Int?, of totalSteps: Int? = nil) {
    self.step = step
    self.totalSteps = totalSteps
  }

  /// From 0 to 1; nil where step or length is not known.
  public var fraction: Double? {
    guard let step, let totalSteps, totalSteps > 0 else { return nil }
    return Double(step) / Double(totalSteps)
  }

  /// Step and length in lowest terms; equal for equal places.
  private var place: (numerator: Int, denominator: Int) {
    guard let step else { return (1, 1) }
    guard let totalSteps, totalSteps > 0 else { return (step, 0) }
    let divisor = Self.greatestCommonDivisor(step, totalSteps)
    return (step / divisor, totalSteps / divisor)
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return max(a, 1)
  }

  /// `step 143000`, with the length of the run where it is another than the usual.
  public var name: String {
    guard let step else { return "end of training" }
    return "step \(step)"
  }
}

extension Checkpoint: Hashable, Comparable {
  public static func == (one: Checkpoint, other: Checkpoint) -> Bool { one.place == other.place }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(place.numerator)
    hasher.combine(place.denominator)
  }

  public static func < (one: Checkpoint, other: Checkpoint) -> Bool {
    let (a, b) = (one.place, other.place)
    if (a.denominator == 0) != (b.denominator == 0) { return a.denominator == 0 }
    if a.denominator == 0 { return a.numerator < b.numerator }
    let (left, right) = (
      a.numerator.multipliedFullWidth(by: b.denominator), b.numerator.multipliedFullWidth(by: a.denominator)
    )
    return (left.high, left.low) < (right.high, right.low)
  }
}
