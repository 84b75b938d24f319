/// An intervention beside its control, at the same place in training, measured in the same way.
public struct Comparison: Sendable {
  /// How far the two can be compared.
  public enum Standing: Sendable, Equatable {
    case same
    /// One of the files does not say these.
    case unverified([String])
    /// Told to compare all the same, with these differences.
    case mixed([String])
  }

  public var model: ModelName
  public var arm: Arm
  public var measure: Measure
  public var checkpoint: Checkpoint
  /// True at the last place that both arms have.
  public var isLast: Bool
  /// Means over the seeds, where there are several.
  public var control: Score
  public var treated: Score
  public var standing: Standing
  public var difference: Difference
  /// What was compared with what: one pair, or one for each seed, in their order.
  public var pairs: [Pair]
  /// The p value after Holm's correction over its family; nil where there is no test.
  public var adjusted: Double?
  /// A score that does not look like what its name says: see ``OutlyingScores``.
  public var isOutlying = false

  /// A result of the intervention with the one of its control that it is compared with.
  public struct Pair: Sendable {
    /// Of both trainings; nil where the results do not say.
    public var seed: Int?
    public var control: Score
    public var treated: Score
    public var controlSource: String
    public var treatedSource: String
    public var standing: Standing
    public var difference: Difference
  }

  /// True where ``difference`` is that of several seeds together.
  public var isPooled: Bool { pairs.count > 1 }
}

/// Scores of both arms at their last common place that were not compared.
public struct Rejection: Sendable {
  public var model: ModelName
  public var arm: Arm
  public var measure: Measure
  public var checkpoint: Checkpoint
  public var control: Score
  public var treated: Score
  public var reason: String
}

/// Scores that were not compared, and why.
public struct Exclusion: Sendable, Equatable {
  public var model: ModelName
  public var arm: Arm
  /// Tasks, each once.
  public var tasks: [String]
  public var checkpoints: [Checkpoint]
  public var reason: String
  /// The files of both arms.
  public var sources: [String]
  /// True where only the other arm's result is missing.
  public var isMissing: Bool
}
