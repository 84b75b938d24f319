import ByteIO
import Corpus
import Synchronization
import Tokenization

/// Turns a raw Pile into a base: one item a document, `PREFIX_text_document.bin/.idx`, with a sidecar that keeps each
/// document's origin (``Origin``). As GPT-NeoX's `preprocess_data.py --append-eod`; see specs/neox-data.md section 2.
///
/// The output depends on the inputs' contents and names, the tokenizer and `appendEOD`, and on nothing else: not on
/// the number of workers, nor on how often the job was killed and run again. What is unfinished has names that end in
/// `.partial`, and a checkpoint from which the next run goes on.
public struct TokenizeJob: Sendable {
  /// Files and folders, in order; see ``CorpusFile/list(_:command:)``.
  public var inputs: [String]
  /// What streams an input to standard output, where inputs are no files of this machine.
  public var inputCommand: String?
  /// A `tokenizer.json`.
  public var tokenizer: String
  /// The outputs' names up to `_text_document`.
  public var prefix: String
  public var workers = 1
  /// Close each document with `<|endoftext|>`.
  public var appendEOD = true
  public var onError = ErrorPolicy.stop
  /// Whether finished output is still that of its inputs: read and hash them, instead of comparing sizes and times.
  public var rehash = false
  public var progress = Progress.Style.automatic
  /// Bytes of output after which the work so far is made safe; 30 s do it, too.
  public var checkpointBytes = 256 << 20
  var batchSize = 1 << 20

  public init(inputs: [String], tokenizer: String, prefix: String) {
    self.inputs = inputs
    self.tokenizer = tokenizer
    self.prefix = prefix
  }

  /// Makes the output, or finds that it is there.
  ///
  /// Memory: a few MB a worker, or a few times the largest document. Throws `CorpusFailure` for bad input, `IOFailure`
  /// for the file system, ``TokenizeFailure`` for what cannot be done; run again, it goes on where it stopped.
  public func run() throws -> TokenizeReport {
    let tokenizer = try Tokenizer(path: self.tokenizer)
    let plan = try plan(tokenizer)
    switch try plan.findOutput(rehash: rehash, policy: onError) {
    case .finished(let record):
      if rehash { try plan.writeStamps() }
      try plan.removeLeftovers(of: record)
      return TokenizeReport(record, base: plan.paths.base, isReused: true)
    case .checkpoint(let found):
      Progress.note(
        "tokenize: \(plan.paths.base): going on after \(found.state.record.items) documents.", style: progress)
      return try make(plan, tokenizer, from: found)
    case .nothing(let reason):
      if let reason {
        Progress.note("tokenize: \(plan.paths.base): \(reason). It is made from the start.", style: progress)
      }
      return try make(plan, tokenizer, from: nil)
    }
  }

  /// The prefix of the data set that it makes.
  public var base: String { prefix + "_text_document" }

  /// Whether the output is there, and of these inputs, as far as their sizes and times say.
  public func isDone() throws -> Bool {
    guard case .finished = try plan().findOutput(rehash: false, policy: onError) else { return false }
    return true
  }

  func plan(_ tokenizer: Tokenizer? = nil) throws -> TokenizePlan {
    let files = try CorpusFile.list(inputs, command: inputCommand)
    return try TokenizePlan(job: self, files: files, tokenizer: tokenizer ?? Tokenizer(path: self.tokenizer))
  }

  private func make(_ plan: TokenizePlan, _ tokenizer: Tokenizer, from found: FoundCheckpoint?) throws -> TokenizeReport
  {
    if let state = found?.state, state.isComplete { return try goOnFinishing(plan, state.record) }
    try plan.checkSpace()
    let output = try TokenizeOutput(plan, from: found)
    try encode(plan, tokenizer, into: output)
    try output.checkpoint()
    guard output.state.isComplete else {
      throw Interruption.failure(plan.paths.base, "\(output.state.record.items) documents are done")
    }
    // As long as the output is there, others are kept out.
    try withExtendedLifetime(output) { try plan.finish(output.state.record) }
    return TokenizeReport(output.state.record, base: plan.paths.base, isReused: false)
  }

