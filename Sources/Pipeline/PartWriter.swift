import ByteIO
import TokenDataset

/// Takes batches in order and writes them: data in their place, the log behind each other, a record at each part's end.
final class PartWriter {
  private let plan: WindowPlan
  private let folder: WindowFolder
  private let run: String
  private let window: PositionedFile
  private let control: PositionedFile?
  private let hasLog: Bool
  private var current: Part?
  /// Of all that is written; nil in a run that goes on after parts that another has written.
  private let whole: (window: SHA256, control: SHA256)?

  /// What is known of the part that is being written.
  private struct Part {
    let number: Int
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
    whole = isWhole ? (SHA256(), SHA256()) : nil
    window = try PositionedFile(folder.unfinishedData(WindowFolder.windowPrefix))
    control =
      plan.file.emit.hasControl
      ? try PositionedFile(folder.unfinishedData(WindowFolder.controlPrefix)) : nil
    try window.setSize(plan.windowBytes)
    try control?.setSize(plan.windowBytes)
  }

  /// Writes a batch of the part `number` that begins with sequence `first`; `isLast` ends the part.
  func write(_ batch: SampleMaker.Batch, part number: Int, first: Int, isLast: Bool) throws {
    let offset = (first - plan.sequences.lowerBound) * plan.sampleLength * plan.tokenType.byteCount
    var part = try current ?? begin(number)
    try batch.window.withUnsafeBytes {
      try window.write($0, at: offset)
      part.window.update($0)
      whole?.window.update($0)
    }
    try batch.control.withUnsafeBytes {
      try control?.write($0, at: offset)
      part.control.update($0)
      whole?.control.update($0)
    }
    try batch.log.withUnsafeBytes {
      try part.logFile?.write($0)
      part.log.update($0)
    }
    part.counts += batch.counts
    current = part
    if isLast { try end(part) }
  }

  /// The hashes of what was written, once all of it is; nil where only some parts were.
  func hashes() -> DataHashes? {
    whole.map { DataHashes(window: $0.window.finish(), control: control == nil ? nil : $0.control.finish()) }
  }

  private func begin(_ number: Int) throws -> Part {
    Part(number: number, logFile: hasLog ? try ZstdFileWriter(folder.unfinishedLog(number)) : nil)
  }

  /// Makes the part durable, then says so.
  private func end(_ part: Part) throws {
    try part.logFile?.commit()
    try window.synchronize()
    try control?.synchronize()
    let record = PartRecord(
      run: run, part: part.number, windowSHA256: part.window.finish(),
      controlSHA256: control == nil ? nil : part.control.finish(), logSHA256: hasLog ? part.log.finish() : nil,
      counts: part.counts)
    try record.write(to: folder.partRecord(part.number))
    current = nil
  }
}

/// The SHA-256 of a window's data files.
struct DataHashes {
  let window: String
  let control: String?
}
