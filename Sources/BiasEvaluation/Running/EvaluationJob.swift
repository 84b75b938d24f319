import ByteIO
import NeoXModel
import Tokenization

/// Hears how an evaluation goes on.
public protocol EvaluationObserver: Sendable {
  /// All of it is begun: `total` tokens of questions, of all benchmarks to all models.
  func began(total: Int)
  /// A model is begun; `done` tokens of its questions were answered by an earlier run.
  func reached(_ label: String, done: Int)
  func advanced(_ tokens: Int)
  /// All of it is done.
  func finished()
  /// Something that the user should know.
  func note(_ text: String)
}

/// Scores models on benchmarks and writes one results file each: what `tiresias evaluate` does.
public struct EvaluationJob: Sendable {
  public var models: [ModelFolder]
  /// Their names; empty for all whose data are there.
  public var benchmarks: [String] = []
  public var sources: BenchmarkSources
  /// A `tokenizer.json`.
  public var tokenizer: String
  public var output: String
  public var precision = Precision.float32
  public var threads = 1
  public var limit: Int?
  public var arm: ArmRecord?
  /// Written into the results; scores do not depend on it.
  public var toolVersion: String

  public init(
    models: [ModelFolder], sources: BenchmarkSources, tokenizer: String, output: String, toolVersion: String
  ) {
    self.models = models
    self.sources = sources
    self.tokenizer = tokenizer
    self.output = output
    self.toolVersion = toolVersion
  }

  /// What became of one model.
  public struct Report: Sendable {
    public let model: ModelFolder
    public let path: String
    public let weights: String
    /// Another model of this or an earlier run into the same folder that has the same weights: one of the two is not what
    /// its name says.
    public internal(set) var twin: String?
    public let outcomes: [Evaluation.Outcome]
  }

  /// Scores the models one after the other. A results file appears when its model is done; one that is there is added to,
  /// where it has other benchmarks of the same model, scored in the same way.
  public func run(_ observer: some EvaluationObserver) throws -> [Report] {
    try requireDifferentNames()
    let hash = try SHA256.hash(file: tokenizer)
    let tokenizer = try Tokenizer(path: tokenizer)
    let encoder = QuestionEncoder(tokenizer)
    let benchmarks = try readBenchmarks(observer).map { try EncodedBenchmark($0, limit: limit, encoder) }
    try FileSystem.makeDirectory(output)
    let known = ResultsFile.weights(in: output)
    observer.began(total: models.count * benchmarks.reduce(0) { $0 + $1.cost })
    var reports: [Report] = []
    for (index, model) in models.enumerated() {
      let place = models.count > 1 ? " (\(index + 1) of \(models.count))" : ""
      var report = try score(model, place, benchmarks, tokenizer, hash, observer)
      let others = reports.map { ($0.model.fileName, $0.model.label, $0.weights) } + known
      report.twin = others.first { $0.0 != model.fileName && $0.2 == report.weights }?.1
      reports.append(report)
    }
    observer.finished()
    return reports
  }

  private func requireDifferentNames() throws {
    var paths: [String: String] = [:]
    for model in models {
      if let other = paths[model.fileName] {
        throw EvaluationFailure(
          .request, model.path, "its results would have the name of those of \(other): give --name or --step")
      }
      paths[model.fileName] = model.path
    }
  }

  private func readBenchmarks(_ observer: some EvaluationObserver) throws -> [any Benchmark] {
    var names = benchmarks
    if names.isEmpty {
      let available = BenchmarkRegistry.available(from: sources)
      names = available.names
      guard !names.isEmpty else {
        throw EvaluationFailure(
          .missing, sources.folder, "no benchmark's data are there. 'make evaluation-data' fetches them.")
      }
      if !available.missing.isEmpty {
        observer.note("not scored, as their data are not there: \(available.missing.joined(separator: ", "))")
      }
    }
    return try names.map { try BenchmarkRegistry.make($0, from: sources) }
  }

  private func score(
    _ model: ModelFolder, _ place: String, _ benchmarks: [EncodedBenchmark], _ tokenizer: Tokenizer, _ hash: String,
    _ observer: some EvaluationObserver
  ) throws -> Report {
    let checkpoint = try Checkpoint(folder: model.path, threads: threads)
    let scorer = try Scorer(checkpoint: checkpoint, precision: precision, threads: threads)
    let evaluation = try Evaluation(
      scorer, tokenizer: tokenizer, tokenizerHash: hash, benchmarks: benchmarks, limit: limit, folder: output)
    observer.reached(model.label + place, done: evaluation.doneTokens)
    let path = output + "/" + model.fileName
    let earlier = try EarlierResults(path: path)
    let kept = try earlier?.kept(beside: evaluation.fingerprints, arm: arm) ?? []
    let error = try precisionError(of: scorer, benchmarks)
    let outcomes = try evaluation.run { observer.advanced($0) }
    let results = ResultsFile(
      toolVersion: toolVersion, model: model, identity: scorer.identity, tokenizer: hash, limit: limit, arm: arm,
      precisionError: PrecisionError.greater(error, kept.isEmpty ? nil : earlier?.precisionError),
      parts: outcomes.map { ResultsPart($0) } + kept)
    try AtomicFile.replace(path, with: try results.bytes())
    return Report(model: model, path: path, weights: scorer.identity.weights, twin: nil, outcomes: outcomes)
  }

  /// Nil for fp32. Measured once for the same weights, questions and scorers.
  private func precisionError(of scorer: Scorer, _ benchmarks: [EncodedBenchmark]) throws -> PrecisionError? {
    guard precision != .float32, let sample = PrecisionSample(benchmarks) else { return nil }
    // Its weights are packed, if at all, and gone before the other one's are: both at once would need too much memory.
    let exact = try Scorer(checkpoint: scorer.checkpoint, precision: .float32, threads: threads)
    return try sample.error(of: scorer, from: exact, folder: output + "/items")
  }
}
