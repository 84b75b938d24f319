import ByteIO
import StructuredText

/// The arm of an intervention that a model belongs to, as the manifest has it.
public struct ArmRecord: Sendable, Equatable {
  /// The pipeline's name.
  public let run: String
  public let arm: String
  /// The arm to compare with; nil for the control itself, and where there is none.
  public let control: String?
  public let manifestSHA256: String

  public init(run: String, arm: String, control: String?, manifestSHA256: String) {
    self.run = run
    self.arm = arm
    self.control = control
    self.manifestSHA256 = manifestSHA256
  }
}

/// How far a precision is from fp32, on a sample of the questions.
public struct PrecisionError: Sendable, Equatable {
  public let questions: Int
  /// Of the differences of log-likelihoods of whole continuations, without their signs.
  public let mean: Double
  public let greatest: Double
}

/// The results of one model, in the shape of lm-evaluation-harness (0.4), whose tools read it, with the fingerprints under
/// `tiresias`. No clock, host or path of the machine is in it.
struct ResultsFile {
  static let format = 1

  let toolVersion: String
  let model: ModelFolder
  let identity: ModelIdentity
  let tokenizer: String
  let limit: Int?
  let arm: ArmRecord?
  let precisionError: PrecisionError?
  let outcomes: [Evaluation.Outcome]

  /// File name, label and weights of the results in a folder; files that are none of ours are passed over.
  static func weights(in folder: String) -> [(file: String, label: String, weights: String)] {
    let names = (try? FileSystem.names(in: folder)) ?? []
    return names.filter { $0.hasPrefix("results_") && $0.hasSuffix(".json") }.compactMap { name in
      guard let bytes = try? FileSystem.contents(of: folder + "/" + name),
        let node = try? JSONNode.parse(bytes, name: name),
        let model = try? node.member("tiresias").member("model"),
        let label = try? model.member("name").string(), let weights = try? model.member("weights_sha256").string()
      else { return nil }
      let step = try? model.member("step").int()
      return (name, label + (step.map { " step \($0)" } ?? ""), weights)
    }
  }

  func bytes() throws -> [UInt8] { try json.serialized(.pretty) }

  private var rows: [(row: ResultRow, outcome: Evaluation.Outcome)] {
    outcomes.flatMap { outcome in outcome.rows.map { ($0, outcome) } }
  }

  private var json: JSONValue {
    [
      "results": byTask { row, _ in Self.metrics(row) },
      "group_subtasks": .object([JSONMember]()),
      "configs": byTask { row, outcome in
        [
          "task": .string(row.task), "benchmark": .string(outcome.fingerprint.benchmark), "num_fewshot": 0,
          "metadata": ["version": .integer(Int64(outcome.fingerprint.version))],
        ]
      },
      "versions": byTask { _, outcome in .integer(Int64(outcome.fingerprint.version)) },
      "n-shot": byTask { _, _ in 0 },
      "higher_is_better": byTask { row, _ in
        .object(row.metrics.map { JSONMember($0.name, $0.higherIsBetter.map { .bool($0) } ?? .null) })
      },
      "n-samples": byTask { row, _ in
        ["original": .integer(Int64(row.count)), "effective": .integer(Int64(row.count))]
      },
      "config": config, "model_source": "tiresias", "model_name": .string(model.name),
      "model_name_sanitized": .string(model.name.replacing("/", with: "__")), "tiresias": record,
    ]
  }

  private func byTask(_ value: (ResultRow, Evaluation.Outcome) -> JSONValue) -> JSONValue {
    .object(rows.map { JSONMember($0.row.task, value($0.row, $0.outcome)) })
  }

  /// `pct_stereotype,none` and `pct_stereotype_stderr,none`: the filter's name follows the comma.
  private static func metrics(_ row: ResultRow) -> JSONValue {
    .object(
      [JSONMember("alias", .string(row.task))]
        + row.metrics.flatMap { metric in
          [JSONMember("\(metric.name),none", .double(metric.value))]
            + (metric.standardError.map { [JSONMember("\(metric.name)_stderr,none", .double($0))] } ?? [])
        })
  }

  private var config: JSONValue {
    let revision = model.published ?? model.step.map { "step\($0)" }
    let arguments = ["pretrained=\(model.name)"] + (revision.map { ["revision=\($0)"] } ?? [])
    return [
      "model": "tiresias", "model_args": .string(arguments.joined(separator: ",")),
      "model_dtype": .string(identity.precision), "model_sha": .string(identity.weights), "num_fewshot": 0,
      "limit": limit.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  private var record: JSONValue {
    [
      "format": .integer(Int64(Self.format)), "version": .string(toolVersion),
      "model": [
        "name": .string(model.name), "step": model.step.map { .integer(Int64($0)) } ?? .null,
        "published": model.published.map { .string($0) } ?? .null, "weights_sha256": .string(identity.weights),
        "stored_type": .string(identity.storedType),
      ],
      "arm": arm.map(Self.json) ?? .null, "tokenizer_sha256": .string(tokenizer),
      "precision_error": precisionError.map {
        [
          "questions": .integer(Int64($0.questions)), "mean_abs": .double($0.mean), "max_abs": .double($0.greatest),
        ]
      } ?? .null,
      "benchmarks": .array(outcomes.map(Self.json)),
    ]
  }

  private static func json(_ arm: ArmRecord) -> JSONValue {
    [
      "run": .string(arm.run), "arm": .string(arm.arm), "control": arm.control.map { .string($0) } ?? .null,
      "manifest_sha256": .string(arm.manifestSHA256),
    ]
  }

  private static func json(_ outcome: Evaluation.Outcome) -> JSONValue {
    [
      "name": .string(outcome.fingerprint.benchmark), "tasks": .array(outcome.rows.map { .string($0.task) }),
      "items": .integer(Int64(outcome.itemCount)), "item_file": .string(outcome.itemFile),
      "item_file_sha256": .string(outcome.itemFileSHA256), "comparison": .string(outcome.fingerprint.comparison),
      "key": .string(outcome.fingerprint.key), "fingerprint": outcome.fingerprint.json,
      "notes": .array(outcome.notes.map { .string($0) }),
    ]
  }
}
