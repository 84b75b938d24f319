import ByteIO
import StructuredText
import TokenDataset

/// Compares window and control token by token with what the edit log says was changed (`length: aligned`).
///
/// Where the control is edited too, its edits are undone first.
final class ArmComparison {
  private let window: TokenDataset
  private let control: TokenDataset
  private let firstSample: Int
  /// Edits read from the log.
  private(set) var edits = 0
  private(set) var standIns = 0
  private var item = 0
  private var windowTokens: [UInt32] = []
  private var expected: [UInt32] = []
  /// Edits of the open sample that are not yet made in `expected`.
  private var pending: [EditLogReader.Edit] = []

  init(window: TokenDataset, control: TokenDataset, firstSample: Int) {
    self.window = window
    self.control = control
    self.firstSample = firstSample
  }

  /// The first place where window and control disagree with the logs; nil if there is none.
  func firstDifference(_ logs: [String]) throws -> String? {
    guard window.itemCount > 0 else { return nil }
    try open(0)
    for log in logs {
      if let difference = try compare(log) { return difference }
    }
    while true {
      if let difference = difference() { return difference }
      if item + 1 == window.itemCount { return nil }
      try open(item + 1)
    }
  }

  private func compare(_ log: String) throws -> String? {
    var found: String?
    try EditLogReader.forEachLine(log) { line in
      guard found == nil, case .edit(let edit) = line else { return }
      let target = edit.sequence - firstSample
      guard target >= item, target < window.itemCount else {
        found = "\(log): a line names sequence \(edit.sequence), out of order or outside the window"
        return
      }
      while item < target && found == nil {
        found = difference()
        if found == nil { try open(item + 1) }
      }
      if found == nil { pending.append(edit) }
    }
    return found
  }

  private func open(_ item: Int) throws {
    self.item = item
    windowTokens = try window.tokens(of: item)
    expected = try control.tokens(of: item)
  }

  /// Makes the open sample's edits in the control's tokens, once the control's own are undone.
  private func applyPending() -> String? {
    defer { pending.removeAll(keepingCapacity: true) }
    for edit in pending {
      guard let standIn = edit.standIn else { continue }
      standIns += 1
      if let difference = replace(standIn.after, by: standIn.before, at: standIn.position) { return difference }
    }
    for edit in pending {
      edits += 1
      if let difference = replace(edit.before, by: edit.after, at: edit.position) { return difference }
    }
    return nil
  }

  /// Replaces tokens of the control, those outside the sample left aside.
  private func replace(_ before: [UInt32], by after: [UInt32], at position: Int) -> String? {
    guard before.count == after.count else {
      return "sequence \(firstSample + item): an edit at \(position) changes the number of tokens"
    }
    for (offset, (before, after)) in zip(before, after).enumerated() {
      let (index, overflow) = position.addingReportingOverflow(offset)
      guard !overflow, expected.indices.contains(index) else { continue }
      guard expected[index] == before else {
        return
          "sequence \(firstSample + item), token \(index): by the log it should be \(before) in the control, but it"
          + " is \(expected[index])"
      }
      expected[index] = after
    }
    return nil
  }

  private func difference() -> String? {
    if let difference = applyPending() { return difference }
    guard let index = zip(windowTokens, expected).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset
    else {
      return nil
    }
    return
      "sequence \(firstSample + item), token \(index): the window has \(windowTokens[index]), expected \(expected[index])"
  }
}
