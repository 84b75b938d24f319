import Pipeline
import Synchronization

/// The edits of one file of the log at a time, so that going from row to row does not read it again.
final class EditCache: Sendable {
  private let window: WindowSource
  private let part = Mutex<PartEdits?>(nil)

  init(_ window: WindowSource) { self.window = window }

  /// The edits of a sequence of the window, in the order of the log. Reads a file of the log where it is another than the last
  /// one: 1.4 s of a processor for a whole one of a Pile (300 MB of text, 1.4 million edits), and then 90 MB.
  func edits(ofSequence q: Int) throws -> [WindowEdit] {
    let first = window.positions.lowerBound
    let number = (q - first) / WindowSource.partSequences
    return try part.withLock { part in
      if part?.number != number {
        // One at a time in memory.
        part = nil
        part = try PartEdits(number, window)
      }
      return part?.edits(ofSequence: q) ?? []
    }
  }
}

/// Edits in a few arrays: some sixty bytes each.
private struct PartEdits {
  let number: Int
  private var sequences: [Int] = []
  /// Of each sequence its first edit; one more.
  private var starts: [Int] = []
  private var records: [Record] = []
  private var ids: [UInt32] = []
  private var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  private struct Record {
    var position: Int32
    var outputPosition: Int32
    /// Ids before and after, and where the control's stand-in has its own, follow each other from here.
    var first: UInt32
    var before: UInt16
    var after: UInt16
    var rule: UInt32
    var branch: UInt32
    /// Nil: no stand-in.
    var standIn: (position: Int32, before: UInt16, after: UInt16)?
  }

  init(_ number: Int, _ window: WindowSource) throws {
    self.number = number
    let first = window.positions.lowerBound + number * WindowSource.partSequences
    let range = first..<min(first + WindowSource.partSequences, window.positions.upperBound)
    try window.forEachEditedSample(in: range) { sequence, edits in
      sequences.append(sequence)
      starts.append(records.count)
      // Stages follow each other at one place in the log; in the sample they stand in order.
      for edit in edits { add(edit) }
    }
    starts.append(records.count)
  }

  private mutating func add(_ edit: WindowEdit) {
    let parts = [edit.before, edit.after, edit.standIn?.before ?? [], edit.standIn?.after ?? []]
    records.append(
      Record(
        position: Int32(clamping: edit.position), outputPosition: Int32(clamping: edit.outputPosition),
        first: UInt32(clamping: ids.count), before: UInt16(clamping: parts[0].count),
        after: UInt16(clamping: parts[1].count),
        rule: name(edit.rule), branch: name(edit.branch),
        standIn: edit.standIn.map {
          (Int32(clamping: $0.position), UInt16(clamping: parts[2].count), UInt16(clamping: parts[3].count))
        }))
    for part in parts { ids += part.prefix(Int(UInt16.max)) }
  }

  private mutating func name(_ text: String) -> UInt32 {
    if let number = numbers[text] { return number }
    let number = UInt32(names.count)
    (numbers[text], names) = (number, names + [text])
    return number
  }

  func edits(ofSequence q: Int) -> [WindowEdit] {
    var (low, high) = (0, sequences.count)
    while low < high {
      let middle = (low + high) / 2
      if sequences[middle] < q { low = middle + 1 } else { high = middle }
    }
    guard low < sequences.count, sequences[low] == q else { return [] }
    return records[starts[low]..<starts[low + 1]].map(edit)
  }

  private func edit(_ record: Record) -> WindowEdit {
    var next = Int(record.first)
    let take = { (count: UInt16) -> [UInt32] in
      defer { next += Int(count) }
      return Array(ids[next..<next + Int(count)])
    }
    let (before, after) = (take(record.before), take(record.after))
    return WindowEdit(
      position: Int(record.position), outputPosition: Int(record.outputPosition), before: before, after: after,
      rule: names[Int(record.rule)], branch: names[Int(record.branch)],
      standIn: record.standIn.map {
        WindowEdit.StandIn(position: Int($0.position), before: take($0.before), after: take($0.after))
      })
  }
}
