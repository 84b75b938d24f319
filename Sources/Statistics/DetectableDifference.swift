/// The smallest difference of two proportions that a comparison would have shown: the true difference for which a two-sided
/// test at level `alpha` is significant with probability `power`.
public struct DetectableDifference: Sendable {
  public let alpha: Double
  public let power: Double

  public init(alpha: Double = 0.05, power: Double = 0.8) {
    self.alpha = alpha
    self.power = power
  }

  /// `count` items scored by both arms, which answer the share `discordance` of them differently (Connor 1987):
  /// δ√n = z_α √ψ + z_β √(ψ − δ²). 4.9 points at 320 items and 10 %. Nil where even all of the discordant items
  /// would not be seen.
  public func paired(count: Int, discordance: Double) -> Double? {
    guard let difference = solution(count, variance: discordance, reduction: 1), difference <= discordance else {
      return nil
    }
    return difference
  }

  /// `count` different items for each arm, the mean of both true proportions being `proportion`:
  /// δ√n = z_α √(2p̄q̄) + z_β √(2p̄q̄ − δ²/2). 10.8 points at 320 items and 0.6. Nil where no such proportions are that
  /// far apart.
  public func unpaired(count: Int, proportion: Double) -> Double? {
    let variance = 2 * proportion * (1 - proportion)
    guard let difference = solution(count, variance: variance, reduction: 0.5),
      difference <= 2 * min(proportion, 1 - proportion)
    else { return nil }
    return difference
  }

  /// A difference of means whose standard error is known: (z_α + z_β) standard errors.
  public func ofMeans(standardError: Double) -> Double { (zAlpha + zBeta) * standardError }

  private var zAlpha: Double { NormalDistribution.halfWidth(1 - alpha) }
  private var zBeta: Double { NormalDistribution.quantile(power) }

  /// The greater root δ of δ√n = z_α √v + z_β √(v − kδ²), a quadratic.
  private func solution(_ count: Int, variance: Double, reduction k: Double) -> Double? {
    guard count > 0, variance >= 0, variance <= 1 else { return nil }
    let (n, a, b) = (Double(count), zAlpha, zBeta)
    let discriminant = b * b * (n - k * (a * a - b * b))
    guard discriminant >= 0 else { return nil }
    return variance.squareRoot() * (n.squareRoot() * a + discriminant.squareRoot()) / (n + k * b * b)
  }
}
