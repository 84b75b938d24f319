import ByteIO
import Corpus
import Pipeline
import StructuredText

/// A raw Pile to tokenize, divided by its files.
///
/// A task makes an ordinary base of its files; the last step puts them together.
public struct PlannedTokenizing: PlannedWork {
  public static let kind = PlanKind.tokenize

  /// A file of the Pile, as it was when the plan was made.
  struct Input: Equatable, Sendable {
    let path: String
    let stamp: InputStamp
  }

  let inputs: [Input]
  let tokenizer: String
  let tokenizerSHA256: String
  let appendEOD: Bool
  let onError: ErrorPolicy
  let command: String?

  /// Freezes a job. Its workers, progress and output are no part of the plan.
  public init(_ job: TokenizeJob) throws {
    inputs = try CorpusFile.list(job.inputs, command: job.inputCommand).map {
      Input(path: $0.path, stamp: try InputStamp($0))
    }
    (tokenizer, tokenizerSHA256) = (job.tokenizer, try SHA256.hash(file: job.tokenizer))
    (appendEOD, onError, command) = (job.appendEOD, job.onError, job.inputCommand)
  }

  public func divided(tasks: Int) -> [Range<Int>] { Division.weighted(inputs.map(\.stamp.size), tasks: tasks) }

  public var count: Int { inputs.count }
  public var unit: String { "files" }
  public var label: String { "tokenize" }
  public var amountUnit: Progress.Unit { .bytes }
  public func amount(_ units: Range<Int>) -> Int { inputs[units].reduce(0) { $0 + $1.stamp.size } }
  public var outputs: [(path: String, bytes: Int)] { [] }

  // MARK: As text

  public var json: JSONValue {
    [
      "inputs": .array(inputs.map { ["path": .string($0.path), "stamp": $0.stamp.json] }),
      "tokenizer": .string(tokenizer), "tokenizer_sha256": .string(tokenizerSHA256), "append_eod": .bool(appendEOD),
      "on_error": .string(onError.rawValue), "input_command": command.map { .string($0) } ?? .null,
    ]
  }

  init(_ node: JSONNode) throws {
    try node.requireKeys(["inputs", "tokenizer", "tokenizer_sha256", "append_eod", "on_error", "input_command"])
    inputs = try node.member("inputs").elements().map {
      Input(path: try $0.member("path").string(), stamp: try InputStamp($0.member("stamp")))
    }
    try InputStamp.requirePlausibleTotal(of: inputs.map(\.stamp), node.member("inputs"))
    tokenizer = try node.member("tokenizer").string()
    tokenizerSHA256 = try node.member("tokenizer_sha256").string()
    appendEOD = try node.member("append_eod").bool()
    let policy = try node.member("on_error")
    guard let onError = ErrorPolicy(rawValue: try policy.string()) else {
      throw policy.failure("expected stop or skip")
    }
    self.onError = onError
    let command = try node.member("input_command")
    self.command = command.isNull ? nil : try command.string()
  }

  // MARK: As work

  private func job(_ units: Range<Int>, prefix: String, _ options: TaskOptions) -> TokenizeJob {
    var job = TokenizeJob(inputs: inputs[units].map(\.path), tokenizer: tokenizer, prefix: prefix)
    (job.inputCommand, job.appendEOD, job.onError) = (command, appendEOD, onError)
    (job.workers, job.progress) = (options.workers, options.progress)
    return job
  }

  /// Inputs and tokenizer must be what they were.
  private func requireInputs(_ units: Range<Int>, _ place: String) throws {
    for input in inputs[units] where command == nil {
      guard try InputStamp(CorpusFile(path: input.path, name: input.stamp.name)) == input.stamp else {
        throw PlanFailure(input.path, "it has changed since \(place) was made. Make the plan anew.")
      }
    }
    guard try SHA256.hash(file: tokenizer) == tokenizerSHA256 else {
      throw PlanFailure(tokenizer, "it is not the tokenizer of \(place). Bring that one back, or make the plan anew.")
    }
  }

  private static func prefix(_ units: Range<Int>, _ output: PlannedOutput) -> String {
    output.folder.parts + "/\(units.lowerBound)-\(units.upperBound)"
  }

  public func perform(_ units: Range<Int>, at output: PlannedOutput, _ options: TaskOptions) throws -> [TaskOutput] {
    try requireInputs(units, output.folder.plan)
    if isFinished(output) { return [] }
    let base = try job(units, prefix: Self.prefix(units, output), options).run().base
    let part = try TokenizedPart(base: base, files: units)
    return zip(TokenizedPart.suffixes, part.hashes).map { suffix, sha256 in
      TaskOutput(path: Self.relative(base, output) + suffix, range: units, sha256: sha256)
    }
  }

  /// A part's path from the folder that holds the plan's.
  private static func relative(_ base: String, _ output: PlannedOutput) -> String {
    "\(FileSystem.name(of: output.folder.path))/parts/\(FileSystem.name(of: base))"
  }

  private static func part(_ record: TaskRecord, _ output: PlannedOutput) -> TokenizedPart {
    TokenizedPart(
      base: prefix(record.units, output) + "_text_document", files: record.units, hashes: record.outputs.map(\.sha256))
  }

  public func isFinished(_ output: PlannedOutput) -> Bool {
    OriginRecord.isFinished(
      output.path, of: inputs.map(\.stamp), tokenizer: tokenizerSHA256, appendEOD: appendEOD)
  }

  public func refuseForeign(_ output: PlannedOutput) throws {
    guard FileSystem.exists(output.path + ".origin.json"), !isFinished(output) else { return }
    throw PlanFailure(
      output.path,
      "a data set of other inputs or options is there, or not all of one. Choose another --output, or remove its files."
    )
  }

  /// Damaged parts are removed: they are no base to go on with.
  public func lostUnits(_ records: [TaskRecord], at output: PlannedOutput) throws -> [Range<Int>] {
    if isFinished(output) { return [] }
    return try records.map { Self.part($0, output) }.filter { part in
      guard part.hashes.count == TokenizedPart.suffixes.count, try part.damage() == nil else {
        try part.remove()
        return true
      }
      return false
    }.map(\.files)
  }

  public func finish(_ records: [TaskRecord], at output: PlannedOutput, _ options: TaskOptions) throws -> String {
    try requireInputs(0..<count, output.folder.plan)
    let suffix = "_text_document"
    guard output.path.hasSuffix(suffix) else {
      throw PlanFailure(output.path, "expected a name that ends in \(suffix)")
    }
    let parts = records.map { Self.part($0, output) }
    let whole = job(0..<count, prefix: String(output.path.dropLast(suffix.count)), options)
    let report = try whole.merge(parts)
    for part in parts { try part.remove() }
    if FileSystem.exists(output.folder.parts) { try FileSystem.removeEmptyDirectory(output.folder.parts) }
    return report.summary
  }
}
