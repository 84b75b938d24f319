import ByteIO
import Corpus
import StructuredText
import TokenDataset

/// What `PREFIX.origin.json` says of a base that was made from a raw Pile: of what, and how.
public struct OriginRecord: Equatable, Sendable {
  /// One input file.
  public struct File: Equatable, Sendable {
    /// Its name within the input that was given; no path.
    public var name: String
    /// Bytes as stored.
    public var size = 0
    /// Of the bytes as stored; empty while the file is not read to its end.
    public var sha256 = ""
    var counts = LineCounts()

    /// Documents in the output.
    public var documents: Int { counts.documents }
    /// Documents without text or without tokens: not in the output.
    public var dropped: Int { counts.dropped }
    public var loneSurrogates: Int { counts.loneSurrogates }
    public var skipped: SkippedLines { counts.skipped }
  }

  static let version = 1

  public let tokenizerHash: String
  public let appendEOD: Bool
  public let tokenType: TokenType
  public internal(set) var items = 0
  public internal(set) var tokens = 0
  /// Subsets' names, in the order in which they first occur.
  public internal(set) var subsets: [String] = []
  public internal(set) var files: [File] = []

  init(tokenizerHash: String, appendEOD: Bool, tokenType: TokenType) {
    self.tokenizerHash = tokenizerHash
    self.appendEOD = appendEOD
    self.tokenType = tokenType
  }

  /// Whether a finished data set is there that was made of these inputs in this way, by what its record says.
  package static func isFinished(_ base: String, of inputs: [InputStamp], tokenizer: String, appendEOD: Bool) -> Bool {
    guard let record = try? read(base + ".origin.json"), record.tokenizerHash == tokenizer,
      record.appendEOD == appendEOD, record.files.map(\.name) == inputs.map(\.name)
    else { return false }
    return zip(record.files, inputs).allSatisfy { $0.size == $1.size || $1.isUnknown }
      && (try? FileSystem.size(of: base + ".bin")) == record.tokens * record.tokenType.byteCount
      && FileSystem.exists(base + ".idx")
  }

  /// Counts over all files.
  var total: LineCounts {
    files.reduce(into: LineCounts()) { $0.add($1.counts) }
  }

  static func read(_ path: String) throws -> OriginRecord {
    try OriginRecord(JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 28), name: path))
  }
}

extension OriginRecord {
  /// Counts beyond these are no counts of a file: they would overflow when multiplied.
  fileprivate static let plausible = 0...(1 << 48)

  var json: JSONValue {
    [
      "origin": .integer(Int64(OriginRecord.version)),
      "tokenizer_sha256": .string(tokenizerHash),
      "append_eod": .bool(appendEOD),
      "token_type": .string(tokenType.name),
      "items": .integer(Int64(items)),
      "tokens": .integer(Int64(tokens)),
      "subsets": .array(subsets.map { .string($0) }),
      "files": .array(files.map(\.json)),
    ]
  }

  init(_ node: JSONNode) throws {
    let version = try node.member("origin").int()
    guard version == OriginRecord.version else {
      throw node.failure("version \(version) of this record is not known here. Tokenize the Pile again.")
    }
    let type = try node.member("token_type")
    let name = try type.string()
    guard let tokenType = TokenType.allCases.first(where: { $0.name == name }) else {
      throw type.failure("unknown type of tokens")
    }
    self.init(
      tokenizerHash: try node.member("tokenizer_sha256").string(), appendEOD: try node.member("append_eod").bool(),
      tokenType: tokenType)
    items = try node.member("items").int(in: OriginRecord.plausible)
    tokens = try node.member("tokens").int(in: OriginRecord.plausible)
    subsets = try node.member("subsets").elements().map { try $0.string() }
    files = try node.member("files").elements().map { try File($0) }
  }
}

extension OriginRecord.File {
  var json: JSONValue {
    [
      "name": .string(name),
      "size": .integer(Int64(size)),
      "sha256": .string(sha256),
      "documents": .integer(Int64(documents)),
      "dropped": .integer(Int64(dropped)),
      "lone_surrogates": .integer(Int64(loneSurrogates)),
      "skipped": .object(skippedByKind),
    ]
  }

  private var skippedByKind: [JSONMember] {
    CorpusFailure.Kind.allCases.compactMap { kind in
      skipped.counts[kind].map { JSONMember(kind.rawValue, .integer(Int64($0))) }
    }
  }

  init(_ node: JSONNode) throws {
    self.init(name: try node.member("name").string())
    size = try node.member("size").int(in: OriginRecord.plausible)
    sha256 = try node.member("sha256").string()
    counts.documents = try node.member("documents").int(in: OriginRecord.plausible)
    counts.dropped = try node.member("dropped").int(in: OriginRecord.plausible)
    counts.loneSurrogates = try node.member("lone_surrogates").int(in: OriginRecord.plausible)
    let skipped = try node.member("skipped")
    for kind in CorpusFailure.Kind.allCases {
      guard let count = try skipped.optionalMember(kind.rawValue) else { continue }
      counts.skipped.add(kind, count: try count.int(in: OriginRecord.plausible))
    }
  }
}
