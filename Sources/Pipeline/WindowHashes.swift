import ByteIO
import TokenDataset

/// The SHA-256 of a window's data files.
struct WindowHashes {
  let window: FileHashes
  let control: FileHashes?
}

/// The SHA-256 of a data file and of its parts.
struct FileHashes {
  let whole: String
  let parts: [String]
}

/// Reads what was written, and compares it with the records of its slices: a machine may have died after it said that the
/// data were on the disk, and disks lose things.
struct SliceCheck {
  let plan: WindowPlan
  let files: WindowFolder
  let records: [SliceRecord]
  let style: Progress.Style

  /// What does not hold what its record says.
  private(set) var damaged: Set<Int> = []

  init(_ plan: WindowPlan, _ files: WindowFolder, _ records: [SliceRecord], progress: Progress.Style) {
    (self.plan, self.files, self.records, style) = (plan, files, records, progress)
  }

  /// The hashes of all data; nil if any slice is damaged. The records are those of the whole window.
  mutating func hashes() throws -> WindowHashes? {
    let window = try data(WindowFolder.windowPrefix) { $0.windowSHA256 }
    let control = plan.file.emit.hasControl ? try data(WindowFolder.controlPrefix) { $0.controlSHA256 ?? "" } : nil
    if plan.file.emit.log == .edits { try checkLogs() }
    return damaged.isEmpty ? WindowHashes(window: window, control: control) : nil
  }

  /// Reads the data of the records alone, which need not be all of the window.
  mutating func check() throws {
    _ = try data(WindowFolder.windowPrefix) { $0.windowSHA256 }
    if plan.file.emit.hasControl { _ = try data(WindowFolder.controlPrefix) { $0.controlSHA256 ?? "" } }
    if plan.file.emit.log == .edits { try checkLogs() }
  }

  /// Takes the records of damaged slices away: they are to be made again.
  func removeDamaged() throws {
    for index in damaged { try FileSystem.remove(files.record(records[index].items)) }
    guard !damaged.isEmpty else { return }
    Progress.note("\(files.path): \(damaged.count) parts are not what was written, and are made again.", style: style)
  }

  private mutating func data(_ prefix: String, _ expected: (SliceRecord) -> String) throws -> FileHashes {
    let path = files.data(prefix)
    let whole = SHA256()
    var (parts, part) = ([String](), SHA256())
    let file = FileSystem.exists(path) ? try InputFile(path) : nil
    let total = records.reduce(0) { $0 + $1.items.count } * plan.itemBytes
    let progress = Progress("check " + FileSystem.name(of: path), total: total, unit: .bytes, style: style)
    for (index, record) in records.enumerated() {
      let isPart = plan.part(of: record.items) == record.items
      let slice = SHA256()
      let isThere = try file.map {
        try Self.read($0, plan.bytes(of: record.items)) { piece in
          SHA256.update(whole, slice, piece)
          if !isPart { part.update(piece) }
          progress.advance(piece.count, bytes: piece.count)
        }
      }
      let sha256 = slice.finish()
      if isThere != true || sha256 != expected(record) { damaged.insert(index) }
      if record.items.upperBound == plan.part(of: record.items).upperBound {
        parts.append(isPart ? sha256 : part.finish())
        part = SHA256()
      }
    }
    if total > 0 { progress.finish() }
    return FileHashes(whole: whole.finish(), parts: parts)
  }

  /// False if the file ends before.
  private static func read(
    _ file: InputFile, _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws -> Bool {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: min(1 << 20, range.count), alignment: 64)
    defer { buffer.deallocate() }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(buffer.count, range.upperBound - start)])
      do {
        try file.read(into: piece, at: start)
      } catch let failure as IOFailure where failure.endsEarly {
        return false
      }
      body(UnsafeRawBufferPointer(piece))
    }
    return true
  }

  private mutating func checkLogs() throws {
    for (index, record) in records.enumerated() where try !isSound(files.log(record.items, of: plan), record) {
      damaged.insert(index)
    }
  }

  private func isSound(_ log: String, _ record: SliceRecord) throws -> Bool {
    guard FileSystem.exists(log) else { return false }
    let hash = SHA256()
    guard (try? EditLogReader.forEachPiece(log) { hash.update($0) }) != nil else { return false }
    return hash.finish() == record.logSHA256
  }
}

extension WindowPlan {
  /// Items of the window, which are numbered from 0.
  public var items: Range<Int> { 0..<sequences.count }

  /// Bytes of an item in a data file.
  var itemBytes: Int { sampleLength * tokenType.byteCount }

  func bytes(of items: Range<Int>) -> Range<Int> { items.lowerBound * itemBytes..<items.upperBound * itemBytes }

  var partCount: Int { (sequences.count + WindowFolder.partSequences - 1) / WindowFolder.partSequences }

  /// The items of a part.
  func items(ofPart part: Int) -> Range<Int> {
    let first = part * WindowFolder.partSequences
    return first..<min(first + WindowFolder.partSequences, sequences.count)
  }

  /// The part that a slice is in, or is.
  func part(of slice: Range<Int>) -> Range<Int> { items(ofPart: slice.lowerBound / WindowFolder.partSequences) }
}

extension WindowFolder {
  /// A data file, under the name that it has by now.
  func data(_ prefix: String) -> String {
    FileSystem.exists(unfinishedData(prefix)) ? unfinishedData(prefix) : path + "/" + prefix + ".bin"
  }

  /// A slice's log; the log of a whole part may have its final name by now.
  func log(_ slice: Range<Int>, of plan: WindowPlan) -> String {
    let final = path + "/" + Self.log(slice.lowerBound / Self.partSequences)
    let isPart = plan.part(of: slice) == slice
    return isPart && !FileSystem.exists(unfinishedLog(slice)) ? final : unfinishedLog(slice)
  }

  /// Gives the data back the name of what is unfinished, so that they can be written again.
  func takeBack(_ prefix: String) throws {
    let final = path + "/" + prefix + ".bin"
    guard !FileSystem.exists(unfinishedData(prefix)), FileSystem.exists(final) else { return }
    try FileSystem.rename(final, to: unfinishedData(prefix))
  }
}
