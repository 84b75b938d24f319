import ByteIO
import StructuredText

/// The arm of an experiment that a model belongs to: as a manifest has it, or as the user says.
public struct ArmRecord: Sendable, Equatable {
  /// What the arms have in common: the pipeline's name, or the model's without its arm.
  public let run: String
  public let arm: String
  /// The arm to compare with; nil for the control itself, and where there is none.
  public let control: String?
  /// Nil where no manifest says it.
  public let manifestSHA256: String?

  public init(run: String, arm: String, control: String?, manifestSHA256: String? = nil) {
    self.run = run
    self.arm = arm
    self.control = control
    self.manifestSHA256 = manifestSHA256
  }

  var json: JSONValue {
    [
      "run": .string(run), "arm": .string(arm), "control": control.map { .string($0) } ?? .null,
      "manifest_sha256": manifestSHA256.map { .string($0) } ?? .null,
    ]
  }
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
  /// In the order of ``BenchmarkRegistry``.
  let parts: [ResultsPart]

  init(
    toolVersion: String, model: ModelFolder, identity: ModelIdentity, tokenizer: String, limit: Int?, arm: ArmRecord?,
    precisionError: PrecisionError?, parts: [ResultsPart]
  ) {
    self.toolVersion = toolVersion
    self.model = model
    self.identity = identity
    self.tokenizer = tokenizer
    self.limit = limit
    self.arm = arm
    self.precisionError = precisionError
    let order = BenchmarkRegistry.names
    self.parts = parts.sorted { (order.firstIndex(of: $0.name) ?? .max) < (order.firstIndex(of: $1.name) ?? .max) }
  }

  /// File name, label and weights of the results in a folder; files that are none of ours are passed over.
  static func weights(in folder: String) -> [(file: String, label: String, weights: String)] {
    let names = (try? FileSystem.names(in: folder)) ?? []
    return names.filter { $0.hasPrefix("results_") && $0.hasSuffix(".json") }.compactMap { name in
      guard let bytes = try? FileSystem.contents(of: folder + "/" + name, limit: 1 << 28),
        let node = try? JSONNode.parse(bytes, name: name),
        let model = try? node.member("tiresias").member("model"),
        let label = try? model.member("name").string(), let weights = try? model.member("weights_sha256").string()
      else { return nil }
      let step = try? model.member("step").int()
      return (name, label + (step.map { " step \($0)" } ?? ""), weights)
    }
  }

  func bytes() throws -> [UInt8] { try json.serialized(.pretty) }

  private var json: JSONValue {
    .object(
      ResultsPart.taskMembers.map { key in
        JSONMember(
          key, .object(parts.flatMap(\.tasks).map { JSONMember($0.name, $0.members[key] ?? .null) }))
      } + [
        JSONMember("group_subtasks", .object([JSONMember]())), JSONMember("config", config),
        JSONMember("model_source", "tiresias"), JSONMember("model_name", .string(model.name)),
        JSONMember("model_name_sanitized", .string(model.name.replacing("/", with: "__"))),
        JSONMember("tiresias", record),
      ])
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
        "published": model.published.map { .string($0) } ?? .null,
        "seed": model.seed.map { .integer(Int64($0)) } ?? .null, "weights_sha256": .string(identity.weights),
        "stored_type": .string(identity.storedType),
      ],
      "arm": arm?.json ?? .null, "tokenizer_sha256": .string(tokenizer),
      "precision_error": precisionError?.json ?? .null, "benchmarks": .array(parts.map(\.record)),
    ]
  }
}
