import ByteIO
import TokenDataset

/// The control of a window, made from the window and its edit log alone, byte for byte.
public struct WindowReversal: Sendable {
  private let manifest: Manifest
  private let manifestPath: String
  private let folder: String

  /// What came out, and whether the manifest knows it.
  public struct Result: Sendable, Equatable {
    public var items: Int
    public var edits: Int
    /// True if its SHA-256 is that of the control in the manifest; nil where there is none.
    public var isRecorded: Bool?
  }

  /// Throws where the file is no manifest, and where the run's edits cannot be undone.
  public init(manifestPath: String) throws {
    manifest = try Manifest.load(manifestPath)
    (self.manifestPath, folder) = (manifestPath, FileSystem.parent(of: manifestPath) ?? ".")
    guard manifest.retokenized == nil else {
      throw PipelineFailure(manifestPath, "samples were encoded anew as a whole (scope: sample): no log can undo that")
    }
    guard !logs.isEmpty || manifest.counts.edits == 0 else {
      throw PipelineFailure(
        manifestPath, "the run kept no edit log (log: counts): make the control again from the base")
    }
  }

  private var logs: [String] { manifest.outputs.filter { $0.role == .edits }.map { folder + "/" + $0.path } }

  /// Writes `PREFIX.bin` and `.idx`, and makes their folder. Holds one sample; reads window and log once.
  public func write(to prefix: String) throws -> Result {
    let window = try manifest.dataset(manifest.trainer.dataPrefix, besides: manifestPath)
    guard window.itemCount == manifest.window.samples else {
      throw PipelineFailure(window.prefix, "it has \(window.itemCount) items, not \(manifest.window.samples)")
    }
    try FileSystem.makeParent(of: prefix)
    let pass = try ReversalPass(window: window, firstSample: manifest.window.firstSample, output: prefix)
    for log in logs { try pass.read(log) }
    try pass.finish()
    return Result(items: window.itemCount, edits: pass.edits, isRecorded: try isRecorded(prefix + ".bin"))
  }

  private func isRecorded(_ path: String) throws -> Bool? {
    guard let record = manifest.outputs.first(where: { $0.role == .control }) else { return nil }
    return try SHA256.hash(file: path) == record.sha256
  }
}

/// One pass over window and log, sample by sample.
private final class ReversalPass {
  private let window: TokenDataset
  private let firstSample: Int
  private let writer: TokenDatasetWriter
  private(set) var edits = 0
  private var pending: [EditLogReader.Edit] = []
  private var lost: [UInt32] = []

  init(window: TokenDataset, firstSample: Int, output: String) throws {
    self.window = window
    self.firstSample = firstSample
    writer = try TokenDatasetWriter(output, type: window.tokenType)
  }

  func read(_ log: String) throws {
    try EditLogReader.forEachLine(log) { line in
      switch line {
      case .edit(let edit):
        try advance(to: edit.sequence, log)
        pending.append(edit)
        edits += 1
      case .lost(let sequence, let tokens):
        try advance(to: sequence, log)
        lost = tokens
      case .retokenized(let sequence):
        throw PipelineFailure(log, "sequence \(sequence) was encoded anew as a whole, which the manifest denies")
      }
    }
  }

  func finish() throws {
    while writer.itemCount < window.itemCount { try close() }
    try writer.finish()
  }

  private func advance(to sequence: Int, _ log: String) throws {
    let item = sequence - firstSample
    guard item >= writer.itemCount, item < window.itemCount else {
      throw PipelineFailure(log, "a line names sequence \(sequence), out of order or outside the window")
    }
    while writer.itemCount < item { try close() }
  }

  /// Writes the open sample.
  private func close() throws {
    let item = writer.itemCount
    var reversal = SampleReversal(window: try window.tokens(of: item), edits: pending, lost: lost)
    do {
      try writer.append(try reversal.run())
    } catch let contradiction as SampleReversal.Contradiction {
      throw PipelineFailure(
        window.prefix,
        "window and edit log disagree at sequence \(firstSample + item): \(contradiction.reason)."
          + " `tiresias verify` says which file was changed.")
    }
    pending.removeAll(keepingCapacity: true)
    lost.removeAll(keepingCapacity: true)
  }
}
