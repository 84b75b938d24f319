import Testing

@testable import Statistics

@Suite struct NormalDistributionTests {
  @Test(
    "quantiles are scipy's",
    arguments: [
      (1e-12, -7.034483825301131), (0.001, -3.090232306167813), (0.025, -1.9599639845400545),
      (0.3, -0.5244005127080409), (0.5, 0.0), (0.8, 0.8416212335729143), (0.999, 3.090232306167813),
    ])
  func quantile(p: Double, x: Double) {
    #expect(abs(NormalDistribution.quantile(p) - x) < 1e-12)
  }

  @Test func `tails are scipy's`() {
    #expect(isClose(NormalDistribution.cumulative(-8), 6.22096057427174e-16))
    #expect(isClose(NormalDistribution.twoSided(1.234), 0.21720290424304867))
    #expect(isClose(NormalDistribution.twoSided(-1.234), 0.21720290424304867))
  }

  @Test func `ends have infinite quantiles, what is no probability has none`() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }

  @Test(
    "the incomplete beta function is scipy's",
    arguments: [
      (0.5, 0.5, 0.3, 0.36901011956554536), (9.5, 0.5, 0.7, 0.010162572120690608),
      (754.0, 0.5, 0.99, 9.925170881333392e-05), (20, 6, 0.5, 0.0020386576652526855), (1, 1, 0.25, 0.25),
      (2000, 1900, 0.5, 0.05462863610242222),
    ])
  func beta(a: Double, b: Double, x: Double, value: Double) {
    #expect(isClose(incompleteBeta(x, a, b), value, 1e-11))
  }
}
