import TokenDataset

/// Anything that can say what sequence q of a run is: a training order, or a window written for it.
public protocol SampleSource {
  /// L; a sample has L + 1 tokens.
  var sequenceLength: Int { get }
  /// How the tokens are stored.
  var tokenType: TokenType { get }
  /// The positions q that can be read.
  var positions: Range<Int> { get }
  /// Copies the L + 1 tokens of position q as they are stored. Throws for a position that cannot be read.
  func copyBytes(ofSequence q: Int, into target: UnsafeMutableRawPointer) throws
}

extension SampleSource {
  /// Writes what a trainer with this batch size sees in a range of steps: an `.npy` of [steps, B, L + 1], or of some rows
  /// of each step.
  ///
  /// Streams, one sample at a time. Throws before anything is written if the source does not have all the steps.
  public func writeBatches(
    steps: Range<Int>, rows: Range<Int>? = nil, batchSize: Int, to path: String
  ) throws {
    let sequences = try Window.sequences(steps: steps, batchSize: batchSize, in: positions)
    let rows = rows ?? 0..<batchSize
    guard rows.lowerBound >= 0, rows.upperBound <= batchSize else {
      throw OrderFailure(.range, "row", "\(rows.lowerBound) is none: a step has the rows 0 to \(batchSize - 1)")
    }
    let writer = try NPYWriter(path, tokenType.element, shape: [steps.count, rows.count, sequenceLength + 1])
    let sample = UnsafeMutableRawBufferPointer.allocate(
      byteCount: (sequenceLength + 1) * tokenType.byteCount, alignment: 64)
    defer { sample.deallocate() }
    for q in sequences where rows.contains(q % batchSize) {
      try copyBytes(ofSequence: q, into: sample.baseAddress!)
      try writer.write(UnsafeRawBufferPointer(sample))
    }
    try writer.commit()
  }
}
