/// One number of a result file.
public struct Score: Sendable, Equatable {
  /// The task as lm-evaluation-harness names it: `crows_pairs_english_gender`.
  public var task: String
  /// The prompt's name where a task has several; empty where it has one.
  public var template: String
  /// The metric by its current name: ``Metric`` has the former ones.
  public var metric: String
  /// Examples in the prompt.
  public var fewShot: Int
  public var value: Double
  /// Nil where the file gives none.
  public var standardError: Double?
  /// Items behind the value; nil where the file does not say, and its numbers do not show it.
  public var count: Int?
  /// What must be equal for two values to be comparable, beyond what the file says of its evaluator.
  public var taskVersion: String?
  public var dataHash: String?
  /// Of `tiresias evaluate`: the hash of all that must be equal.
  public var comparison: String?

  public init(
    task: String, template: String = "", metric: String, fewShot: Int = 0, value: Double,
    standardError: Double? = nil, count: Int? = nil, taskVersion: String? = nil, dataHash: String? = nil
  ) {
    self.task = task
    self.template = template
    self.metric = metric
    self.fewShot = fewShot
    self.value = value
    self.standardError = standardError
    self.count = count
    self.taskVersion = taskVersion
    self.dataHash = dataHash
  }

  public var measure: Measure { Measure(task: task, template: template, metric: metric, fewShot: fewShot) }
}

/// What a score measures: two scores of the same measure can stand on one axis.
public struct Measure: Sendable, Hashable, Comparable {
  public var task: String
  public var template: String
  public var metric: String
  public var fewShot: Int

  public init(task: String, template: String = "", metric: String, fewShot: Int = 0) {
    self.task = task
    self.template = template
    self.metric = metric
    self.fewShot = fewShot
  }

  public static func < (one: Measure, other: Measure) -> Bool {
    (one.task, one.template, one.metric, one.fewShot) < (other.task, other.template, other.metric, other.fewShot)
  }

  /// For messages: `lambada_openai perplexity, 5-shot`.
  public var name: String {
    task + (template.isEmpty ? "" : " “\(template)”") + " " + metric + (fewShot == 0 ? "" : ", \(fewShot)-shot")
  }
}

/// Metrics of lm-evaluation-harness.
public enum Metric {
  public static let stereotype = "pct_stereotype"
  public static let likelihoodDifference = "likelihood_diff"
  public static let perplexity = "perplexity"
  public static let exactMatch = "em"
  public static let accuracy = "acc"
  /// Of `winobias-pronoun`: the share of items whose stereotyped pronoun is the likelier one.
  public static let score = "score"
  public static let netBias = "net_bias"

  /// A metric's current name: the harness renamed two before version 0.4.
  static func current(_ name: String) -> String {
    switch name {
    case "likelihood_difference": likelihoodDifference
    case "ppl": perplexity
    default: name
    }
  }

  /// Means of zeros and ones: their standard error tells the number of items.
  static func isProportion(_ name: String) -> Bool {
    [stereotype, exactMatch, accuracy, "acc_norm", "exact_match"].contains(name)
  }
}
