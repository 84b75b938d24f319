/// e^x for x ≤ 0, to a few units in the last place of the numbers that count in a sum beside 1; below -87 it is 2^-126, and
/// what is no number stays so. Hot: one for every number of every row of logits.
///
/// x·log₂e = n + f with |f| ≤ ½, and 2^f by a polynomial of degree 5 that is 1 at 0 and elsewhere off by at most 9.2·10⁻⁸ of
/// its value (a minimax fit). No fused operations, so that every processor gives the same bits.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  let exponent = larger(Lanes(repeating: -126), x * 1.442_695_04)
  // Adding 1.5·2^23 rounds to an integer, which then stands in the lowest bits.
  let rounder = Lanes(repeating: 12_582_912)
  let shifted = exponent + rounder
  let f = exponent - (shifted - rounder)
  var p = f * 1.326_472_7e-3 + 9.671_513e-3
  p = p * f + 5.550_733_6e-2
  p = p * f + 0.240_222_42
  p = p * f + 0.693_147
  p = p * f + 1
  // 2^n by adding n to the bits of the exponent.
  let power = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23
  return unsafeBitCast(unsafeBitCast(p, to: SIMD8<UInt32>.self) &+ power, to: Lanes.self)
}
