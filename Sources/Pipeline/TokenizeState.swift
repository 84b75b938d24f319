import ByteIO
import Corpus
import StructuredText

/// What a tokenize job has done up to a place in its inputs: its checkpoint.
package struct TokenizeState: Equatable, Sendable {
  static let version = 2

  /// The inputs as they were when the job began.
  var inputs: [InputStamp]
  /// Everything before it is in the output.
  var position = CorpusPosition()
  /// The files so far; the last one may be unfinished.
  var record: OriginRecord
  /// SHA-256 of what the output's growing files hold up to here: tokens, origins, sizes.
  var hashes = [String](repeating: SHA256.hash([]), count: 3)

  /// Bytes of inputs as stored that are done with.
  package var finishedInputSize: Int { inputs.prefix(position.file).reduce(0) { $0 + $1.size } }
  package var isComplete: Bool { position.file == inputs.count }
}

extension TokenizeState {
  package var json: JSONValue {
    [
      "checkpoint": .integer(Int64(TokenizeState.version)),
      "inputs": .array(inputs.map(\.json)),
      "file": .integer(Int64(position.file)),
      "line": .integer(Int64(position.line)),
      "offset": .integer(Int64(position.offset)),
      "record": record.json,
      "sha256": .array(hashes.map { .string($0) }),
    ]
  }

  package init(_ node: JSONNode) throws {
    guard try node.member("checkpoint").int() == TokenizeState.version else {
      throw node.failure("another version wrote it")
    }
    inputs = try node.member("inputs").elements().map(InputStamp.init)
    try InputStamp.requirePlausibleTotal(of: inputs, node)
    position = CorpusPosition(
      file: try node.member("file").int(in: 0...inputs.count), line: try node.member("line").int(in: 0...Int.max),
      offset: try node.member("offset").int(in: 0...Int.max))
    record = try OriginRecord(node.member("record"))
    hashes = try node.member("sha256").elements().map { try $0.string() }
    guard hashes.count == 3 else { throw node.failure("it has other files") }
    let isUnfinished = record.files.count == position.file + 1
    guard record.files.count == position.file || isUnfinished else { throw node.failure("its files do not add up") }
  }
}

extension InputStamp {
  public var json: JSONValue {
    ["name": .string(name), "size": .integer(Int64(size)), "modified": .integer(Int64(modified))]
  }

  /// Refuses sizes that no file system could hold together, so that they can be added up.
  public static func requirePlausibleTotal(of stamps: [InputStamp], _ node: JSONNode) throws {
    var total = 0
    for stamp in stamps {
      let (sum, overflow) = total.addingReportingOverflow(stamp.size)
      guard !overflow, sum <= 1 << 60 else { throw node.failure("the inputs' sizes are those of no files") }
      total = sum
    }
  }

  public init(_ node: JSONNode) throws {
    self.init(
      name: try node.member("name").string(), size: try node.member("size").int(in: 0...Int.max),
      modified: try node.member("modified").int())
  }
}
