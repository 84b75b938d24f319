import ByteIO
import Pipeline
import StructuredText
import TrainingOrder

/// A window, divided by its items: by whole parts where there are enough, else by steps.
public struct PlannedWindow: PlannedWork {
  public static let kind = PlanKind.window

  /// The pipeline file as it was: its name for messages, its bytes, and the `--set` settings.
  let file: String
  let text: String
  let settings: [String]
  /// Prefixes of the base's data sets.
  let base: [String]
  /// The base's files as they were when the plan was made.
  let stamps: [InputStamp]
  let request: WindowRequest
  public let count: Int
  private let windowBytes: Int
  private let hasControl: Bool

  /// `base` are the prefixes of the base: those of `read`, or of the tokenized Pile.
  public init(file: String, bytes: [UInt8], settings: [String], base: [String]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw PlanFailure(file, "it is not UTF-8") }
    let plan = try WindowPlan(PipelineFile.load(file, bytes: bytes, settings: settings), base: base)
    (self.file, self.text, self.settings, self.base) = (FileSystem.name(of: file), text, settings, base)
    request = try WindowRequest(plan)
    stamps = plan.baseStamps
    (count, windowBytes) = (plan.items.count, plan.windowBytes)
    hasControl = plan.file.emit.control != .none
  }

  /// Ranges of items for at most `tasks` tasks.
  public func divided(tasks: Int) throws -> [Range<Int>] {
    let batch = try pipelineFile().order.trainingRun().batchSize
    let part = WindowSource.partSequences
    return Division.even(count, tasks: tasks, grain: (count + part - 1) / part >= tasks ? part : batch)
  }

  public var unit: String { "samples" }
  public var label: String { "intervene" }
  public var amountUnit: Progress.Unit { .items("samples") }
  public func amount(_ units: Range<Int>) -> Int { units.count }

  public var outputs: [(path: String, bytes: Int)] {
    [("window_document.bin", windowBytes)] + (hasControl ? [("control_document.bin", windowBytes)] : [])
  }

  // MARK: As text

  public var json: JSONValue {
    [
      "pipeline": [
        "file": .string(file), "text": .string(text), "settings": .array(settings.map { .string($0) }),
      ],
      "base": .array(base.map { .string($0) }), "base_files": .array(stamps.map(\.json)),
      "samples": .integer(Int64(count)),
      "bytes": .integer(Int64(windowBytes)), "control": .bool(hasControl), "request": request.json,
    ]
  }

  init(_ node: JSONNode) throws {
    try node.requireKeys(["pipeline", "base", "base_files", "samples", "bytes", "control", "request"])
    let pipeline = try node.member("pipeline")
    file = try pipeline.member("file").string()
    text = try pipeline.member("text").string()
    settings = try pipeline.member("settings").elements().map { try $0.string() }
    base = try node.member("base").elements().map { try $0.string() }
    stamps = try node.member("base_files").elements().map(InputStamp.init)
    // Far beyond any run, and can be counted in any unit.
    count = try node.member("samples").int(in: 1...1 << 48)
    windowBytes = try node.member("bytes").int(in: 1...1 << 60)
    hasControl = try node.member("control").bool()
    request = try WindowRequest(node.member("request"))
  }

  private func pipelineFile() throws -> PipelineFile {
    try PipelineFile.load(file, bytes: Array(text.utf8), settings: settings)
  }

  // MARK: As work

  private func job(_ output: PlannedOutput, _ options: TaskOptions) throws -> WindowJob {
    let plan = try WindowPlan(pipelineFile(), base: base)
    if let difference = try WindowRequest(plan).difference(from: request) {
      throw PlanFailure(
        output.folder.plan, "\(difference) are not those of the plan any more. Bring them back, or make the plan anew.")
    }
    guard plan.baseStamps == stamps else {
      let changed = plan.baseStamps.filter { !stamps.contains($0) }.map(\.name).joined(separator: ", ")
      throw PlanFailure(
        output.folder.plan,
        "the base (\(changed)) has changed since the plan was made. Make the plan anew, with --replace.")
    }
    guard plan.items.count == count else { throw PlanFailure(output.folder.plan, "the window has other samples") }
    var job = WindowJob(plan, folder: output.path)
    job.workers = options.workers
    job.progress = options.progress
    return job
  }

  public func perform(_ units: Range<Int>, at output: PlannedOutput, _ options: TaskOptions) throws -> [TaskOutput] {
    Self.outputs(of: try job(output, options).make(units) ?? [], FileSystem.name(of: output.path))
  }

  private static func outputs(of slices: [WindowJob.Slice], _ folder: String) -> [TaskOutput] {
    slices.flatMap { slice in
      [
        ("window_document.bin", slice.windowSHA256), ("control_document.bin", slice.controlSHA256),
        ("edits", slice.logSHA256),
      ].compactMap { name, sha256 in
        sha256.map { TaskOutput(path: "\(folder)/\(name)", range: slice.items, sha256: $0) }
      }
    }
  }

  public func isFinished(_ output: PlannedOutput) -> Bool {
    guard FileSystem.exists(output.path + "/manifest.json"),
      let manifest = try? Manifest.load(output.path + "/manifest.json")
    else { return false }
    return WindowRequest(manifest).difference(from: request) == nil
      && manifest.firstMissingOutput(in: output.path) == nil
  }

  public func refuseForeign(_ output: PlannedOutput) throws {
    guard FileSystem.exists(output.path + "/manifest.json"), !isFinished(output) else { return }
    try job(output, TaskOptions()).refuseForeignOutput()
  }

  public func lostUnits(_ records: [TaskRecord], at output: PlannedOutput) throws -> [Range<Int>] {
    try job(output, TaskOptions()).missing()
  }

  public func finish(_ records: [TaskRecord], at output: PlannedOutput, _ options: TaskOptions) throws -> String {
    let job = try job(output, options)
    let name = FileSystem.name(of: output.path)
    for record in records where !isFinished(output) {
      let made = Self.outputs(of: try job.made(record.units), name)
      // A window that a plain run has finished since has slices of its own.
      guard record.outputs.isEmpty || made == record.outputs else {
        throw PlanFailure(
          output.folder.record(record.task),
          "its hashes are not those of what lies in \(output.path). Remove this file"
            + " and run task \(record.task) again.")
      }
    }
    return WindowSummary(try job.finish().manifest).text(output.path)
  }
}
