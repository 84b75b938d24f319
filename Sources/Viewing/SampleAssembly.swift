import Pipeline
import Tokenization

/// Puts a sample together from its tokens, the edits that made them, and the documents that they come from.
struct SampleAssembly: Sendable {
  let text: TokenText
  let batchSize: Int

  typealias DocumentStart = (token: Int, document: SampleText.Document)

  /// `edits` in the order of ``WindowEdit/outputPosition``; `documents` by their first token in the sample.
  ///
  /// Throws where edits and tokens do not fit: the log is another window's, or one of them was changed.
  func sample(
    _ sequence: Int, _ tokens: [UInt32], _ edits: [WindowEdit], documents: [DocumentStart] = []
  ) throws -> SampleText {
    let place = "sequence \(sequence)"
    var sample = SampleText(sequence: sequence, step: sequence / batchSize, row: sequence % batchSize, pieces: [])
    var rest = documents[...]
    var next = 0
    // What fell off the sample's end is not in it.
    for edit in edits where edit.outputPosition < tokens.count {
      let start = max(0, edit.outputPosition)
      let end = min(tokens.count, max(edit.outputPosition, -tokens.count) + edit.after.count)
      guard start >= next, start <= end, agrees(edit, tokens) else {
        throw ViewingFailure(
          place, "window and edit log disagree at token \(edit.outputPosition): run `tiresias verify`")
      }
      try append(next..<start, of: tokens, &rest, to: &sample, place)
      while let first = rest.first, first.token <= start {
        sample.pieces.append(.document(rest.removeFirst().document))
      }
      sample.pieces.append(.edit(piece(edit)))
      next = end
    }
    try append(next..<tokens.count, of: tokens, &rest, to: &sample, place)
    sample.joinCharacters()
    return sample
  }

  /// Text, with the documents that begin in it.
  private func append(
    _ range: Range<Int>, of tokens: [UInt32], _ documents: inout ArraySlice<DocumentStart>, to sample: inout SampleText,
    _ place: String
  ) throws {
    var next = range.lowerBound
    while let first = documents.first, first.token < range.upperBound {
      let start = max(next, first.token)
      try text.append(tokens[next..<start], to: &sample.pieces, of: place)
      sample.pieces.append(.document(documents.removeFirst().document))
      next = start
    }
    try text.append(tokens[next..<range.upperBound], to: &sample.pieces, of: place)
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
