import ByteIO
import Corpus
import TokenDataset
import Tokenization

/// What a tokenize job is to make: everything that its output depends on, and where it goes.
struct TokenizePlan: Sendable {
  let files: [CorpusFile]
  let stamps: [InputStamp]
  let tokenizerHash: String
  let tokenType: TokenType
  /// The token that closes a document.
  let eod: UInt32?
  let paths: TokenizePaths

  init(job: TokenizeJob, files: [CorpusFile], tokenizer: Tokenizer) throws {
    guard files.count < Origin.none else {
      throw TokenizeFailure(place: "input", reason: "\(files.count) files; \(Origin.none - 1) at most")
    }
    self.files = files
    stamps = try files.map(InputStamp.init)
    tokenizerHash = try SHA256.hash(file: job.tokenizer)
    tokenType = .fitting(vocabularySize: tokenizer.vocabularySize)
    eod = job.appendEOD ? try endOfDocument(of: tokenizer, job.tokenizer) : nil
    paths = TokenizePaths(prefix: job.prefix)
  }

  /// Bytes of all inputs as stored.
  var inputSize: Int { stamps.reduce(0) { $0 + $1.size } }

  /// A record of nothing done yet.
  var emptyRecord: OriginRecord {
    OriginRecord(tokenizerHash: tokenizerHash, appendEOD: eod != nil, tokenType: tokenType)
  }

  /// Why a record is not one of this plan's inputs and options; nil if it is, as far as it says.
  func difference(from record: OriginRecord) -> String? {
    if record.tokenizerHash != tokenizerHash { return "it was made with another tokenizer" }
    if record.appendEOD != (eod != nil) {
      return "its documents end \(record.appendEOD ? "with" : "without") <|endoftext|>"
    }
    return record.tokenType == tokenType ? nil : "its tokens have another type"
  }

  /// Refuses to start what the disk is certain not to hold. The estimate is low: text in zstd is taken to grow
  /// threefold, and a token to stand for five bytes.
  func checkSpace() throws {
    let text = zip(files, stamps).reduce(0) { $0 + $1.1.size * ($1.0.path.hasSuffix(".zst") ? 3 : 1) }
    let needed = text / 5 * tokenType.byteCount
    let folder = FileSystem.parent(of: paths.base) ?? "."
    let there = (try? FileSystem.allocatedSize(of: paths.bin + ".partial")) ?? 0
    let free = try FileSystem.freeSpace(at: folder) + there
    guard free < needed else { return }
    throw TokenizeFailure(
      place: folder,
      reason: "about \(byteAmount(Double(needed))) are needed, \(byteAmount(Double(free))) are free. "
        + "Make room, or choose another --output.")
  }
}

/// The token that closes a document: `<|endoftext|>`, which must be one token of the vocabulary.
private func endOfDocument(of tokenizer: Tokenizer, _ path: String) throws -> UInt32 {
  var ids: [UInt32] = []
  try Array("<|endoftext|>".utf8).withUnsafeBufferPointer { try Encoder(tokenizer).encode($0, into: &ids) }
  guard ids.count == 1 else {
    throw TokenizeFailure(place: path, reason: "it has no token <|endoftext|> to close documents. Use --no-append-eod.")
  }
  return ids[0]
}

/// What tells an unchanged input from a changed one without reading it.
public struct InputStamp: Equatable, Sendable {
  public let name: String
  public let size: Int
  /// Nanoseconds since 1970.
  public let modified: Int

  /// Whether nothing is known but the name.
  var isUnknown: Bool { modified == 0 && size == 0 }

  package init(name: String, size: Int, modified: Int) {
    self.name = name
    self.size = size
    self.modified = modified
  }

  /// An object behind a command has none: its size is known when it was read, and it is taken not to change.
  public init(_ file: CorpusFile) throws {
    guard file.command == nil else {
      self.init(name: file.name, size: 0, modified: 0)
      return
    }
    let stamp = try FileSystem.stamp(of: file.path)
    self.init(name: file.name, size: stamp.size, modified: stamp.modified)
  }
}

/// The names of a job's files.
struct TokenizePaths: Sendable {
  /// The data set's prefix.
  let base: String
  init(prefix: String) { base = prefix + "_text_document" }

  var bin: String { base + ".bin" }
  var idx: String { base + ".idx" }
  /// 16 bytes an item; see ``Origin``.
  var originBin: String { base + ".origin.bin" }
  /// Written last: the others are complete if it is there.
  var originJSON: String { base + ".origin.json" }
  /// The inputs' sizes and modification times. Of this machine, so not part of the output proper.
  var stamps: String { base + ".origin.stamps.json" }
  /// Items' sizes (i32) until the index is written.
  var sizes: String { base + ".sizes" }
  var checkpoint: String { base + ".checkpoint.partial" }

  func partial(_ path: String) -> String { path + ".partial" }

  /// Removes what a run needs to go on.
  func removeCheckpoint() throws {
    try FileSystem.remove(partial(sizes))
    try FileSystem.remove(partial(checkpoint))
    try FileSystem.remove(checkpoint)
  }
}
