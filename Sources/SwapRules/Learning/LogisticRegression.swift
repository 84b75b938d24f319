/// Logistic regression on sparse yes-or-no features by stochastic gradients.
///
/// Steps are AdaGrad's (Duchi, Hazan and Singer 2011), with a ridge. Every sum has a fixed order and nothing but the four
/// operations and the square root is used, which IEEE 754 rounds alike everywhere, so weights are the same bit by bit on
/// every machine.
struct LogisticRegression {
  private(set) var weights: [Double] = []
  private(set) var bias = 0.0
  private let plan: LearningPlan
  private static let rate = 0.2

  init(_ plan: LearningPlan) { self.plan = plan }

  /// Forgets what it knew and learns the examples that are not held back.
  mutating func fit(_ examples: ContextExamples) {
    var order = (0..<examples.count).filter { !examples.isHeldBack[$0] }
    var random = SplitMix(state: 1)
    weights = [Double](repeating: 0, count: examples.keys.count)
    bias = 0
    var squares = [Double](repeating: 1e-6, count: weights.count)
    var biasSquares = 1e-6
    let shrink = examples.counts.map { plan.ridge / Double($0) }
    for _ in 0..<plan.rounds {
      random.shuffle(&order)
      for example in order {
        let range = examples.starts[example]..<examples.starts[example + 1]
        let error = Self.probability(margin(examples.features[range])) - (examples.isPositive[example] ? 1 : 0)
        for feature in examples.features[range] {
          let feature = Int(feature)
          let slope = error + shrink[feature] * weights[feature]
          squares[feature] += slope * slope
          weights[feature] -= Self.rate * slope / squares[feature].squareRoot()
        }
        biasSquares += error * error
        bias -= Self.rate * error / biasSquares.squareRoot()
      }
    }
  }

  private func margin(_ features: ArraySlice<Int32>) -> Double {
    features.reduce(bias) { $0 + weights[Int($1)] }
  }

  /// 1 / (1 + exp(-margin)).
  static func probability(_ margin: Double) -> Double { 1 / (1 + exponential(-margin)) }

  /// e to the x: halved until small, a Taylor series, and squared again. Good to 1e-13; no library's rounding in it.
  static func exponential(_ x: Double) -> Double {
    if x > 40 { return exponential(40) }
    if x < -40 { return 1 / exponential(40) }
    let small = x / 256
    var (sum, term) = (1.0, 1.0)
    for n in 1...7 {
      term = term * small / Double(n)
      sum += term
    }
    for _ in 0..<8 { sum *= sum }
    return sum
  }
}

/// Steele, Lea and Flood's generator (2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// Fisher and Yates's shuffle.
  mutating func shuffle(_ order: inout [Int]) {
    guard order.count > 1 else { return }
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(next().multipliedFullWidth(by: UInt64(last + 1)).high))
    }
  }
}
