/// Is a mean of paired differences 0?
public enum MeanTest {
  /// Student's paired t test (two-sided) on clusters' means. NaN below two clusters; where all are equal, 1 if they are 0 and
  /// 0 if not.
  public static func student(_ values: ClusteredValues) -> Double {
    let means = zip(values.sums, values.counts).map { $0 / $1 }
    guard means.count > 1 else { return .nan }
    let estimate = Estimate(meanOf: means)
    guard estimate.standardError > 0 else { return estimate.value == 0 ? 1 : 0 }
    return StudentDistribution.twoSided(
      estimate.value / estimate.standardError, freedom: Double(means.count - 1))
  }

  /// The sign-flip (permutation) test, two-sided: under the null hypothesis each cluster's difference could as well have had
  /// the other sign. All 2ⁿ sign patterns up to 2ⁿ ≤ `draws`; else `draws` of them and the observed one. 1 without clusters.
  public static func signFlip(_ values: ClusteredValues, draws: Int = 10_000, seed: UInt64 = 1) -> Double {
    let sums = values.sums
    if sums.count < 63, 1 << sums.count <= draws { return allSignFlips(sums) }
    let limit = threshold(sums)
    var random = SplitMix(seed: seed)
    var extreme = 1
    for _ in 0..<draws where abs(flippedSum(sums, &random)) >= limit { extreme += 1 }
    return Double(extreme) / Double(draws + 1)
  }

  private static func allSignFlips(_ sums: [Double]) -> Double {
    let limit = threshold(sums)
    let patterns = 1 << sums.count
    let extreme = (0..<patterns).count { pattern in
      let sum = sums.indices.reduce(0.0) { $0 + (pattern >> $1 & 1 == 0 ? sums[$1] : -sums[$1]) }
      return abs(sum) >= limit
    }
    return Double(extreme) / Double(patterns)
  }

  private static func flippedSum(_ sums: [Double], _ random: inout SplitMix) -> Double {
    var (sum, bits) = (0.0, UInt64(0))
    for (index, value) in sums.enumerated() {
      if index & 63 == 0 { bits = random.next() }
      sum += bits & 1 == 0 ? value : -value
      bits &>>= 1
    }
    return sum
  }

  /// The observed sum less what rounding can do: patterns that tie with it in real numbers count as ties.
  private static func threshold(_ sums: [Double]) -> Double {
    abs(sums.reduce(0, +)) - 1e-12 * sums.reduce(0) { $0 + abs($1) }
  }
}
