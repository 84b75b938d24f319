/// A table fresh from learning, with how well it does.
public struct LearntModel: Sendable {
  /// How many contexts there are, and of how many the table says the sense.
  public struct Score: Sendable, Equatable {
    public var contexts = 0
    public var positive = 0
    public var right = 0

    /// Between 0 and 1; 0 where there are no contexts.
    public var accuracy: Double { contexts == 0 ? 0 : Double(right) / Double(contexts) }
  }

  public var table = LearntTable()
  /// Features seen often enough, of which the table keeps the largest weights.
  public let features: Int
  public private(set) var training = Score()
  public private(set) var heldBack = Score()

  init(
    _ examples: ContextExamples, _ regression: LogisticRegression, _ plan: LearningPlan,
    _ collection: ContextCollection, features: Int
  ) {
    self.features = features
    table.classes = EnglishContexts.classes
    table.endings = EnglishContexts.endings
    let rounded = regression.weights.map { Self.rounded($0, plan.step) }
    table.bias = Self.rounded(regression.bias, plan.step)
    table.weights = rounded.indices.filter { rounded[$0].thousandths != 0 }.map {
      LearntTable.Weight(feature: examples.feature($0, collection), weight: rounded[$0])
    }
    for context in 0..<examples.count {
      let features = examples.features[examples.starts[context]..<examples.starts[context + 1]]
      let margin = features.reduce(table.bias.thousandths) { $0 + rounded[Int($1)].thousandths }
      let isPositive = examples.isPositive[context]
      if examples.isHeldBack[context] { heldBack.add(isPositive, margin) } else { training.add(isPositive, margin) }
    }
  }

  /// To the nearest multiple of the step, halves away from 0.
  private static func rounded(_ weight: Double, _ step: LogOdds) -> LogOdds {
    let steps = (weight * 1000 / Double(step.thousandths)).rounded()
    let limit = Double(999_000 / step.thousandths)
    return LogOdds(thousandths: Int32(max(-limit, min(limit, steps))) * step.thousandths)
  }
}

extension LearntModel.Score {
  fileprivate mutating func add(_ isPositive: Bool, _ margin: Int32) {
    contexts += 1
    if isPositive { positive += 1 }
    if isPositive == (margin > 0) { right += 1 }
  }
}
