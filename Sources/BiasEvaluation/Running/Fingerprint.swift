import ByteIO
import StructuredText

/// Everything that a score depends on. Two results compare only where all of it but the weights is equal.
public struct Fingerprint: Sendable, Equatable {
  /// Raised with every change of this room, but for those of one benchmark, that can change a value.
  public static let evaluatorRevision = 1

  public let benchmark: String
  public let version: Int
  public let data: [Attribute]
  public let settings: [Attribute]
  /// How many items at most; nil for all.
  public let limit: Int?
  /// SHA-256 of the tokenizer's file.
  public let tokenizer: String
  public let model: ModelIdentity

  public init(_ benchmark: some Benchmark, limit: Int?, tokenizer: String, model: ModelIdentity) {
    self.benchmark = type(of: benchmark).name
    version = type(of: benchmark).version
    data = benchmark.data.map { Attribute($0.name, $0.sha256) }
    settings = benchmark.settings
    self.limit = limit
    self.tokenizer = tokenizer
    self.model = model
  }

  /// All but the weights, with the order of members that ``comparison`` is the hash of.
  public var json: JSONValue {
    [
      "evaluator": ["name": "tiresias", "revision": .integer(Int64(Self.evaluatorRevision))],
      "benchmark": .string(benchmark), "version": .integer(Int64(version)),
      "data": .array(data.map { ["file": .string($0.name), "sha256": .string($0.text)] }),
      "settings": .object(settings.map { JSONMember($0.name, .string($0.text)) }),
      "limit": limit.map { .integer(Int64($0)) } ?? .null, "tokenizer_sha256": .string(tokenizer),
      "scorer": Self.scorer(model),
    ]
  }

  static func scorer(_ model: ModelIdentity) -> JSONValue {
    [
      "revision": .integer(Int64(model.revision)), "precision": .string(model.precision),
      "library": .string(model.library), "instruction_set": .string(model.instructionSet),
      "kernel": .string(model.kernel),
    ]
  }

  /// SHA-256 of ``json`` on one line: equal where scores of two models compare.
  public var comparison: String { Self.hash(json) }

  /// SHA-256 of that and the weights: equal where the scores are equal.
  public var key: String { Self.hash(["comparison": .string(comparison), "weights": .string(model.weights)]) }

  private static func hash(_ value: JSONValue) -> String {
    // Serializing fails only for numbers that are not finite, and there are none.
    SHA256.hash((try? value.serialized(.oneLine)) ?? [])
  }
}
