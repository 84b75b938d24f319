/// Student's t distribution, of any positive number of degrees of freedom.
public enum StudentDistribution {
  /// P(|T| ≥ |t|) = I_x(ν/2, ½) with x = ν/(ν + t²) (DLMF 8.17, Student's distribution).
  public static func twoSided(_ t: Double, freedom: Double) -> Double {
    freedom.isFinite ? incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) : NormalDistribution.twoSided(t)
  }

  /// The t with P(|T| ≥ t) = `p`, by halving: 4.303 for 0.05 and 2 degrees of freedom. Infinity at 0.
  public static func critical(_ p: Double, freedom: Double) -> Double {
    guard p > 0 else { return .infinity }
    var (low, high) = (0.0, 1.0)
    while twoSided(high, freedom: freedom) > p, high < 1e12 { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if twoSided(middle, freedom: freedom) > p { low = middle } else { high = middle }
    }
    return high
  }
}
