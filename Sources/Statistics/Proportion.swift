/// How many of `count` items went one way.
public struct Proportion: Sendable, Equatable {
  public let successes: Int
  public let count: Int

  /// `successes` of `count`; what is outside is brought to the nearest end.
  public init(_ successes: Int, of count: Int) {
    self.count = max(0, count)
    self.successes = min(max(0, successes), self.count)
  }

  public init(_ outcomes: [Bool]) { self.init(outcomes.count { $0 }, of: outcomes.count) }

  /// The share; NaN without items.
  public var value: Double { Double(successes) / Double(count) }

  /// √(p(1 − p)/(n − 1)): the sample standard deviation over √n, as lm-evaluation-harness gives it. NaN below two items.
  public var standardError: Double {
    count > 1 ? (value * (1 - value) / Double(count - 1)).squareRoot() : .nan
  }

  /// The share and its standard error.
  public var estimate: Estimate { Estimate(value, standardError: standardError) }

  /// Wilson's score interval without continuity correction (Wilson 1927). It stays within 0 and 1, and covers well at
  /// small counts.
  public func wilson(level: Double = 0.95) -> Interval {
    guard count > 0 else { return Interval(0, 1) }
    let n = Double(count)
    let z = NormalDistribution.halfWidth(level)
    let scale = 1 + z * z / n
    let center = (value + z * z / (2 * n)) / scale
    let half = z * (value * (1 - value) / n + z * z / (4 * n * n)).squareRoot() / scale
    // At 0 and at all, one end is exactly the share; rounding must not put it outside.
    return Interval(min(value, max(0, center - half)), max(value, min(1, center + half)))
  }
}

/// Two proportions of different items, or of the same items where it is not known which went which way.
public struct ProportionDifference: Sendable, Equatable {
  public let first: Proportion
  public let second: Proportion

  public init(from first: Proportion, to second: Proportion) {
    self.first = first
    self.second = second
  }

  /// Second minus first.
  public var difference: Double { second.value - first.value }

  /// The z statistic with the pooled proportion; 0 where all items of both went the same way.
  public var z: Double {
    let pooled = Double(first.successes + second.successes) / Double(first.count + second.count)
    let variance = pooled * (1 - pooled) * (1 / Double(first.count) + 1 / Double(second.count))
    return variance > 0 ? difference / variance.squareRoot() : 0
  }

  /// Two-sided.
  public var pValue: Double { NormalDistribution.twoSided(z) }

  /// Newcombe's hybrid score interval for the difference (Newcombe 1998, method 10): from both Wilson intervals.
  public func interval(level: Double = 0.95) -> Interval {
    let (a, b) = (first.wilson(level: level), second.wilson(level: level))
    func distance(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    return Interval(
      difference - distance(second.value - b.lower, a.upper - first.value),
      difference + distance(b.upper - second.value, first.value - a.lower))
  }
}