  /// Finishes what an earlier run has made, unless that one is at it, or was done with it meanwhile.
  private func goOnFinishing(_ plan: TokenizePlan, _ record: OriginRecord) throws -> TokenizeReport {
    let claim = try PositionedFile(plan.paths.partial(plan.paths.sizes))
    try claim.lock()
    return try withExtendedLifetime(claim) {
      let isReused = plan.isFinished(record)
      if isReused { try plan.paths.removeCheckpoint() } else { try plan.finish(record) }
      return TokenizeReport(record, base: plan.paths.base, isReused: isReused)
    }
  }

  private func encode(_ plan: TokenizePlan, _ tokenizer: Tokenizer, into output: TokenizeOutput) throws {
    let report = Progress(
      "tokenize", total: plan.inputSize, unit: .bytes, done: output.state.finishedInputSize, style: progress)
    var schedule = CheckpointSchedule(bytes: checkpointBytes, seconds: 30)
    var stored = 0
    let (files, policy, batchSize, start) = (plan.files, onError, self.batchSize, output.state.position)
    let reading = Mutex(ReadingTimes())
    let times: ConveyorTimes
    do {
      times = try Conveyor.run(
        workers: workers, budget: (workers + 1) * 4 * batchSize, weight: { $0.byteCount },
        makeProducer: {
          let reader = LineReader(
            files, policy: policy, hashing: true, from: start, batchSize: batchSize,
            isGivenUp: { Interruption.isRequested })
          return {
            let batch = Interruption.isRequested ? nil : try reader.next()
            if batch == nil { reading.withLock { $0 = reader.times } }
            return batch
          }
        },
        makeWorker: { try BatchEncoder(plan, tokenizer, policy: policy).encode },
        consume: { batch in
          try output.append(batch)
          report.advance(batch.storedBytes - stored, bytes: batch.textBytes)
          stored = batch.finished == nil ? batch.storedBytes : 0
          if schedule.isDue(after: batch.tokens.count) { try output.checkpoint() }
        })
    } catch {
      // What is done stays done; that the disk is full, say, is told by the first error.
      try? output.checkpoint()
      throw error
    }
    report.finish(WorkTimes(times, reading: reading.withLock { $0 }, of: output))
  }
}

extension WorkTimes {
  fileprivate init(_ times: ConveyorTimes, reading: ReadingTimes, of output: TokenizeOutput) {
    self.init(
      times,
      reading: [
        (.reading, reading.reading), (.decompression, reading.decompressing), (.hashing, reading.hashing),
      ], working: .encoding, writing: [(.synchronizing, output.synchronizing)])
  }
}

/// What a run has made, or found.
public struct TokenizeReport: Equatable, Sendable {
  /// The data set's prefix.
  public let base: String
  public let documents: Int
  public let tokens: Int
  /// Documents without text or without tokens: not in the output.
  public let dropped: Int
  public let loneSurrogates: Int
  public let skipped: SkippedLines
  /// True if the output was there, and is that of these inputs.
  public let isReused: Bool

  /// For people: what was made, and what was left out.
  public var summary: String {
    var parts = ["\(base): \(documents) documents, \(tokens) tokens\(isReused ? "; it was there already" : "")"]
    if dropped > 0 { parts.append("\(dropped) documents without text dropped") }
    if loneSurrogates > 0 { parts.append("\(loneSurrogates) lone surrogates replaced by U+FFFD") }
    for (kind, count) in skipped.counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      parts.append(kind == .fileCut ? "\(count) files cut short" : "\(count) lines skipped (\(kind.rawValue))")
    }
    return parts.joined(separator: "\n  ")
  }

  init(_ record: OriginRecord, base: String, isReused: Bool) {
    self.base = base
    documents = record.total.documents
    tokens = record.tokens
    dropped = record.total.dropped
    loneSurrogates = record.total.loneSurrogates
    skipped = record.total.skipped
    self.isReused = isReused
  }
}

/// Why a raw Pile cannot be turned into an idxmap, and what to do.
public struct TokenizeFailure: Error, Equatable, CustomStringConvertible {
  public let place: String
  public let reason: String
  public var description: String { "\(place): \(reason)" }
}
