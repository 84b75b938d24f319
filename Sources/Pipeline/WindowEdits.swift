import ByteIO

/// An edit of a window as its log has it.
public struct WindowEdit: Sendable, Equatable {
  /// Of the first token in the control and in the window; below 0 where it begins in the sample before.
  public let position: Int
  public let outputPosition: Int
  public let before: [UInt32]
  public let after: [UInt32]
  public let rule: String
  public let branch: String
}

extension WindowSource {
  /// Calls `body` with the edits of each of some sequences that has any, in order.
  ///
  /// Reads the logs of the parts that hold them, from the part's beginning. Throws where the run kept no log, and where
  /// the sequences were encoded anew as a whole, since no log says what became of their tokens.
  public func forEachEditedSample(
    in sequences: Range<Int>, _ body: (_ sequence: Int, _ edits: [WindowEdit]) throws -> Void
  ) throws {
    let logs = manifest.outputs.filter { $0.role == .edits }.map { folder + "/" + $0.path }
    guard !logs.isEmpty || manifest.counts.edits == 0 else {
      throw PipelineFailure(folder, "the run kept no edit log (log: counts): its edits cannot be shown")
    }
    var (current, edits): (Int, [WindowEdit]) = (-1, [])
    for (part, log) in logs.enumerated() {
      let first = positions.lowerBound + part * WindowFolder.partSequences
      guard sequences.overlaps(first..<first + WindowFolder.partSequences) else { continue }
      try EditLogReader.forEachLine(log, of: sequences) { line in
        switch line {
        case .lost: break
        case .retokenized:
          throw PipelineFailure(log, "samples were encoded anew as a whole (scope: sample): there are no edits to show")
        case .edit(let edit):
          guard edit.sequence >= current else { throw PipelineFailure(log, "its lines are out of order") }
          if edit.sequence != current, !edits.isEmpty {
            try body(current, edits)
            edits.removeAll(keepingCapacity: true)
          }
          current = edit.sequence
          edits.append(
            WindowEdit(
              position: edit.position, outputPosition: edit.outputPosition, before: edit.before, after: edit.after,
              rule: edit.rule, branch: edit.branch))
        }
      }
    }
    if !edits.isEmpty { try body(current, edits) }
  }
}
