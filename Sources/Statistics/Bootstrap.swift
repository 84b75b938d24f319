/// The bootstrap of a mean over items in clusters: an interval that asks nothing of the distribution.
///
/// Whole clusters are drawn with replacement. Intervals are bias-corrected and accelerated (BCa, Efron 1987), the
/// acceleration from leaving out one cluster at a time. Same seed, same bytes. 10,000 draws of 1,500 items: 0.05 s.
public struct Bootstrap: Sendable {
  public let draws: Int
  public let seed: UInt64

  public init(draws: Int = 10_000, seed: UInt64 = 1) {
    precondition(draws > 0, "a bootstrap draws at least once")
    self.draws = draws
    self.seed = seed
  }

  public struct Result: Sendable, Equatable {
    /// The mean of the values as they are.
    public let mean: Double
    /// The standard deviation of the draws' means.
    public let standardError: Double
    public let interval: Interval
  }

  /// Without clusters everything is NaN; one cluster, or clusters that are all alike, give an interval of no width.
  public func mean(of values: ClusteredValues, level: Double = 0.95) -> Result {
    let mean = values.mean
    guard values.clusterCount > 0 else {
      return Result(mean: .nan, standardError: .nan, interval: Interval(.nan, .nan))
    }
    let means = drawnMeans(values).sorted()
    return Result(
      mean: mean, standardError: standardDeviation(means), interval: interval(means, of: values, mean, level))
  }

  /// The paired difference of two arms on the same items, second minus first.
  public func difference(
    from first: [Double], to second: [Double], clusters: [Int]? = nil, level: Double = 0.95
  ) -> Result {
    mean(of: ClusteredValues(from: first, to: second, clusters: clusters), level: level)
  }

  private func drawnMeans(_ values: ClusteredValues) -> [Double] {
    var random = SplitMix(seed: seed)
    let count = values.clusterCount
    return (0..<draws).map { _ in
      var (sum, items) = (0.0, 0.0)
      for _ in 0..<count {
        let cluster = random.next(below: count)
        sum += values.sums[cluster]
        items += values.counts[cluster]
      }
      return sum / items
    }
  }

  private func standardDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
  }

  /// BCa: the quantiles of the draws are moved by the bias z₀ and the acceleration a.
  private func interval(
    _ sorted: [Double], of values: ClusteredValues, _ mean: Double, _ level: Double
  ) -> Interval {
    guard let least = sorted.first, let greatest = sorted.last, least < greatest else { return Interval(mean, mean) }
    let below = Double(sorted.count { $0 < mean }) + Double(sorted.count { $0 == mean }) / 2
    let bias = NormalDistribution.quantile(min(max(below, 0.5), Double(draws) - 0.5) / Double(draws))
    let acceleration = acceleration(values)
    func end(_ z: Double) -> Double {
      let moved = bias + (bias + z) / max(1e-9, 1 - acceleration * (bias + z))
      return quantile(sorted, NormalDistribution.cumulative(moved))
    }
    let half = NormalDistribution.halfWidth(level)
    return Interval(end(-half), end(half))
  }

  /// Σ d³ / (6 (Σ d²)^{3/2}), d the distances of the leave-one-cluster-out means from their mean.
  private func acceleration(_ values: ClusteredValues) -> Double {
    guard values.clusterCount > 1 else { return 0 }
    let (sum, items) = (values.sums.reduce(0, +), values.counts.reduce(0, +))
    let means = zip(values.sums, values.counts).map { (sum - $0) / (items - $1) }
    let center = means.reduce(0, +) / Double(means.count)
    let squares = means.reduce(0) { $0 + (center - $1) * (center - $1) }
    let cubes = means.reduce(0) { $0 + (center - $1) * (center - $1) * (center - $1) }
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  /// Linear between the order statistics (type 7 of Hyndman and Fan 1996).
  private func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let place = min(max(p, 0), 1) * Double(sorted.count - 1)
    let index = min(Int(place), sorted.count - 1)
    let next = min(index + 1, sorted.count - 1)
    return sorted[index] + (place - Double(index)) * (sorted[next] - sorted[index])
  }
}
