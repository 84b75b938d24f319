import Corpus
import TokenDataset
import Tokenization

/// What became of a file's lines, or of a batch's.
struct LineCounts: Equatable, Sendable {
  var documents = 0
  /// Documents without text or without tokens.
  var dropped = 0
  var loneSurrogates = 0
  var skipped = SkippedLines()

  mutating func add(_ other: LineCounts) {
    documents += other.documents
    dropped += other.dropped
    loneSurrogates += other.loneSurrogates
    skipped.add(other.skipped)
  }
}

/// The documents of a ``LineBatch`` as tokens, ready to be written.
struct EncodedBatch: Sendable {
  let start: CorpusPosition
  let end: CorpusPosition
  let finished: FileSummary?
  let storedBytes: Int
  var counts = LineCounts()
  var textBytes = 0
  /// All documents' tokens in the type of the output.
  var tokens: [UInt8] = []
  /// For each document: its tokens, its line in the batch, and its subset as a number in `names` (or none).
  var items: [(size: Int32, line: Int, subset: Int?)] = []
  /// Subsets in the order in which they first occur.
  var names: [[UInt8]] = []

  init(_ batch: LineBatch) {
    start = batch.start
    end = batch.end
    finished = batch.finished
    storedBytes = batch.storedBytes
  }
}

/// Reads and encodes batches of lines. One a worker.
final class BatchEncoder {
  /// NeoX counts the tokens of an item in 32 bits, with room to spare.
  static let longestItem = 1 << 30

  private let plan: TokenizePlan
  private let policy: ErrorPolicy
  private let encoder: Encoder
  private let parser: LineParser
  /// The batch's ids, in whichever has the output's type.
  private var narrow: [UInt16] = []
  private var wide: [UInt32] = []

  init(_ plan: TokenizePlan, _ tokenizer: Tokenizer, policy: ErrorPolicy) throws {
    self.plan = plan
    self.policy = policy
    encoder = Encoder(tokenizer)
    parser = try LineParser()
  }

  /// Under the policy `stop` throws the first bad line's failure.
  func encode(_ batch: LineBatch) throws -> EncodedBatch {
    var result = EncodedBatch(batch)
    var numbers: [[UInt8]: Int] = [:]
    narrow.removeAll(keepingCapacity: narrow.count < 1 << 22)
    wide.removeAll(keepingCapacity: wide.count < 1 << 22)
    for index in 0..<batch.count {
      guard let line = try parse(batch, index, &result) else { continue }
      let size = try encode(line.text, batch, index)
      result.textBytes += line.text.count
      guard size > 0 else {
        result.counts.dropped += 1
        continue
      }
      result.counts.documents += 1
      result.counts.loneSurrogates += line.loneSurrogates
      let subset = line.subset.map { number(of: Array($0), &numbers, &result.names) }
      result.items.append((Int32(size), index, subset))
    }
    if batch.finished?.cut != nil { result.counts.skipped.add(.fileCut) }
    result.tokens = plan.tokenType == .uint16 ? packed(narrow) : packed(wide)
    return result
  }

  private func parse(_ batch: LineBatch, _ index: Int, _ result: inout EncodedBatch) throws -> ParsedLine? {
    do {
      return try parser.parse(batch, index)
    } catch {
      guard policy == .skip else { throw batch.failure(error, inLine: index, of: plan.files[batch.start.file]) }
      result.counts.skipped.add(error.kind)
      return nil
    }
  }

  /// Appends a document's tokens; returns how many, 0 if the document is dropped.
  private func encode(_ text: UnsafeBufferPointer<UInt8>, _ batch: LineBatch, _ index: Int) throws -> Int {
    let size =
      plan.tokenType == .uint16
      ? try append(to: &narrow) { try encoder.encode(text, into: &$0) }
      : try append(to: &wide) { try encoder.encode(text, into: &$0) }
    guard size <= BatchEncoder.longestItem else {
      throw CorpusFailure(
        .input, path: plan.files[batch.start.file].path, line: batch.start.line + index + 1,
        offset: batch.offset(ofLine: index),
        reason: "a document of \(size) tokens; GPT-NeoX takes \(BatchEncoder.longestItem) at most. Cut it up.")
    }
    return size
  }

  /// How many ids a document has, with the one that closes it.
  private func append<ID: FixedWidthInteger>(
    to ids: inout [ID], _ encode: (inout [ID]) throws -> Void
  ) rethrows -> Int {
    let start = ids.count
    try encode(&ids)
    guard ids.count > start else { return 0 }
    if let eod = plan.eod { ids.append(ID(truncatingIfNeeded: eod)) }
    return ids.count - start
  }

  private func number(of name: [UInt8], _ numbers: inout [[UInt8]: Int], _ names: inout [[UInt8]]) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}

/// Ids as they stand in `.bin`.
private func packed<ID: FixedWidthInteger>(_ ids: [ID]) -> [UInt8] {
  let size = ids.count * MemoryLayout<ID>.size
  return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
    let target = UnsafeMutableRawBufferPointer(bytes)
    for (index, id) in ids.enumerated() {
      target.storeBytes(of: id.littleEndian, toByteOffset: index * MemoryLayout<ID>.size, as: ID.self)
    }
    count = size
  }
}
