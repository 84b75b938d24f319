import ByteIO
import TokenDataset

/// Takes batches in order and writes them: data in their place, the log behind each other, a record at each slice's end.
///
/// Several may write the same window at once, on any machines that share its folder: each its own slices, or the same ones,
/// since the bytes are the same.
final class SliceWriter {
  private let plan: WindowPlan
  private let folder: WindowFolder
  private let run: String
  private let window: PositionedFile
  private let control: PositionedFile?
  private let hasLog: Bool
  private var current: Slice?
  private let isWhole: Bool
  /// Of all that is written; nil where that is not all of the window, and where its only part says the same.
  private let whole: (window: SHA256, control: SHA256)?
  /// What was made, in order.
  private(set) var records: [SliceRecord] = []
  /// Seconds that went into hashing, into compressing the log, and into waiting for the disk.
  private(set) var hashing = 0.0
  private(set) var compressing = 0.0
  private(set) var synchronizing = 0.0

  /// What is known of the slice that is being written.
  private struct Slice {
    let items: Range<Int>
    let window = SHA256()
    let control = SHA256()
    let log = SHA256()
    var logFile: ZstdFileWriter?
    var counts = WindowCounts()
  }

  /// `isWhole` is whether all parts will be written, from the first on.
  init(_ plan: WindowPlan, _ folder: WindowFolder, run: String, isWhole: Bool) throws {
    self.plan = plan
    self.folder = folder
    self.run = run
    hasLog = plan.file.emit.log == .edits
    self.isWhole = isWhole
    whole = isWhole && plan.partCount > 1 ? (SHA256(), SHA256()) : nil
    window = try PositionedFile(folder.unfinishedData(WindowFolder.windowPrefix))
    control =
      plan.file.emit.hasControl
      ? try PositionedFile(folder.unfinishedData(WindowFolder.controlPrefix)) : nil
    try window.setSize(plan.windowBytes)
    try control?.setSize(plan.windowBytes)
  }

  /// Writes a batch of a slice that begins with item `first`; `isLast` ends the slice.
  func write(_ batch: SampleMaker.Batch, slice items: Range<Int>, first: Int, isLast: Bool) throws {
    let offset = first * plan.itemBytes
    var slice = try current ?? begin(items)
    try batch.window.withUnsafeBytes { try window.write($0, at: offset) }
    try batch.control.withUnsafeBytes { try control?.write($0, at: offset) }
    try timed(&compressing) { try batch.log.withUnsafeBytes { try slice.logFile?.write($0) } }
    timed(&hashing) {
      batch.window.withUnsafeBytes { Self.update(slice.window, whole?.window, $0) }
      batch.control.withUnsafeBytes { Self.update(slice.control, whole?.control, $0) }
      batch.log.withUnsafeBytes { slice.log.update($0) }
    }
    slice.counts += batch.counts
    current = slice
    if isLast { try end(slice) }
  }

  private static func update(_ slice: SHA256, _ whole: SHA256?, _ bytes: UnsafeRawBufferPointer) {
    if let whole { SHA256.update(slice, whole, bytes) } else { slice.update(bytes) }
  }

  /// The hashes of what was written, once all of it is; nil where only some was.
  func hashes() -> WindowHashes? {
    guard isWhole else { return nil }
    return WindowHashes(
      window: fileHashes(whole?.window, parts: records.map(\.windowSHA256)),
      control: control == nil ? nil : fileHashes(whole?.control, parts: records.compactMap(\.controlSHA256)))
  }

  /// A file of one part has that part's hash.
  private func fileHashes(_ whole: SHA256?, parts: [String]) -> FileHashes {
    FileHashes(whole: whole?.finish() ?? parts[0], parts: parts)
  }

  private func begin(_ items: Range<Int>) throws -> Slice {
    let log = hasLog ? try ZstdFileWriter(folder.unfinishedLog(items), writer: ThisProcess.writer) : nil
    return Slice(items: items, logFile: log)
  }

  /// Makes the slice durable, then says so.
  private func end(_ slice: Slice) throws {
    try plan.requireUnchangedBase()
    try timed(&synchronizing) {
      try slice.logFile?.commit()
      try window.synchronize()
      try control?.synchronize()
    }
    let record = SliceRecord(
      run: run, items: slice.items, windowSHA256: slice.window.finish(),
      controlSHA256: control == nil ? nil : slice.control.finish(), logSHA256: hasLog ? slice.log.finish() : nil,
      counts: slice.counts)
    try record.write(to: folder.record(slice.items), writer: ThisProcess.writer)
    records.append(record)
    current = nil
  }
}
