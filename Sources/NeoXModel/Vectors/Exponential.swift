/// e^x for x ≤ 0, within two units in the last place; below -87 it is zero; what is no number stays so. Hot: one for every number of every row of logits.
///
/// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and e^r by the polynomial of Cephes' expf (Moshier, netlib.org/cephes). No fused
/// operations, so that every processor gives the same bits.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  // Adding 1.5·2^23 rounds to an integer, which then stands in the lowest bits.
  let rounder = Lanes(repeating: 12_582_912)
  let isTiny = x .< -87
  let clamped = choose(isTiny, Lanes(repeating: -87), x)
  let shifted = clamped * 1.442_695_04 + rounder
  let n = shifted - rounder
  let r = clamped - n * 0.693_359_375 + n * 2.121_944_4e-4
  var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
  p = p * r + 8.333_451_9e-3
  p = p * r + 4.166_579_59e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 5.000_000_1e-1
  p = p * (r * r) + r + 1
  let exponent = (unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &+ 127) &<< 23
  let scaled = p * unsafeBitCast(exponent, to: Lanes.self)
  return choose(isTiny, .zero, scaled)
}
