import Glibc

/// The regularised incomplete beta function I_x(a, b) (DLMF 8.17), from which binomial and Student probabilities come.
///
/// The continued fraction 8.17.22 by Lentz' method, on the side where it converges in O(√max(a, b)) steps; relative
/// error about 1e-13 for a, b up to some thousands.
func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 || x >= 1 { return x <= 0 ? 0 : 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(1 - x, b, a) }
  let logFront = a * log(x) + b * log1p(-x) - logBeta(a, b)
  return exp(logFront) / a / continuedFraction(x, a, b)
}

private func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0 }

/// 1 + d₁/(1 + d₂/(1 + …)).
private func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var value = 1.0
  var (c, d) = (1.0, 0.0)
  for step in 1...10_000 {
    let m = Double(step / 2)
    let numerator =
      step % 2 == 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + numerator * d, tiny)
    c = nonZero(1 + numerator / c, tiny)
    let change = c * d
    value *= change
    if abs(change - 1) < 1e-15 { break }
  }
  return value
}

private func nonZero(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
