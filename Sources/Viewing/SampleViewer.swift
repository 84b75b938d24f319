/// Something whose samples can be looked at: a training order, or a finished window.
public protocol SampleViewer {
  /// Calls `body` with the samples of some rows of some steps, in order. Throws for steps that are not there.
  func forEachSample(steps: Range<Int>, rows: Range<Int>?, _ body: (SampleText) throws -> Void) throws
}

extension SampleViewer {
  /// The rows of a step that are asked for.
  func rows(_ rows: Range<Int>?, of batchSize: Int) throws -> Range<Int> {
    guard let rows else { return 0..<batchSize }
    guard rows.lowerBound >= 0, rows.upperBound <= batchSize else {
      throw ViewingFailure("row \(rows.lowerBound)", "a step has the rows 0 to \(batchSize - 1)")
    }
    return rows
  }
}
