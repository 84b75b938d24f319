import Glibc
import Statistics
import TestSupport
import Testing

@Suite struct BootstrapTests {
  static let skewed = [
    1.001, 1.348, 0.76, 0.41, 0.635, 0.371, 1.062, 3.82, 0.611, 0.538, 1.632, 1.429, 1.111, 0.394, 0.971, 2.004, 0.261,
    0.633, 0.149, 0.275, 0.159, 0.79, 0.282, 1.312, 1.17, 0.83, 0.081, 0.584, 0.953, 1.12,
  ]

  @Test func `the interval is scipy's BCa to what 20,000 draws can tell`() {
    let result = Bootstrap(draws: 20_000).mean(of: ClusteredValues(Self.skewed))
    #expect(isClose(result.mean, 0.8898666666666666))
    #expect(abs(result.standardError - 0.1307) < 0.003)
    #expect(abs(result.interval.lower - 0.6958) < 0.01)
    #expect(abs(result.interval.upper - 1.2484) < 0.02)
  }

  @Test func `the same seed gives the same interval, another seed a slightly different one`() {
    let values = ClusteredValues(Self.skewed)
    let once = Bootstrap(draws: 500, seed: 4).mean(of: values)
    #expect(once == Bootstrap(draws: 500, seed: 4).mean(of: values))
    #expect(once.interval != Bootstrap(draws: 500, seed: 5).mean(of: values).interval)
  }

  @Test
  func `items that stand for one another count as one: the interval of doubled data in clusters is that of the data`() {
    let doubled = Self.skewed.flatMap { [$0, $0] }
    let clusters = doubled.indices.map { $0 / 2 }
    let bootstrap = Bootstrap(draws: 500)
    #expect(
      isClose(
        bootstrap.mean(of: ClusteredValues(doubled, clusters: clusters)).interval.lower,
        bootstrap.mean(of: ClusteredValues(Self.skewed)).interval.lower))
    #expect(
      bootstrap.mean(of: ClusteredValues(doubled)).standardError
        < 0.8 * bootstrap.mean(of: ClusteredValues(Self.skewed)).standardError)
  }

  @Test func `alike values have an interval of no width, none have no interval`() {
    let result = Bootstrap(draws: 50).mean(of: ClusteredValues([2, 2, 2]))
    #expect(result.interval == Interval(2, 2) && result.standardError == 0)
    #expect(Bootstrap(draws: 50).mean(of: ClusteredValues([])).mean.isNaN)
  }

  @Test func `the paired difference is second minus first`() {
    let result = Bootstrap(draws: 200).difference(from: [1, 2, 3], to: [2, 4, 3])
    #expect(result.mean == 1)
  }

  @Test func `95 % intervals of skewed clusters cover the mean in about 95 of 100 samples`() {
    var random = SeededGenerator(seed: 77)
    let covered = (0..<400).count { _ in
      var (values, clusters) = ([Double](), [Int]())
      for cluster in 0..<60 {
        let common = -log(Double.random(in: 0.000001..<1, using: &random))
        for _ in 0..<2 {
          values.append(common + Double.random(in: -0.5...0.5, using: &random))
          clusters.append(cluster)
        }
      }
      let result = Bootstrap(draws: 400).mean(of: ClusteredValues(values, clusters: clusters))
      return result.interval.contains(1)
    }
    #expect((0.90...0.98).contains(Double(covered) / 400))
  }
}
