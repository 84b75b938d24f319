import ArgumentParser
import BiasEvaluation
import ByteIO
import NeoXModel
import Pipeline

extension Precision: ExpressibleByArgument {}

/// Which checkpoints are scored, and on what: all that scores depend on.
struct EvaluationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A checkpoint; with --manifest, the folder that holds its checkpoints.", valueName: "dir"))
  var model: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Checkpoints, by folders or quoted patterns such as 'models/m2f/step*'.", valueName: "pattern"))
  var checkpoints: [String] = []

  @Option(help: ArgumentHelp("The model's step, where its folder's name does not say it.", valueName: "k"))
  var step: Int?

  @Option(help: "What results call the model; the folder's name unless given.")
  var name: String?

  @Option(
    name: .customLong("benchmark"),
    help: "A benchmark to score. Repeatable; without it, all whose data are there.")
  var benchmarks: [String] = []

  @Option(
    help: ArgumentHelp(
      "A window's manifest.json, or its folder: scores the checkpoints that it lists.", valueName: "file"),
    transform: manifestPath)
  var manifest: String?

  @Option(
    help: """
      Whose checkpoints these are: with --manifest its arm (unless given) or its control; without, any name, or 'control' \
      for what the others are compared with. Then --name is what all arms are called.
      """)
  var arm: String?

  @Option(
    help: ArgumentHelp(
      "The training's seed, where an arm was trained several times: the report pools them.", valueName: "k"))
  var seed: Int?

  @Flag(help: "With --manifest: pass over checkpoints that are not there.")
  var skipMissing = false

  @Option(help: ArgumentHelp("Where results and items go.", valueName: "dir"))
  var output: String

  @Option(help: ArgumentHelp("A folder with crows-pairs/, winobias/ and lambada/.", valueName: "dir"))
  var data = "assets"

  @Option(help: ArgumentHelp("The tokenizer, a Hugging Face tokenizer.json.", valueName: "file"))
  var tokenizer = "assets/20B_tokenizer.json"

  @Option(help: ArgumentHelp("An idxmap for heldout-loss.", valueName: "prefix"))
  var heldout: String?

  @Option(help: ArgumentHelp("Which of its items.", valueName: "a..<b"))
  var heldoutItems = ItemRange(range: 0..<64)

  @Option(help: "Matrix products in fp32, in bf16, or in three products of bf16.")
  var precision = Precision.float32

  @Option(help: ArgumentHelp("Only the first items of each benchmark, to try it out.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1, not \(limit).") }
    guard (model == nil) != checkpoints.isEmpty else {
      throw ValidationError("Name the models: either --model or --checkpoints.")
    }
    if manifest != nil && (model == nil || step != nil) {
      throw ValidationError(
        "--manifest says the steps: give the folder of the checkpoints with --model, and no --step.")
    }
    if manifest == nil && skipMissing { throw ValidationError("--skip-missing goes with --manifest.") }
    if manifest == nil && arm != nil && name == nil {
      throw ValidationError("--arm goes with --manifest, or with --name: what all arms of the model are called.")
    }
    if let seed, seed < 0 { throw ValidationError("--seed must be at least 0, not \(seed).") }
    if step != nil && model == nil { throw ValidationError("--step goes with --model.") }
    for benchmark in benchmarks where !BenchmarkRegistry.names.contains(benchmark) {
      throw ValidationError(
        "Unknown benchmark '\(benchmark)'. There are \(BenchmarkRegistry.names.joined(separator: ", ")).")
    }
  }

  /// The job; its threads are the caller's.
  func job(note: (String) -> Void) throws -> EvaluationJob {
    let request = try manifest.map { try ManifestRequest($0, arm: arm) }
    var job = EvaluationJob(
      models: try models(request, note),
      sources: BenchmarkSources(folder: data, heldoutPrefix: heldout, heldoutItems: heldoutItems.range),
      tokenizer: tokenizer, output: output, toolVersion: toolVersion)
    job.benchmarks = benchmarks
    job.precision = precision
    job.limit = limit
    job.arm = request?.record ?? ownArm
    return job
  }

  /// An arm without a manifest.
  private var ownArm: ArmRecord? {
    guard let arm, let name else { return nil }
    return ArmRecord(run: name, arm: arm, control: arm == "control" ? nil : "control")
  }

  private func models(_ request: ManifestRequest?, _ note: (String) -> Void) throws -> [ModelFolder] {
    try found(request, note).map { model in
      var model = model
      model.seed = seed
      return model
    }
  }

  private func found(_ request: ManifestRequest?, _ note: (String) -> Void) throws -> [ModelFolder] {
    if let request, let model {
      return try request.models(in: model, name: name, skipMissing: skipMissing, note: note)
    }
    // Each arm has results of its own.
    let name = name.map { $0 + (arm.map { "-" + $0 } ?? "") }
    if let model { return [ModelFolder(path: model, name: name, step: step)] }
    return ModelFolder.sorted(try checkpoints.flatMap { try ModelFolder.matching($0, name: name) })
  }
}

/// `0..<64`.
struct ItemRange: ExpressibleByArgument, CustomStringConvertible {
  let range: Range<Int>

  init(range: Range<Int>) { self.range = range }

  init?(argument: String) {
    let ends = argument.split(separator: "..<", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let end = ends[1], first >= 0, first < end else { return nil }
    range = first..<end
  }

  var description: String { "\(range.lowerBound)..<\(range.upperBound)" }
  var defaultValueDescription: String { description }
}

/// What a manifest asks to be scored.
private struct ManifestRequest {
  let path: String
  let evaluator: Manifest.Evaluator
  let record: ArmRecord

  init(_ path: String, arm: String?) throws {
    let bytes = try FileSystem.contents(of: path, limit: 1 << 28)
    evaluator = try Manifest.parse(bytes, name: path).evaluator
    let arms = [evaluator.arm] + (evaluator.control.map { [$0] } ?? [])
    let chosen = arm ?? evaluator.arm
    guard arms.contains(chosen) else {
      throw CommandFailure("\(path): it has no arm '\(chosen)', but \(arms.joined(separator: " and "))")
    }
    self.path = path
    record = ArmRecord(
      run: evaluator.name, arm: chosen, control: chosen == evaluator.arm ? evaluator.control : nil,
      manifestSHA256: SHA256.hash(bytes))
  }

  /// The listed checkpoints below a folder. Missing ones are an error that names them all, or a note.
  func models(
    in folder: String, name: String?, skipMissing: Bool, note: (String) -> Void
  ) throws -> [ModelFolder] {
    let name = name ?? "\(evaluator.name)-\(record.arm)"
    var (found, missing) = ([ModelFolder](), [String]())
    for checkpoint in evaluator.checkpoints {
      if let model = ModelFolder.find(
        step: checkpoint.iteration, published: checkpoint.published, in: folder, name: name)
      {
        found.append(model)
      } else {
        missing.append(checkpoint.published)
      }
    }
    if !missing.isEmpty {
      let text = "\(folder): \(missing.joined(separator: ", ")) of \(path) are not there"
      guard skipMissing, !found.isEmpty else {
        throw CommandFailure("\(text). Convert them, or score the others with --skip-missing.")
      }
      note(text)
    }
    return found
  }
}
