import BiasEvaluation
import ByteIO
import NeoXModel
import Pipeline
import StructuredText

/// Checkpoints to score, divided one by one.
public struct PlannedEvaluation: PlannedWork {
  public static let kind = PlanKind.evaluate

  /// A checkpoint, as it was when the plan was made.
  struct Model: Equatable, Sendable {
    let folder: ModelFolder
    /// The files with their sizes: the weights' own hash is part of every score.
    let files: [Manifest.SizedFile]
  }

  let models: [Model]
  /// The job without its models and output.
  private let job: EvaluationJob
  private let tokenizerSHA256: String
  private let data: [Manifest.HashedFile]

  /// Freezes a job. Its threads and output are no part of the plan.
  public init(_ job: EvaluationJob) throws {
    var job = job
    // What data are there is settled now, too.
    if job.benchmarks.isEmpty { job.benchmarks = BenchmarkRegistry.available(from: job.sources).names }
    self.job = job
    models = try job.models.map { Model(folder: $0, files: try Self.files(of: $0.path)) }
    tokenizerSHA256 = try SHA256.hash(file: job.tokenizer)
    data = try Self.data(job)
  }

  private static func files(of folder: String) throws -> [Manifest.SizedFile] {
    let names = try FileSystem.names(in: folder).filter { $0 == "config.json" || $0.hasSuffix(".safetensors") }
    return try names.map { Manifest.SizedFile(path: $0, bytes: try FileSystem.size(of: folder + "/" + $0)) }
  }

  /// The data of the benchmarks that the job names, or of all that are there.
  private static func data(_ job: EvaluationJob) throws -> [Manifest.HashedFile] {
    try BenchmarkRegistry.files(of: job.benchmarks, in: job.sources).map {
      Manifest.HashedFile(path: $0, sha256: try SHA256.hash(file: job.sources.folder + "/" + $0))
    }
  }

  public func divided(tasks: Int) -> [Range<Int>] { Division.even(count, tasks: tasks) }

  public var count: Int { models.count }
  public var unit: String { "checkpoints" }
  public var label: String { "evaluate" }
  public var amountUnit: Progress.Unit { .items("checkpoints") }
  public func amount(_ units: Range<Int>) -> Int { units.count }
  public var outputs: [(path: String, bytes: Int)] { [] }

  // MARK: As text

  public var json: JSONValue {
    [
      "models": .array(models.map(Self.json)), "benchmarks": .array(job.benchmarks.map { .string($0) }),
      "data_folder": .string(job.sources.folder),
      "data": .array(data.map { ["path": .string($0.path), "sha256": .string($0.sha256)] }),
      "heldout": job.sources.heldoutPrefix.map { .string($0) } ?? .null,
      "heldout_first": .integer(Int64(job.sources.heldoutItems.lowerBound)),
      "heldout_end": .integer(Int64(job.sources.heldoutItems.upperBound)), "tokenizer": .string(job.tokenizer),
      "tokenizer_sha256": .string(tokenizerSHA256), "precision": .string(job.precision.rawValue),
      "limit": Self.optional(job.limit),
      "arm": job.arm.map {
        [
          "run": .string($0.run), "arm": .string($0.arm), "control": $0.control.map { .string($0) } ?? .null,
          "manifest_sha256": $0.manifestSHA256.map { .string($0) } ?? .null,
        ]
      } ?? .null,
    ]
  }

  private static func optional(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }

  private static func json(_ model: Model) -> JSONValue {
    [
      "path": .string(model.folder.path), "name": .string(model.folder.name), "step": optional(model.folder.step),
      "published": model.folder.published.map { .string($0) } ?? .null, "seed": optional(model.folder.seed),
      "files": .array(model.files.map { ["path": .string($0.path), "bytes": .integer(Int64($0.bytes))] }),
    ]
  }

