/// A sample of the control, made from that of the window and the lines of the edit log that are about it.
struct SampleReversal {
  private let window: [UInt32]
  private let edits: [EditLogReader.Edit]
  private let lost: [UInt32]
  /// Place in the control up to which it is made, and the place in the window that follows.
  private var (made, read) = (0, 0)
  private var control: [UInt32] = []

  /// Why the lines do not fit the window.
  struct Contradiction: Error {
    let reason: String
  }

  /// `edits` are of one sample, in the log's order; `lost` are the tokens of its line of lost ones.
  init(window: [UInt32], edits: [EditLogReader.Edit], lost: [UInt32]) {
    self.window = window
    self.edits = edits
    self.lost = lost
  }

  /// As many tokens as the window has.
  mutating func run() throws(Contradiction) -> [UInt32] {
    control = [UInt32](repeating: 0, count: window.count)
    guard lost.count <= window.count else { throw Contradiction(reason: "it lost more tokens than it has") }
    let firstLost = window.count - lost.count
    for edit in edits where !edit.isCut && edit.position < firstLost {
      try copy(to: edit.position)
      try undo(edit)
    }
    try copy(to: firstLost)
    control.replaceSubrange(firstLost..., with: lost)
    for edit in edits {
      if let standIn = edit.standIn { try replace(standIn) }
    }
    return control
  }

  /// Takes what stands unedited between two edits.
  private mutating func copy(to end: Int) throws(Contradiction) {
    guard end > made else { return }
    let count = end - made
    guard read >= 0, end <= control.count, count <= window.count - read else {
      throw Contradiction(reason: "an edit at \(end) lies behind its end")
    }
    control.replaceSubrange(made..<end, with: window[read..<(read + count)])
    made = end
    read += count
  }

  private mutating func undo(_ edit: EditLogReader.Edit) throws(Contradiction) {
    let start = max(edit.position, 0)
    guard start == made, edit.position >= 0 ? edit.outputPosition == read : read == 0,
      edit.position > -window.count, edit.outputPosition.magnitude <= window.count
    else { throw Contradiction(reason: "the edit at \(edit.position) is not where the log says") }
    // Of a region that goes on in the next sample, that one has its part of the new tokens.
    let isDivided = edit.before.count > control.count - edit.position
    for (offset, token) in edit.after.enumerated() where !isDivided || edit.position + offset < control.count {
      let place = edit.outputPosition + offset
      guard window.indices.contains(place) else { continue }
      guard window[place] == token else {
        throw Contradiction(reason: "token \(place) is \(window[place]) where the log says \(token)")
      }
    }
    for (offset, token) in edit.before.enumerated() where control.indices.contains(edit.position + offset) {
      control[edit.position + offset] = token
    }
    made = min(max(edit.position + edit.before.count, made), control.count)
    read = min(max(edit.outputPosition + edit.after.count, read), window.count)
  }

  /// The control's own edit, where it has some.
  private mutating func replace(_ standIn: EditLogReader.StandIn) throws(Contradiction) {
    let end = standIn.position.addingReportingOverflow(standIn.before.count)
    guard standIn.position >= 0, !end.overflow, end.partialValue <= control.count,
      standIn.after.count == standIn.before.count,
      control[standIn.position..<end.partialValue].elementsEqual(standIn.before)
    else { throw Contradiction(reason: "the stand-in at \(standIn.position) does not fit the base") }
    control.replaceSubrange(standIn.position..<end.partialValue, with: standIn.after)
  }
}
