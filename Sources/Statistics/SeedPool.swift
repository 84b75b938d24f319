/// The mean of a quantity over several trainings of one arm (seeds) and over items, both taken as samples: what another seed and
/// other items of the kind would give.
///
/// Seeds and items are crossed, value(k, i) = μ + seed + item + rest. The variance of the mean is that of the seeds' means over
/// seeds, and that of the items' means over items (clusters, where items stand or fall together), less the rest, which is in
/// both; it is never taken for less than either. Degrees of freedom are Welch and Satterthwaite's. Where seeds
/// differ more than items explain, K seeds leave about K − 1 of them: 2 for three seeds, and a factor of 4.3 in place of 2.
public struct SeedPool: Sendable, Equatable {
  public let mean: Double
  public let standardError: Double
  public let freedom: Double
  public let seedCount: Int

  /// One for each seed, of the same items in the same clusters. At least two of each, or nothing is known of the error (NaN).
  public init(_ seeds: [ClusteredValues]) {
    precondition(
      seeds.allSatisfy { $0.counts == seeds[0].counts }, "all seeds have the same items in the same clusters")
    let parts = CrossedVariance(seeds)
    self.init(
      mean: Estimate(meanOf: seeds.map(\.mean)).value, seedCount: seeds.count, ofSeeds: parts.ofSeeds,
      ofItems: parts.ofItems, ofRest: parts.ofRest, itemFreedom: Double((seeds.first?.clusterCount ?? 0) - 1))
  }

  /// From each seed's mean with its standard error over items, where the values themselves are not known. The items are the
  /// same for every seed, so their error does not become smaller with more of them. Without errors (nil) there are none of
  /// items, and the interval is of these items only.
  public init(means: [Double], standardErrors: [Double]?) {
    let estimate = Estimate(meanOf: means)
    let squares = (standardErrors ?? []).map { $0 * $0 }
    self.init(
      mean: estimate.value, seedCount: means.count, ofSeeds: estimate.standardError * estimate.standardError,
      ofItems: squares.isEmpty ? 0 : squares.reduce(0, +) / Double(squares.count), ofRest: 0, itemFreedom: .infinity)
  }

  private init(
    mean: Double, seedCount: Int, ofSeeds: Double, ofItems: Double, ofRest: Double, itemFreedom: Double
  ) {
    let variance = max(ofSeeds, ofItems, ofSeeds + ofItems - ofRest)
    self.mean = mean
    self.seedCount = seedCount
    let isKnown = seedCount > 1 && itemFreedom > 0 && ofSeeds.isFinite && ofItems.isFinite
    standardError = isKnown ? variance.squareRoot() : .nan
    let spread = ofSeeds * ofSeeds / Double(max(1, seedCount - 1)) + ofItems * ofItems / itemFreedom
    freedom = spread > 0 ? variance * variance / spread : .infinity
  }

  public func interval(level: Double = 0.95) -> Interval {
    let half = StudentDistribution.critical(1 - level, freedom: freedom) * standardError
    return Interval(mean - half, mean + half)
  }

  /// Two-sided p that the mean is not 0; 1 for 0 ± 0.
  public var pValue: Double {
    if standardError.isNaN { return .nan }
    return standardError > 0
      ? StudentDistribution.twoSided(mean / standardError, freedom: freedom) : mean == 0 ? 1 : 0
  }

  /// The true mean that would be significant at 5 % with a probability of about 80 %.
  public var detectable: Double {
    // P(|T| ≥ t) = 0.4 has a tail of 20 % on either side.
    (StudentDistribution.critical(0.05, freedom: freedom) + StudentDistribution.critical(0.4, freedom: freedom))
      * standardError
  }
}

/// The parts of the variance of a mean over K seeds and m clusters of N items, with cluster sums taken about their share of the
/// mean (so that clusters of different size count by their items).
private struct CrossedVariance {
  let ofSeeds: Double
  let ofItems: Double
  let ofRest: Double

  init(_ seeds: [ClusteredValues]) {
    let seedCount = Double(seeds.count)
    let means = Estimate(meanOf: seeds.map(\.mean))
    let counts = seeds.first?.counts ?? []
    let (clusters, items) = (Double(counts.count), counts.reduce(0, +))
    let residuals = seeds.map { seed in zip(seed.sums, counts).map { $0 - $1 * seed.mean } }
    let ofClusters = counts.indices.map { cluster in residuals.reduce(0) { $0 + $1[cluster] } / seedCount }
    let rest = residuals.reduce(0) { sum, seed in
      sum + zip(seed, ofClusters).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let scale = clusters / ((clusters - 1) * items * items)
    ofSeeds = means.standardError * means.standardError
    ofItems = ofClusters.reduce(0) { $0 + $1 * $1 } * scale
    ofRest = rest * scale / (seedCount * (seedCount - 1))
  }
}