  init(_ node: JSONNode) throws {
    try node.requireKeys([
      "models", "benchmarks", "data_folder", "data", "heldout", "heldout_first", "heldout_end", "tokenizer",
      "tokenizer_sha256", "precision", "limit", "arm",
    ])
    models = try node.member("models").elements().map(Self.model)
    tokenizerSHA256 = try node.member("tokenizer_sha256").string()
    data = try node.member("data").elements().map {
      Manifest.HashedFile(path: try $0.member("path").string(), sha256: try $0.member("sha256").string())
    }
    let first = try node.member("heldout_first").int(in: 0...Int.max)
    let sources = BenchmarkSources(
      folder: try node.member("data_folder").string(), heldoutPrefix: try Self.string(node.member("heldout")),
      heldoutItems: first..<(try node.member("heldout_end").int(in: first...Int.max)))
    var job = EvaluationJob(
      models: models.map(\.folder), sources: sources, tokenizer: try node.member("tokenizer").string(), output: "",
      toolVersion: toolVersion)
    job.benchmarks = try node.member("benchmarks").elements().map { try $0.string() }
    let precision = try node.member("precision")
    guard let known = Precision(rawValue: try precision.string()) else { throw precision.failure("unknown precision") }
    job.precision = known
    job.limit = try Self.int(node.member("limit"))
    let arm = try node.member("arm")
    job.arm = arm.isNull ? nil : try Self.arm(arm)
    self.job = job
  }

  private static func string(_ node: JSONNode) throws -> String? { node.isNull ? nil : try node.string() }
  private static func int(_ node: JSONNode) throws -> Int? { node.isNull ? nil : try node.int(in: 0...Int.max) }

  private static func arm(_ node: JSONNode) throws -> ArmRecord {
    ArmRecord(
      run: try node.member("run").string(), arm: try node.member("arm").string(),
      control: try string(node.member("control")), manifestSHA256: try string(node.member("manifest_sha256")))
  }

  private static func model(_ node: JSONNode) throws -> Model {
    var folder = ModelFolder(
      path: try node.member("path").string(), name: try node.member("name").string(),
      step: try int(node.member("step")), published: try string(node.member("published")))
    folder.seed = try int(node.member("seed"))
    return Model(
      folder: folder,
      files: try node.member("files").elements().map {
        Manifest.SizedFile(path: try $0.member("path").string(), bytes: try $0.member("bytes").int(in: 0...Int.max))
      })
  }

  // MARK: As work

  private func requireInputs(_ units: Range<Int>, _ place: String) throws {
    for model in models[units] where try Self.files(of: model.folder.path) != model.files {
      throw PlanFailure(model.folder.path, "its files have changed since \(place) was made. Make the plan anew.")
    }
    guard try SHA256.hash(file: job.tokenizer) == tokenizerSHA256, try Self.data(job) == data else {
      throw PlanFailure(
        place, "the tokenizer or the benchmarks' data are not those of the plan. Bring them back, or make it anew.")
    }
  }

  public func perform(_ units: Range<Int>, at output: PlannedOutput, _ options: TaskOptions) throws -> [TaskOutput] {
    try requireInputs(units, output.folder.plan)
    var job = job
    (job.models, job.output, job.threads) = (models[units].map(\.folder), output.path, options.workers)
    let reports = try job.run(EvaluationProgress(style: options.progress))
    return try zip(units, reports).flatMap { unit, report in
      try ([report.path] + report.outcomes.map { output.path + "/" + $0.itemFile }).map { path in
        TaskOutput(
          path: FileSystem.name(of: output.path) + path.dropFirst(output.path.count), range: unit..<unit + 1,
          sha256: try SHA256.hash(file: path))
      }
    }
  }

  /// Scores have no last step: all are there when all tasks are done.
  public func isFinished(_ output: PlannedOutput) -> Bool { false }

  /// Each task says itself what it finds.
  public func refuseForeign(_ output: PlannedOutput) throws {}

  public func lostUnits(_ records: [TaskRecord], at output: PlannedOutput) throws -> [Range<Int>] {
    try records.filter { record in
      try record.outputs.contains { made in
        let path = output.folder.parent + "/" + made.path
        return try !FileSystem.exists(path) || SHA256.hash(file: path) != made.sha256
      }
    }.map(\.units)
  }

  public func finish(_ records: [TaskRecord], at output: PlannedOutput, _ options: TaskOptions) throws -> String {
    "\(output.path): scores of \(count) checkpoints, as they were written"
  }
}
