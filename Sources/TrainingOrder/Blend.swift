/// How GPT-NeoX mixes weighted data sets: sample i comes from the set that is furthest behind its share.
///
/// A stream: about 1 ns a sample and set.
public struct Blend: Sendable {
  /// Adding up to 1.
  public let weights: [Double]
  /// Samples taken from each set so far.
  public private(set) var counts: [Int]
  /// Samples so far.
  public private(set) var position = 0

  /// `weights` as they stand in the configuration, at most 254 of them (GPT-NeoX numbers sets with a byte).
  public init(weights: [Double]) throws {
    self.weights = Self.dividedByNumPySum(try Self.normalized(weights))
    counts = [Int](repeating: 0, count: weights.count)
  }

  /// How many samples each set of `train-data-paths` has to provide: ceil(n · w/Σw · 1.005), in doubles.
  ///
  /// The 0.5 % are GPT-NeoX's reserve for a blend that does not come out even.
  public static func samplesNeeded(total: Int, weights: [Double]) throws -> [Int] {
    try normalized(weights).map { weight in
      guard let needed = Int(exactly: (Double(total) * weight * 1.005).rounded(.up)) else {
        throw OrderFailure(.parameter, "samples", "\(total) samples are more than can be counted")
      }
      return needed
    }
  }

  /// The next sample: which set, and which of the set's samples.
  public mutating func next() -> (dataset: Int, sample: Int) {
    let x = position == 0 ? 1 : Double(position)
    var best = 0
    weights.withUnsafeBufferPointer { weights in
      counts.withUnsafeMutableBufferPointer { counts in
        var largest = weights[0] * x - Double(counts[0])
        for set in 1..<max(1, weights.count) {
          let error = weights[set] * x - Double(counts[set])
          if error > largest { (largest, best) = (error, set) }
        }
        counts[best] &+= 1
      }
    }
    position &+= 1
    return (best, counts[best] - 1)
  }

  static func normalized(_ weights: [Double]) throws -> [Double] {
    guard 1...254 ~= weights.count else {
      throw OrderFailure(.parameter, "weights", "\(weights.count) data sets are given; 1 to 254 can be blended")
    }
    let sum = weights.reduce(0, +)
    guard sum > 0, sum.isFinite, weights.allSatisfy({ $0 >= 0 }) else {
      throw OrderFailure(.parameter, "weights", "\(weights) must not be negative and must add up to more than 0")
    }
    return weights.map { $0 / sum }
  }

  /// GPT-NeoX normalises a second time, by `numpy.sum`, whose order of additions decides the last bit.
  private static func dividedByNumPySum(_ weights: [Double]) -> [Double] {
    let sum = pairwiseSum(weights[...])
    return weights.map { $0 / sum }
  }

  /// NumPy's pairwise summation: below 8 in order, to 128 in eight lanes, above in halves.
  private static func pairwiseSum(_ values: ArraySlice<Double>) -> Double {
    if values.count < 8 { return values.reduce(0, +) }
    if values.count > 128 {
      let half = values.startIndex + values.count / 2 / 8 * 8
      return pairwiseSum(values[..<half]) + pairwiseSum(values[half...])
    }
    var lanes = Array(values.prefix(8))
    let whole = values.startIndex + values.count / 8 * 8
    for index in values.startIndex + 8..<max(whole, values.startIndex + 8) {
      lanes[(index - values.startIndex) % 8] += values[index]
    }
    let sum = ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])) + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
    return values[whole...].reduce(sum, +)
  }
}
