import ByteIO
import Corpus
import StructuredText
import TokenDataset

/// The files that a tokenize job writes, front to back, safe against being killed at any moment.
///
/// Tokens, sizes and origins grow in `.partial` files. A checkpoint first makes them durable and then, in one step, says
/// how long they are and up to where the inputs are in them; what they hold beyond is written over by the next run, and cut
/// off at the end. Nothing is cut before: where locks do not reach, another run may be writing the same bytes there.
final class TokenizeOutput {
  private(set) var state: TokenizeState
  /// Seconds that went into waiting for the disk.
  private(set) var synchronizing = 0.0
  private let plan: TokenizePlan
  private var subsetNumbers: [[UInt8]: Int] = [:]
  private let tokens: GrowingFile
  private let sizes: GrowingFile
  private let origins: GrowingFile

  /// Goes on from a checkpoint, or from nothing.
  init(_ plan: TokenizePlan, from found: FoundCheckpoint?) throws {
    self.plan = plan
    let checkpoint = found?.state
    let paths = plan.paths
    state = checkpoint ?? TokenizeState(inputs: plan.stamps, record: plan.emptyRecord)
    try FileSystem.makeDirectory(FileSystem.parent(of: paths.base) ?? ".")
    tokens = try GrowingFile(paths.partial(paths.bin))
    sizes = try GrowingFile(paths.partial(paths.sizes))
    origins = try GrowingFile(paths.partial(paths.originBin))
    // The old checkpoint must be gone before what it speaks of is cut off.
    if checkpoint == nil { try FileSystem.remove(paths.checkpoint) }
    for (file, part) in zip([tokens, origins, sizes], found?.parts ?? []) { file.goOn(behind: part) }
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

  /// Writes what another job has made of the files that come next; parts come in input order.
  func append(_ part: TokenizedPart) throws {
    let made = try part.open(plan)
    let subsets = try made.record.subsets.map { try subsetNumber(Array($0.utf8)) }
    let firstFile = state.record.files.count
    try part.forEachPiece(of: .tokens) { try tokens.append($0) }
    try part.forEachPiece(of: .sizes) { try sizes.append($0) }
    try part.forEachPiece(of: .origins) {
      try origins.append(Origin.renumbered($0, subsets: subsets, firstFile: firstFile, part.base))
    }
    state.record.items += made.record.items
    state.record.tokens += made.record.tokens
    state.record.files += made.record.files
    state.position = CorpusPosition(file: part.files.upperBound)
  }

  /// Makes what was written so far durable, and the place to go on from.
  func checkpoint() throws {
    try timed(&synchronizing) {
      state.hashes = [tokens, origins, sizes].map { $0.hash.soFar() }
      for file in [tokens, sizes, origins] {
        if state.isComplete { try file.file.setSize(file.length) }
        try file.file.synchronize()
      }
      try SealedRecord.write(state.json, to: plan.paths.checkpoint, .pretty)
    }
  }

  private func count(_ batch: EncodedBatch) throws {
    let file = batch.start.file
    state.record.items += batch.items.count
    state.record.tokens += batch.tokens.count / plan.tokenType.byteCount
    state.record.files[file].counts.add(batch.counts)
    state.position = batch.end
    guard let finished = batch.finished else { return }
    let isAsItWas = plan.stamps[file].isUnknown || finished.size == plan.stamps[file].size
    guard isAsItWas, try InputStamp(plan.files[file]) == plan.stamps[file] else {
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
  private(set) var length = 0
  /// Of what it holds up to its length.
  private(set) var hash = SHA256()

  /// Claims the file: two runs into the same files would spoil both.
  init(_ path: String) throws {
    file = try PositionedFile(path)
    try file.lock()
  }

  func goOn(behind part: FoundCheckpoint.Part) { (length, hash) = (part.size, part.hash) }

  func append(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes {
      try file.write($0, at: length)
      hash.update($0)
    }
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
