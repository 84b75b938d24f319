import ByteIO
import NeoXModel
import Tokenization

/// Hears how an evaluation goes on.
public protocol EvaluationObserver: Sendable {
  /// A model is begun: `done` of `total` tokens were scored by an earlier run.
  func began(_ label: String, total: Int, done: Int)
  func advanced(_ tokens: Int)
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

  /// Scores the models one after the other. A results file appears when its model is done.
  public func run(_ observer: some EvaluationObserver) throws -> [Report] {
    try requireDifferentNames()
    let hash = try SHA256.hash(file: tokenizer)
    let tokenizer = try Tokenizer(path: tokenizer)
    let benchmarks = try readBenchmarks(observer)
    try FileSystem.makeDirectory(output)
    let known = ResultsFile.weights(in: output)
    var reports: [Report] = []
    for (index, model) in models.enumerated() {
      let place = models.count > 1 ? " (\(index + 1) of \(models.count))" : ""
      var report = try score(model, place, benchmarks, tokenizer, hash, observer)
      let others = reports.map { ($0.model.fileName, $0.model.label, $0.weights) } + known
      report.twin = others.first { $0.0 != model.fileName && $0.2 == report.weights }?.1
      reports.append(report)
    }
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
    _ model: ModelFolder, _ place: String, _ benchmarks: [any Benchmark], _ tokenizer: Tokenizer, _ hash: String,
    _ observer: some EvaluationObserver
  ) throws -> Report {
    let checkpoint = try Checkpoint(folder: model.path, threads: threads)
    let sample = try precision == .float32 ? nil : PrecisionSample(benchmarks, QuestionEncoder(tokenizer))
    // The fp32 scorer is gone before the other one is made: both at once would need too much memory.
    let exact = try sample?.totals(Scorer(checkpoint: checkpoint, precision: .float32, threads: threads))
    let scorer = try Scorer(checkpoint: checkpoint, precision: precision, threads: threads)
    let evaluation = try Evaluation(
      scorer, tokenizer: tokenizer, tokenizerHash: hash, benchmarks: benchmarks, limit: limit, folder: output)
    observer.began(model.label + place, total: evaluation.totalTokens, done: evaluation.doneTokens)
    let outcomes = try evaluation.run { observer.advanced($0) }
    observer.finished()
    let results = ResultsFile(
      toolVersion: toolVersion, model: model, identity: scorer.identity, tokenizer: hash, limit: limit, arm: arm,
      precisionError: try sample?.error(of: scorer, from: exact ?? []), outcomes: outcomes)
    let path = output + "/" + model.fileName
    let file = try AtomicFile(path)
    try file.write(try results.bytes())
    try file.commit()
    return Report(model: model, path: path, weights: scorer.identity.weights, twin: nil, outcomes: outcomes)
  }
}

/// A few questions of the first benchmark that asks for log-likelihoods, spread evenly over it.
struct PrecisionSample {
  private let requests: [ScoringRequest]
  static let count = 64

  init(_ benchmarks: [any Benchmark], _ encoder: QuestionEncoder) throws {
    var requests: [ScoringRequest] = []
    for benchmark in benchmarks where requests.isEmpty {
      let questions = benchmark.items.flatMap(\.questions)
      let stride = max(1, questions.count / Self.count)
      for index in Swift.stride(from: 0, to: questions.count, by: stride).prefix(Self.count) {
        if case .score(let request) = try encoder.request(questions[index]), request.tokens.count <= 256 {
          requests.append(request)
        }
      }
    }
    self.requests = requests
  }

  func totals(_ model: some LanguageModel) throws -> [Double] {
    requests.isEmpty ? [] : try model.logLikelihoods(requests, progress: nil).map(\.total)
  }

  /// How far a model's log-likelihoods are from exact ones; nil without questions.
  func error(of model: some LanguageModel, from exact: [Double]) throws -> PrecisionError? {
    let differences = try zip(totals(model), exact).map { abs($0 - $1) }
    guard let greatest = differences.max() else { return nil }
    return PrecisionError(
      questions: differences.count, mean: differences.reduce(0, +) / Double(differences.count), greatest: greatest)
  }
}
