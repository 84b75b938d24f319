import ByteIO
import Intervention
import TokenDataset
import TrainingOrder

/// Runs a pipeline: makes the window's samples part by part, then names, describes and hashes what was made.
///
/// The bytes depend on the request alone. A run that was killed goes on after its last complete part.
public struct WindowJob: Sendable {
  /// Sequences that a worker makes at a time.
  private static let batchSequences = 64

  public let plan: WindowPlan
  public let folder: String
  public var workers = 1
  public var progress = Progress.Style.automatic

  public init(_ plan: WindowPlan, folder: String) {
    self.plan = plan
    self.folder = folder
  }

  /// What a run did.
  public struct Report: Sendable {
    public let manifest: Manifest
    /// True if the output was there already.
    public let isReused: Bool
  }

  public func run() throws -> Report {
    let request = try WindowRequest(plan)
    let files = WindowFolder(path: folder)
    if let manifest = try finished(files, request) {
      // A run that was killed right behind its manifest has left these.
      try files.removeUnfinished(parts: plan.partCount)
      return Report(manifest: manifest, isReused: true)
    }
    try checkSpace(files)
    let lock = try begin(files, request)
    defer { _ = lock }
    let name = try request.hash()
    let order = try plan.order()
    let hashes = try makeParts(files, run: name, order)
    let manifest = try WindowFinish(
      plan: plan, request: request, files: files, run: name, order: order, hashes: hashes, progress: progress
    )
    .finish()
    return Report(manifest: manifest, isReused: false)
  }

  // MARK: Before the work

  /// The manifest of a finished run of this request; a finished run of another is an error.
  private func finished(_ files: WindowFolder, _ request: WindowRequest) throws -> Manifest? {
    guard FileSystem.exists(files.manifest) else { return nil }
    let manifest = try Manifest.parse(FileSystem.contents(of: files.manifest, limit: 1 << 28), name: files.manifest)
    if let difference = WindowRequest(manifest).difference(from: request) {
      throw PipelineFailure(
        folder, "it holds a finished run that differs in \(difference). Choose another --output, or remove the folder.")
    }
    return manifest
  }

  /// Makes the folders, and takes the lock that keeps a second run out.
  private func begin(_ files: WindowFolder, _ request: WindowRequest) throws -> PositionedFile {
    for part in ["/parts", "/edits"] { try FileSystem.makeDirectory(files.unfinished + part) }
    let lock = try PositionedFile(files.lock)
    try lock.lock()
    let name = try request.hash()
    if FileSystem.exists(files.request) {
      let there = String(decoding: try FileSystem.contents(of: files.request, limit: 1 << 16), as: UTF8.self)
      guard there == name + "\n" else {
        throw PipelineFailure(
          folder,
          "it holds an unfinished run of another pipeline, data or rules. Choose another --output, or remove the folder."
        )
      }
    } else {
      try AtomicFile.replace(files.request, with: Array((name + "\n").utf8))
    }
    return lock
  }

  /// Refuses to start what the disk has no room for.
  private func checkSpace(_ files: WindowFolder) throws {
    let there = [WindowFolder.windowPrefix, WindowFolder.controlPrefix]
      .reduce(0) { $0 + ((try? FileSystem.allocatedSize(of: files.unfinishedData($1))) ?? 0) }
    let needed = plan.outputBytes - there
    let free = try FileSystem.freeSpace(at: folder)
    guard needed <= free else {
      throw PipelineFailure(
        folder,
        "the results need about \(byteAmount(Double(needed))), but only \(byteAmount(Double(free))) are free there."
          + " Make room, or choose another --output.")
    }
  }

  // MARK: The work

  /// A range of sequences within a part.
  private struct Batch {
    let part: Int
    let sequences: Range<Int>
    let isLast: Bool
  }

  /// The hashes of the data, unless another run has written some of them.
  private func makeParts(_ files: WindowFolder, run: String, _ order: RunOrder) throws -> DataHashes? {
    let (batches, done) = try missingBatches(files, run)
    // The data may bear their final names by now: a writer would begin them anew.
    guard !batches.isEmpty else { return nil }
    let progress = Progress(
      "intervene", total: plan.sequences.count, unit: .items("sequences"), done: done, style: self.progress)
    let writer = try PartWriter(plan, files, run: run, isWhole: done == 0)
    let (plan, control, log) = (plan, plan.file.emit.hasControl, plan.file.emit.log == .edits)
    try Conveyor.run(
      workers: workers, budget: 4 * workers, weight: { _ in 1 },
      makeProducer: {
        var rest = batches[...]
        return { rest.popFirst() }
      },
      makeWorker: {
        let maker = try SampleMaker(plan, order, log: log)
        return { (batch: $0, made: try maker.batch($0.sequences, control: control)) }
      },
      consume: { batch, made in
        try writer.write(made, part: batch.part, first: batch.sequences.lowerBound, isLast: batch.isLast)
        progress.advance(batch.sequences.count, bytes: made.window.count)
      })
    progress.finish()
    return writer.hashes()
  }

  /// What is left to make, in order, and how many sequences are done.
  private func missingBatches(_ files: WindowFolder, _ run: String) throws -> ([Batch], done: Int) {
    var batches: [Batch] = []
    var done = 0
    for part in 0..<plan.partCount {
      let range = plan.sequences(ofPart: part)
      if let record = try PartRecord.read(files.partRecord(part)), record.run == run, record.part == part {
        done += range.count
        continue
      }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.batchSequences) {
        let end = min(start + Self.batchSequences, range.upperBound)
        batches.append(Batch(part: part, sequences: start..<end, isLast: end == range.upperBound))
      }
    }
    return (batches, done)
  }
}

extension WindowPlan {
  var partCount: Int { (sequences.count + WindowFolder.partSequences - 1) / WindowFolder.partSequences }

  func sequences(ofPart part: Int) -> Range<Int> {
    let start = sequences.lowerBound + part * WindowFolder.partSequences
    return start..<min(start + WindowFolder.partSequences, sequences.upperBound)
  }

  /// Bytes of disk that the results take, index maps and log included, roughly.
  public var outputBytes: Int {
    let arms = file.emit.hasControl ? 2 : 1
    // Eight bytes of index maps and twelve of .idx a sequence and arm; a log line is some 30 bytes compressed.
    return arms * (windowBytes + 60 * sequences.count) + (file.emit.log == .edits ? windowBytes / 20 : 0)
  }
}
