import Pipeline

/// What was changed, where no log says so: control and window, token by token.
enum TokenDifference {
  /// Edits without a rule, in order. What the window's end no longer holds of the control is none.
  static func edits(from control: [UInt32], to window: [UInt32], isAligned: Bool) -> [WindowEdit] {
    isAligned ? aligned(control, window) : moved(control, window)
  }

  /// Runs of places where they differ.
  private static func aligned(_ control: [UInt32], _ window: [UInt32]) -> [WindowEdit] {
    var edits: [WindowEdit] = []
    var place = 0
    while place < min(control.count, window.count) {
      let start = place
      while place < min(control.count, window.count), control[place] != window[place] { place += 1 }
      if place > start {
        edits.append(
          WindowEdit(
            position: start, outputPosition: start, before: Array(control[start..<place]),
            after: Array(window[start..<place])))
      }
      place += 1
    }
    return edits
  }

  /// By the shortest way from one to the other (Myers, as in the standard library).
  private static func moved(_ control: [UInt32], _ window: [UInt32]) -> [WindowEdit] {
    let difference = window.difference(from: control)
    let removed = Set(difference.removals.map { change in Self.offset(change) })
    let inserted = Set(difference.insertions.map { change in Self.offset(change) })
    var edits: [WindowEdit] = []
    var (old, new) = (0, 0)
    while old < control.count || new < window.count {
      let (firstOld, firstNew) = (old, new)
      while true {
        if old < control.count, removed.contains(old) {
          old += 1
        } else if new < window.count, inserted.contains(new) {
          new += 1
        } else {
          break
        }
      }
      let isLost = old == control.count && new == firstNew
      if (old > firstOld || new > firstNew) && !isLost {
        edits.append(
          WindowEdit(
            position: firstOld, outputPosition: firstNew, before: Array(control[firstOld..<old]),
            after: Array(window[firstNew..<new])))
      }
      (old, new) = (old + 1, new + 1)
    }
    return edits
  }

  private static func offset(_ change: CollectionDifference<UInt32>.Change) -> Int {
    switch change {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
