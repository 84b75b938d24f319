/// A value and its standard error, such as a published result gives them.
public struct Estimate: Sendable, Equatable {
  public var value: Double
  public var standardError: Double

  public init(_ value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The mean and its standard error, s/√n with n − 1 in s (lm-evaluation-harness' `mean_stderr`). NaN where n is too small.
  public init(meanOf values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(mean, standardError: values.count > 1 ? (squares / (count - 1) / count).squareRoot() : .nan)
  }

  /// Value ± z standard errors.
  public func interval(level: Double = 0.95) -> Interval {
    let half = NormalDistribution.halfWidth(level) * standardError
    return Interval(value - half, value + half)
  }

  /// This less `other`, taken as independent: standard errors add in squares. For results without items, it is all
  /// that can be said; where the items are the same it is too wide.
  public func minus(_ other: Estimate) -> Estimate {
    let variance = standardError * standardError + other.standardError * other.standardError
    return Estimate(value - other.value, standardError: variance.squareRoot())
  }

  /// Two-sided p that the quantity is not 0, by the normal distribution; 1 for 0 ± 0.
  public var pValue: Double {
    standardError > 0 ? NormalDistribution.twoSided(value / standardError) : value == 0 ? 1 : 0
  }
}
