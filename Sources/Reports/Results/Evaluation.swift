/// What one result file says: which model, by which evaluator, and its scores.
public struct Evaluation: Sendable {
  /// The forms of result files; docs/formats.md describes them.
  public enum Dialect: String, Sendable, CaseIterable {
    /// `results` is an object by task: lm-evaluation-harness before version 0.4, and GPT-NeoX' `evaluate.py`.
    case harness = "lm-evaluation-harness before 0.4"
    /// `results` is a list: the harness with promptsource, as the WinoBias results were made.
    case promptsource = "lm-evaluation-harness with promptsource"
    /// `table_results` and `model_args` alone.
    case tableResults = "table_results alone"
    /// `results` with filters in the metrics' names, `configs`, `n-shot`: version 0.4 and later.
    case currentHarness = "lm-evaluation-harness 0.4 or later"
    /// The current form with a fingerprint: what `tiresias evaluate` writes.
    case tiresias
  }

  /// The file, as it was named.
  public var source: String
  public var dialect: Dialect
  public var subject: Subject
  public var fingerprint: Fingerprint
  public var scores: [Score]
  /// SHA-256 of the model's weights, where the file says.
  public var weightHash: String?
  public var batchSize: String?
  /// What the file gives no number for, where it should: a measure's name, or its error's.
  public private(set) var missing: [String] = []
  /// How far the scorer's precision is from fp32, where the file says.
  public var precisionError: PrecisionError?
  /// Where it was said which model, arm, seed or step this is, if not by the file: see ``ResultLabels``.
  public internal(set) var labels: String?
  /// Files of scores by item.
  public var itemFiles: [ItemFileReference] = []
  /// Scores of single items; empty where there are none, or they were not read.
  public var items: [ItemScores] = []
  /// The file as the report calls it: without the machine's folders above what was named.
  public var shownSource: String

  init(
    source: String, dialect: Dialect, subject: Subject, fingerprint: Fingerprint, scores: [Score],
    batchSize: String? = nil
  ) {
    self.source = source
    self.dialect = dialect
    self.subject = subject
    self.fingerprint = fingerprint
    self.scores = scores
    self.batchSize = batchSize
    shownSource = source
  }

  /// Without scores that are NaN, and without errors that are: ``missing`` names them.
  func withoutMissingNumbers() -> Evaluation {
    var evaluation = self
    evaluation.missing += scores.filter(\.value.isNaN).map(\.measure.name)
    evaluation.scores.removeAll(where: \.value.isNaN)
    for (index, score) in evaluation.scores.enumerated() where score.standardError?.isNaN == true {
      evaluation.missing.append("standard error of " + score.measure.name)
      evaluation.scores[index].standardError = nil
    }
    return evaluation
  }
}

extension Evaluation {
  /// Differences of log-likelihoods from those of fp32, on a sample of the questions; in nats.
  public struct PrecisionError: Sendable, Equatable {
    public var questions: Int
    public var mean: Double
    public var greatest: Double
  }
}
