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
  /// With `control: random-edits`, what the control has in its place.
  public let standIn: StandIn?

  /// An edit of the control.
  public struct StandIn: Sendable, Equatable {
    public let position: Int
    public let before: [UInt32]
    public let after: [UInt32]

    public init(position: Int, before: [UInt32], after: [UInt32]) {
      (self.position, self.before, self.after) = (position, before, after)
    }
  }

  public init(
    position: Int, outputPosition: Int, before: [UInt32], after: [UInt32], rule: String = "", branch: String = "",
    standIn: StandIn? = nil
  ) {
    (self.position, self.outputPosition) = (position, outputPosition)
    (self.before, self.after, self.rule, self.branch, self.standIn) = (before, after, rule, branch, standIn)
  }
}

extension WindowSource {
  /// Sequences whose edits are in one file of the log, from the window's first on.
  public static let partSequences = WindowFolder.partSequences

  /// Whether the log says what became of each token: not where the run kept none, where it was left behind, nor where samples
  /// were encoded anew as a whole.
  public var hasEditLog: Bool {
    guard manifest.retokenized == nil else { return false }
    return manifest.counts.edits == 0 || (!logs.isEmpty && logs.allSatisfy(FileSystem.exists))
  }

  private var logs: [String] { manifest.outputs.filter { $0.role == .edits }.map { folder + "/" + $0.path } }

  /// Calls `body` with the edits of each of some sequences that has any, in order.
  ///
  /// Reads the logs of the parts that hold them, from the part's beginning. Throws where the run kept no log, and where
  /// the sequences were encoded anew as a whole, since no log says what became of their tokens.
  public func forEachEditedSample(
    in sequences: Range<Int>, _ body: (_ sequence: Int, _ edits: [WindowEdit]) throws -> Void
  ) throws {
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
              rule: edit.rule, branch: edit.branch,
              standIn: edit.standIn.map {
                WindowEdit.StandIn(position: $0.position, before: $0.before, after: $0.after)
              }))
        }
      }
    }
    if !edits.isEmpty { try body(current, edits) }
  }
}
