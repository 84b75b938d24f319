import ByteIO
import StructuredText

/// The scores of one benchmark with one model, item by item: JSON lines, of which the first says what the others are.
public struct ItemFile: Sendable {
  /// Hash of everything the scores depend on.
  public let key: String
  /// Equal where the scores of two models compare; see ``Fingerprint/comparison``.
  public let comparison: String
  public let benchmark: String
  public let items: [ScoredItem]

  /// Reads a complete file. Throws ``JSONFailure`` or ``EvaluationFailure`` with the line.
  public init(path: String) throws {
    let file = DataFile(name: path, path: path, bytes: try FileSystem.contents(of: path, limit: 1 << 28))
    let lines = try file.lines()
    guard let first = lines.first else { throw file.failure(line: 1, "the file is empty") }
    let header = try JSONNode.parse(Array(first.text.utf8), name: "\(path), line 1")
    guard try header.member("tiresias_items").int() == ItemLine.format else {
      throw file.failure(line: 1, "a format that is not read")
    }
    key = try header.member("key").string()
    comparison = try header.member("comparison").string()
    benchmark = try header.member("fingerprint").member("benchmark").string()
    items = try lines.dropFirst().map { try ItemLine.read($0.text, name: "\(path), line \($0.number)") }
  }
}

/// The lines of an item file.
enum ItemLine {
  static let format = 1

  static func header(_ fingerprint: Fingerprint) throws -> [UInt8] {
    try line([
      "tiresias_items": .integer(Int64(format)), "key": .string(fingerprint.key),
      "comparison": .string(fingerprint.comparison), "weights": .string(fingerprint.model.weights),
      "fingerprint": fingerprint.json,
    ])
  }

  static func line(_ item: ScoredItem) throws -> [UInt8] {
    try line([
      "item": .string(item.id), "cluster": .string(item.cluster), "paired": .bool(item.isPaired),
      "attributes": .object(item.attributes.map { JSONMember($0.name, .string($0.text)) }),
      "answers": .array(item.answers.map(json)),
      "values": .object(item.values.map { JSONMember($0.name, .double($0.value)) }),
    ])
  }

  static func read(_ text: String, name: String) throws -> ScoredItem {
    let node = try JSONNode.parse(Array(text.utf8), name: name)
    return ScoredItem(
      id: try node.member("item").string(), cluster: try node.member("cluster").string(),
      isPaired: try node.member("paired").bool(),
      attributes: try node.member("attributes").members().map { Attribute($0.key, try $0.node.string()) },
      answers: try node.member("answers").elements().map(answer),
      values: try node.member("values").members().map { NamedValue($0.key, try $0.node.double()) })
  }

  private static func line(_ value: JSONValue) throws -> [UInt8] { try value.serialized(.oneLine) + [0x0A] }

  private static func json(_ answer: Answer) -> JSONValue {
    switch answer {
    case .logLikelihood(let value, let tokens, let isGreedy):
      ["log_likelihood": .double(value), "tokens": .integer(Int64(tokens)), "greedy": .bool(isGreedy)]
    case .text(let text): ["text": .string(text)]
    }
  }

  private static func answer(_ node: JSONNode) throws -> Answer {
    if let text = try node.optionalMember("text") { return .text(try text.string()) }
    return .logLikelihood(
      try node.member("log_likelihood").double(), tokens: try node.member("tokens").int(),
      isGreedy: try node.member("greedy").bool())
  }
}
