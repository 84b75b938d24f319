import Pipeline
import Tokenization
import TrainingOrder

/// The samples of a finished window, with the edits that its log names.
public struct WindowViewer: SampleViewer {
  private let window: WindowSource
  private let assembly: SampleAssembly

  /// `tokenizer` is the one that the manifest names.
  public init(_ window: WindowSource, _ tokenizer: Tokenizer) {
    self.window = window
    assembly = SampleAssembly(text: TokenText(tokenizer: tokenizer), batchSize: window.manifest.run.batchSize)
  }

  public func forEachSample(
    steps: Range<Int>, rows: Range<Int>? = nil, _ body: (SampleText) throws -> Void
  ) throws {
    let batchSize = window.manifest.run.batchSize
    let rows = try self.rows(rows, of: batchSize)
    let sequences = try Window.sequences(steps: steps, batchSize: batchSize, in: window.positions)
    var sample = sequences.lowerBound
    // Edits come in the samples' order.
    try window.forEachEditedSample(in: sequences) { sequence, edits in
      while sample < sequence {
        if rows.contains(sample % batchSize) { try body(self.sample(sample, [])) }
        sample += 1
      }
      if rows.contains(sample % batchSize) { try body(self.sample(sample, edits)) }
      sample += 1
    }
    while sample < sequences.upperBound {
      if rows.contains(sample % batchSize) { try body(self.sample(sample, [])) }
      sample += 1
    }
  }

  private func sample(_ sequence: Int, _ edits: [WindowEdit]) throws -> SampleText {
    try assembly.sample(sequence, window.tokens(ofSequence: sequence), edits)
  }
}
