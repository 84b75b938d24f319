import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ x), to the accuracy of the C library's `erfc`.
  public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// P(|Z| ≥ |z|): what a two-sided test gives for the statistic z.
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The x with P(Z ≤ x) = p. Minus and plus infinity at 0 and 1, NaN outside.
  ///
  /// Abramowitz and Stegun 26.2.23 (good to 4.5e-4), then three steps of Halley on ``cumulative(_:)``.
  public static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    // The lower half only: there the distance to 0, and so the relative error, is exact.
    if p > 0.5 { return -quantile(1 - p) }
    let t = (-2 * log(p)).squareRoot()
    var x = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
    for _ in 0..<3 {
      let error = (cumulative(x) - p) / density(x)
      x -= error / (1 + x * error / 2)
    }
    return x
  }

  /// The half width, in standard errors, of a two-sided interval: 1.96 for `level` 0.95.
  static func halfWidth(_ level: Double) -> Double { -quantile((1 - level) / 2) }

  private static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
}
