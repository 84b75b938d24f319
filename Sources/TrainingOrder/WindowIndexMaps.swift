import ByteIO
import Glibc
import TokenDataset

/// Index maps that make GPT-NeoX read a window's items as they are: item k at position q₀ + k, and nothing else.
///
/// Positions outside the window name row 0 of sample_idx, a guard that cannot be read, so a resume at the wrong step stops
/// instead of training on item 0. Almost all zeros, and written sparse: copy them with `cp --sparse` or `rsync -S`.
public struct WindowIndexMaps: Sendable {
  /// Path prefix of the window's data set.
  public let prefix: String
  /// N: items, one a sample.
  public let itemCount: Int
  /// q₀: the position of item 0 in the run.
  public let firstPosition: Int
  public let run: TrainingRun
  /// Whether a position outside the window fails when it is read. Without the guard it leads to item 0.
  public let isGuarded: Bool

  /// Throws if the window does not fit the run, or 32-bit numbers.
  public init(prefix: String, itemCount: Int, firstPosition: Int, run: TrainingRun, isGuarded: Bool = true) throws {
    let total = run.sampleCount(.train)
    guard itemCount > 0, firstPosition >= 0, firstPosition <= total, itemCount <= total - firstPosition else {
      throw OrderFailure(
        .range, prefix, "\(itemCount) samples from position \(firstPosition) do not fit a run of \(total) samples")
    }
    guard itemCount < Int32.max, run.sequenceLength < Self.farOffset else {
      throw OrderFailure(.range, prefix, "\(itemCount) samples are more than 32-bit index maps can number")
    }
    self.prefix = prefix
    self.itemCount = itemCount
    self.firstPosition = firstPosition
    self.run = run
    self.isGuarded = isGuarded
  }

  /// Item 0's first row of sample_idx, behind those of the guard.
  private var firstRow: Int { isGuarded ? 2 : 0 }

  /// The files' names in one naming. ns is what GPT-NeoX asks for, also where the arrays are shorter.
  public func names(_ naming: IndexMapNaming) throws -> IndexMapNames {
    IndexMapNames(
      prefix: prefix, name: RunPart.train.name(dataset: 0),
      samples: try Blend.samplesNeeded(total: run.sampleCount(.train), weights: [1])[0],
      sequenceLength: run.sequenceLength, seed: run.seed, naming: naming)
  }

  /// Writes the three files under both namings: once, with a hard link where the file system has them.
  /// Returns the paths, those of v1.0 first.
  @discardableResult
  public func write() throws -> [String] {
    let (old, new) = (try names(.v1), try names(.current))
    for (path, other) in zip(old.all, new.all) {
      try write(path)
      try linkOrWrite(path, other)
    }
    return old.all + new.all
  }

  private func write(_ path: String) throws {
    let partial = path + ".partial"
    try FileSystem.remove(partial)
    let file = try PositionedFile(partial)
    if path.hasSuffix("_doc_idx.npy") {
      try writeDocuments(file)
    } else if path.hasSuffix("_sample_idx.npy") {
      try writeSamples(file)
    } else {
      try writeShuffle(file)
    }
    try file.synchronize()
    try FileSystem.rename(partial, to: path)
  }

  /// The same file under another name; a second one where that cannot be.
  private func linkOrWrite(_ path: String, _ other: String) throws {
    let partial = other + ".partial"
    try FileSystem.remove(partial)
    guard link(path, partial) == 0 else { return try write(other) }
    try FileSystem.rename(partial, to: other)
  }

  private func writeDocuments(_ file: PositionedFile) throws {
    try fill(file, .int32, shape: [itemCount], from: 0, perItem: 1) { item, values in
      values.append(UInt32(truncatingIfNeeded: item))
    }
  }

  private func writeSamples(_ file: PositionedFile) throws {
    let rows = max(2 * itemCount + firstRow, run.sampleCount(.train) + 1)
    let offset = UInt32(truncatingIfNeeded: run.sequenceLength)
    let start = try fill(file, .int32, shape: [rows, 2], from: 2 * firstRow, perItem: 4) { item, values in
      let document = UInt32(truncatingIfNeeded: item)
      values += [document, 0, document, offset]
    }
    if isGuarded { try guardRows.withUnsafeBytes { try file.write($0, at: start) } }
  }

  /// Rows 0 and 1: a document that does not exist. GPT-NeoX takes that index error for an index out of bounds and asks
  /// for position 0 instead, which names row 0 again, until Python gives up.
  ///
  /// In a window that starts at position 0 and ends early, position 0 is item 0 and would be read. There the guard is an
  /// offset far behind the data of the last item, which NumPy refuses with a value error that nothing catches.
  private var guardRows: [UInt32] {
    let missing = UInt32(truncatingIfNeeded: itemCount)
    guard firstPosition == 0 && itemCount < run.sampleCount(.train) else { return [missing, 0, missing, 0] }
    let far = UInt32(Self.farOffset)
    return [missing - 1, far, missing - 1, far + UInt32(truncatingIfNeeded: run.sequenceLength)]
  }

  /// In tokens: behind any sample, and below 2³¹ in bytes, since NumPy multiplies it in 32 bits.
  private static let farOffset = 1 << 28

  private func writeShuffle(_ file: PositionedFile) throws {
    try fill(file, .uint32, shape: [run.sampleCount(.train) + 1], from: firstPosition, perItem: 1) { item, values in
      values.append(UInt32(truncatingIfNeeded: 2 * item + firstRow))
    }
  }

  /// Makes an array of zeros and puts each item's values in, one after the other from element `first`.
  /// Returns where the data start.
  @discardableResult
  private func fill(
    _ file: PositionedFile, _ element: NPYElement, shape: [Int], from first: Int, perItem: Int,
    _ values: (Int, inout [UInt32]) -> Void
  ) throws -> Int {
    let header = NPYHeader(element, shape: shape)
    try file.setSize(header.size + 4 * shape.reduce(1, *))
    try header.bytes.withUnsafeBytes { try file.write($0, at: 0) }
    var pending: [UInt32] = []
    for start in stride(from: 0, to: itemCount, by: 1 << 16) {
      pending.removeAll(keepingCapacity: true)
      for item in start..<min(start + 1 << 16, itemCount) { values(item, &pending) }
      try pending.withUnsafeBytes { try file.write($0, at: header.size + 4 * (first + start * perItem)) }
    }
    return header.size
  }
}
