import ByteIO
import Corpus
import StructuredText
import TokenDataset

/// The files that a tokenize job writes, front to back, safe against being killed at any moment.
///
/// Tokens, sizes and origins grow in `.partial` files. A checkpoint first makes them durable and then, in one step, says
/// how long they are and up to where the inputs are in them; what they hold beyond is cut off by the next run.
final class TokenizeOutput {
  private(set) var state: TokenizeState
  private let plan: TokenizePlan
  private var subsetNumbers: [[UInt8]: Int] = [:]
  private let tokens: GrowingFile
  private let sizes: GrowingFile
  private let origins: GrowingFile

  /// Goes on from a checkpoint, or from nothing.
  init(_ plan: TokenizePlan, from checkpoint: TokenizeState?) throws {
    self.plan = plan
    let paths = plan.paths
    state = checkpoint ?? TokenizeState(inputs: plan.stamps, record: plan.emptyRecord)
    try FileSystem.makeDirectory(FileSystem.parent(of: paths.base) ?? ".")
    tokens = try GrowingFile(paths.partial(paths.bin))
    sizes = try GrowingFile(paths.partial(paths.sizes))
    origins = try GrowingFile(paths.partial(paths.originBin))
    // The old checkpoint must be gone before what it speaks of is cut off.
    if checkpoint == nil { try FileSystem.remove(paths.checkpoint) }
    try tokens.cut(to: state.record.tokens * plan.tokenType.byteCount)
    try sizes.cut(to: state.record.items * MemoryLayout<Int32>.size)
    try origins.cut(to: state.record.items * Origin.rowSize)
    for (number, name) in state.record.subsets.enumerated() { subsetNumbers[Array(name.utf8)] = number }
  }

  /// Writes a batch; batches come in input order.
  func append(_ batch: EncodedBatch) throws {
    if state.record.files.count == batch.start.file {
      state.record.files.append(OriginRecord.File(name: plan.files[batch.start.file].name))
    }
    let subsets = try batch.names.map(subsetNumber)
    var rows: [UInt8] = []
    rows.reserveCapacity(batch.items.count * Origin.rowSize)
    for item in batch.items {
      Origin.append(
        subset: item.subset.map { subsets[$0] }, file: batch.start.file, line: batch.start.line + item.line + 1,
        to: &rows)
    }
    try tokens.append(batch.tokens)
    try origins.append(rows)
    try sizes.append(batch.items.flatMap { withUnsafeBytes(of: $0.size.littleEndian, Array.init) })
    try count(batch)
  }

  /// Makes what was written so far durable, and the place to go on from.
  func checkpoint() throws {
    for file in [tokens, sizes, origins] { try file.file.synchronize() }
    try AtomicFile.replace(plan.paths.checkpoint, with: state.json.serialized(.pretty))
  }

  private func count(_ batch: EncodedBatch) throws {
    let file = batch.start.file
    state.record.items += batch.items.count
    state.record.tokens += batch.tokens.count / plan.tokenType.byteCount
    state.record.files[file].counts.add(batch.counts)
    state.position = batch.end
    guard let finished = batch.finished else { return }
    guard finished.size == plan.stamps[file].size, try InputStamp(plan.files[file]) == plan.stamps[file] else {
      throw TokenizeFailure(place: plan.files[file].path, reason: "it changed while it was read. Run again.")
    }
    state.record.files[file].size = finished.size
    state.record.files[file].sha256 = finished.sha256 ?? ""
    state.position = CorpusPosition(file: file + 1)
  }

  private func subsetNumber(_ name: [UInt8]) throws -> Int {
    if let number = subsetNumbers[name] { return number }
    let number = state.record.subsets.count
    guard number < Origin.none else {
      throw TokenizeFailure(
        place: "input",
        reason: "more than \(Origin.none - 1) different names of subsets; meta.pile_set_name is no such name")
    }
    subsetNumbers[name] = number
    state.record.subsets.append(String(decoding: name, as: UTF8.self))
    return number
  }
}

/// A file that is written at its end.
private final class GrowingFile {
  let file: PositionedFile
  private var length = 0

  /// Claims the file: two runs into the same files would spoil both.
  init(_ path: String) throws {
    file = try PositionedFile(path)
    try file.lock()
  }

  func cut(to length: Int) throws {
    try file.setSize(length)
    self.length = length
  }

  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try file.write($0, at: length) }
    length += bytes.count
  }
}

/// When the next checkpoint is due.
struct CheckpointSchedule {
  let bytes: Int
  let seconds: Double
  private var written = 0
  private var last = monotonicSeconds()

  init(bytes: Int, seconds: Double) {
    self.bytes = bytes
    self.seconds = seconds
  }

  mutating func isDue(after count: Int) -> Bool {
    written += count
    let now = monotonicSeconds()
    guard written >= bytes || now - last >= seconds else { return false }
    written = 0
    last = now
    return true
  }
}
