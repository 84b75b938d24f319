/// How two arms answered the same items, each yes or no.
public struct PairedCounts: Sendable, Equatable {
  public let both: Int
  public let onlyFirst: Int
  public let onlySecond: Int
  public let neither: Int

  public init(both: Int, onlyFirst: Int, onlySecond: Int, neither: Int) {
    self.both = both
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  /// Item i of one beside item i of the other: the same number of both.
  public init(from first: [Bool], to second: [Bool]) {
    precondition(first.count == second.count, "paired arms have the same items")
    var counts = [0, 0, 0, 0]
    for (a, b) in zip(first, second) { counts[(a ? 0 : 2) + (b ? 0 : 1)] += 1 }
    self.init(both: counts[0], onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3])
  }

  public var count: Int { both + onlyFirst + onlySecond + neither }
  public var discordant: Int { onlyFirst + onlySecond }
  public var first: Proportion { Proportion(both + onlyFirst, of: count) }
  public var second: Proportion { Proportion(both + onlySecond, of: count) }

  /// Second minus first, as a share of the items.
  public var difference: Double { Double(onlySecond - onlyFirst) / Double(count) }

  /// The share of items that the arms answer differently.
  public var discordance: Double { Double(discordant) / Double(count) }

  /// The adjusted Wald interval for the paired difference: half an item is added to each cell (Agresti and Min 2005).
  public func interval(level: Double = 0.95) -> Interval {
    let n = Double(count) + 2
    let (b, c) = (Double(onlyFirst) + 0.5, Double(onlySecond) + 0.5)
    let variance = (b + c - (c - b) * (c - b) / n) / (n * n)
    let half = NormalDistribution.halfWidth(level) * variance.squareRoot()
    return Interval(max(-1, (c - b) / n - half), min(1, (c - b) / n + half))
  }
}

/// McNemar's test: do the items on which two arms differ go one way more often than the other?
public struct McNemarTest: Sendable, Equatable {
  /// Two-sided.
  public let pValue: Double
  /// True for the binomial test, false for χ².
  public let isExact: Bool

  /// Fewer discordant items than this are tested exactly.
  public static let exactBelow = 25

  /// Exact below `exactBelow` discordant items: twice the smaller tail of the binomial distribution, at most 1. From there on
  /// χ² with one degree of freedom and Edwards' continuity correction, (|b − c| − 1)²/(b + c), which is 0 where b = c.
  public init(_ counts: PairedCounts, exactBelow: Int = McNemarTest.exactBelow) {
    let (b, c) = (counts.onlyFirst, counts.onlySecond)
    isExact = b + c < exactBelow
    pValue = isExact ? Self.exact(b, c) : Self.corrected(Double(b), Double(c))
  }

  /// P(X ≤ k) of n fair coins is I_½(n − k, k + 1) (DLMF 8.17.5).
  private static func exact(_ b: Int, _ c: Int) -> Double {
    let fewer = min(b, c)
    return b == c ? 1 : min(1, 2 * incompleteBeta(0.5, Double(b + c - fewer), Double(fewer + 1)))
  }

  private static func corrected(_ b: Double, _ c: Double) -> Double {
    b + c > 0 ? NormalDistribution.twoSided(max(0, abs(b - c) - 1) / (b + c).squareRoot()) : 1
  }
}
