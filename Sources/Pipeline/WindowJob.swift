import ByteIO
import Intervention
import TokenDataset
import TrainingOrder

/// Runs a pipeline: makes the window's samples part by part, then names, describes and hashes what was made.
///
/// The bytes depend on the request alone. A run that was killed goes on after its last complete part, and so does one that
/// takes over from others: many jobs can make ranges of the items (``make(_:)``), and one finishes (``finish()``).
public struct WindowJob: Sendable {
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
    if let manifest = try finished(files, request) { return Report(manifest: manifest, isReused: true) }
    try checkSpace(files)
    let lock = try begin(files, request)
    defer { _ = lock }
    // The run that had the lock may have finished meanwhile.
    if let manifest = try finished(files, request) { return Report(manifest: manifest, isReused: true) }
    let (name, order) = (try request.hash(), try plan.order())
    let finish = WindowFinish(plan: plan, request: request, files: files, run: name, order: order, progress: progress)
    var hashes = try make(plan.items, files, run: name, order).hashes ?? finish.checked()
    // What a disk has lost is made again, once: a disk that loses it twice is to be looked at.
    if hashes == nil { hashes = try make(plan.items, files, run: name, order).hashes }
    return Report(manifest: try finish.finish(hashes), isReused: false)
  }

  /// What a slice came to: the items, and SHA-256 of their data and log lines.
  public struct Slice: Sendable, Equatable {
    public let items: Range<Int>
    public let windowSHA256: String
    public let controlSHA256: String?
    public let logSHA256: String?

    init(_ record: SliceRecord) {
      (items, windowSHA256) = (record.items, record.windowSHA256)
      (controlSHA256, logSHA256) = (record.controlSHA256, record.logSHA256)
    }
  }

  /// Makes some of the window's items, as one of many jobs, at once or one after the other, on machines that share the
  /// folder. What is there of them is compared with its checksums and kept. When all items are made, ``finish()`` is due.
  ///
  /// Nil if the whole window is complete already.
  public func make(_ items: Range<Int>) throws -> [Slice]? {
    let request = try WindowRequest(plan)
    let files = WindowFolder(path: folder)
    if try finished(files, request) != nil { return nil }
    let lock = try begin(files, request, shared: true)
    defer { _ = lock }
    if try finished(files, request) != nil { return nil }
    let name = try request.hash()
    var check = SliceCheck(
      plan, files, try WindowLedger(files, run: name, items: items).records, progress: progress)
    try check.check()
    try check.removeDamaged()
    return try make(items, files, run: name, try plan.order()).records.map(Slice.init)
  }

  /// The slices of some items that are made, as their records have them.
  public func made(_ items: Range<Int>) throws -> [Slice] {
    try WindowLedger(WindowFolder(path: folder), run: WindowRequest(plan).hash(), items: items).records.map(Slice.init)
  }

  /// Names, describes and hashes a window that other jobs have made. Everything is read and compared with its checksums
  /// first; what is damaged or missing is an error, and is made by the next ``make(_:)``.
  public func finish() throws -> Report {
    let request = try WindowRequest(plan)
    let files = WindowFolder(path: folder)
    if let manifest = try finished(files, request) { return Report(manifest: manifest, isReused: true) }
    let lock = try begin(files, request)
    defer { _ = lock }
    // The run that had the lock may have finished meanwhile.
    if let manifest = try finished(files, request) { return Report(manifest: manifest, isReused: true) }
    let finish = WindowFinish(
      plan: plan, request: request, files: files, run: try request.hash(), order: try plan.order(), progress: progress)
    return Report(manifest: try finish.finish(nil), isReused: false)
  }

  /// The items that no job has made yet, by the records in the folder; none of a finished window.
  public func missing() throws -> [Range<Int>] {
    let files = WindowFolder(path: folder)
    if FileSystem.exists(files.manifest) { return [] }
    return try WindowLedger(files, run: WindowRequest(plan).hash(), items: plan.items).missing(in: plan.items)
  }

  // MARK: Before the work

  /// The manifest of a finished run of this request; a finished run of another is an error.
  private func finished(_ files: WindowFolder, _ request: WindowRequest) throws -> Manifest? {
    guard FileSystem.exists(files.manifest) else { return nil }
    let manifest = try Manifest.load(files.manifest)
    if let difference = WindowRequest(manifest).difference(from: request) {
      throw PipelineFailure(
        folder, "it holds a finished run that differs in \(difference). Choose another --output, or remove the folder.")
    }
    if let missing = manifest.firstMissingOutput(in: folder) {
      throw PipelineFailure(
        folder + "/" + missing,
        "the manifest beside it says that the run is finished, but this file is gone or has another size. Bring it back,"
          + " or remove the folder and run again.")
    }
    // A run that was killed right behind its manifest has left these.
    try files.removeUnfinished()
    return manifest
  }

  /// Throws where the output is a finished run of another request, or of this one and not whole.
  package func refuseForeignOutput() throws { _ = try finished(WindowFolder(path: folder), WindowRequest(plan)) }

  /// Makes the folders, and takes the lock that keeps a second run out. Jobs that share the work share the lock.
  private func begin(_ files: WindowFolder, _ request: WindowRequest, shared: Bool = false) throws -> PositionedFile {
    for folder in [files.records, files.logs] { try FileSystem.makeDirectory(folder) }
    let lock = try PositionedFile(files.lock)
    try lock.lock(shared: shared)
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
      try AtomicFile.replace(files.request, with: Array((name + "\n").utf8), writer: ThisProcess.writer)
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

  /// A range of items within a slice.
  private struct Batch {
    let slice: Range<Int>
    let items: Range<Int>

    var isFirst: Bool { items.lowerBound == slice.lowerBound }
    var isLast: Bool { items.upperBound == slice.upperBound }
  }

  /// Makes what is missing of some items. Returns all their records, and the hashes of the data where all of the window was
  /// made here.
  private func make(
    _ items: Range<Int>, _ files: WindowFolder, run: String, _ order: RunOrder
  ) throws -> (records: [SliceRecord], hashes: WindowHashes?) {
    let ledger = try WindowLedger(files, run: run, items: items)
    let slices = ledger.missing(in: items)
    // The data may bear their final names by now: a writer would begin them anew.
    guard !slices.isEmpty else { return (ledger.records, nil) }
    for prefix in [WindowFolder.windowPrefix, WindowFolder.controlPrefix] { try files.takeBack(prefix) }
    let progress = Progress(
      "intervene", total: items.count, unit: .items("sequences"),
      done: items.count - slices.reduce(0) { $0 + $1.count }, style: self.progress)
    let writer = try SliceWriter(
      plan, files, run: run, isWhole: ledger.records.isEmpty && items == plan.items)
    let times = try write(slices, with: writer, order, progress)
    guard writer.records.count == slices.count else {
      throw Interruption.failure(folder, "\(writer.records.count) of \(slices.count) parts were finished")
    }
    progress.finish(times)
    let records = ledger.records + writer.records
    return (records.sorted { $0.items.lowerBound < $1.items.lowerBound }, writer.hashes())
  }

  /// Asked to stop, it stops before the next slice. Returns where the time went.
  private func write(
    _ slices: [Range<Int>], with writer: SliceWriter, _ order: RunOrder, _ progress: Progress
  ) throws -> WorkTimes {
    let batches = slices.flatMap(Self.batches)
    let (plan, control, log) = (plan, plan.file.emit.hasControl, plan.file.emit.log == .edits)
    let times = try Conveyor.run(
      workers: workers, budget: 4 * workers, weight: { _ in 1 },
      makeProducer: {
        var rest = batches[...]
        return { () -> Batch? in
          if let next = rest.first, next.isFirst, Interruption.isRequested { return nil }
          return rest.popFirst()
        }
      },
      makeWorker: {
        let maker = try SampleMaker(plan, order, log: log)
        return { (batch: $0, made: try maker.batch(plan.sequences(of: $0.items), control: control)) }
      },
      consume: { batch, made in
        try writer.write(made, slice: batch.slice, first: batch.items.lowerBound, isLast: batch.isLast)
        progress.advance(batch.items.count, bytes: made.window.count)
      })
    return WorkTimes(
      times, working: .matching,
      writing: [
        (.hashing, writer.hashing), (.compression, writer.compressing), (.synchronizing, writer.synchronizing),
      ])
  }

  /// Sequences that a worker makes at a time, of so many in all. Handing them over takes several wake-ups of threads, as long as
  /// copying dozens; where there are few, each worker is to have some.
  private static func batchSequences(of all: Int) -> Int {
    min(256, max(16, all / 64))
  }

  private static func batches(of slice: Range<Int>) -> [Batch] {
    let count = batchSequences(of: slice.count)
    return stride(from: slice.lowerBound, to: slice.upperBound, by: count).map { first in
      Batch(slice: slice, items: first..<min(first + count, slice.upperBound))
    }
  }
}

extension WindowPlan {
  /// The samples of the run that items of the window are.
  func sequences(of items: Range<Int>) -> Range<Int> {
    sequences.lowerBound + items.lowerBound..<sequences.lowerBound + items.upperBound
  }

  /// Bytes of disk that the results take, index maps and log included, roughly.
  public var outputBytes: Int {
    let arms = file.emit.hasControl ? 2 : 1
    // Eight bytes of index maps and twelve of .idx a sequence and arm; a log line is some 30 bytes compressed.
    return arms * (windowBytes + 60 * sequences.count) + (file.emit.log == .edits ? windowBytes / 20 : 0)
  }
}
