import Pipeline
import Tokenization
import TrainingOrder

/// The samples of a finished window, with the edits that its log names.
public struct WindowViewer: SampleViewer {
  private let window: WindowSource
  private let text: TokenText

  /// `tokenizer` is the one that the manifest names.
  public init(_ window: WindowSource, _ tokenizer: Tokenizer) {
    self.window = window
    text = TokenText(tokenizer: tokenizer)
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
    let (batchSize, tokens) = (window.manifest.run.batchSize, try window.tokens(ofSequence: sequence))
    let place = "sequence \(sequence)"
    var sample = SampleText(sequence: sequence, step: sequence / batchSize, row: sequence % batchSize, pieces: [])
    var next = 0
    // What fell off the sample's end is not in it.
    for edit in edits where edit.outputPosition < tokens.count {
      let start = max(0, edit.outputPosition)
      let end = min(tokens.count, max(edit.outputPosition, -tokens.count) + edit.after.count)
      guard start >= next, start <= end, agrees(edit, tokens) else {
        throw ViewingFailure(
          place, "window and edit log disagree at token \(edit.outputPosition): run `tiresias verify`")
      }
      try text.append(tokens[next..<start], to: &sample.pieces, of: place)
      sample.pieces.append(.edit(piece(edit)))
      next = end
    }
    try text.append(tokens[next...], to: &sample.pieces, of: place)
    sample.joinCharacters()
    return sample
  }

  /// Whether the window has an edit's tokens where the log says, as far as they are in the sample.
  private func agrees(_ edit: WindowEdit, _ tokens: [UInt32]) -> Bool {
    let first = max(edit.outputPosition, -edit.after.count)
    return edit.after.indices.allSatisfy { index in
      let place = first + index
      return !tokens.indices.contains(place) || tokens[place] == edit.after[index]
    }
  }

  private func piece(_ edit: WindowEdit) -> SampleText.Edit {
    SampleText.Edit(
      before: text.bytes(of: edit.before), after: text.bytes(of: edit.after), rule: edit.rule, branch: edit.branch,
      position: edit.position, outputPosition: edit.outputPosition)
  }
}
