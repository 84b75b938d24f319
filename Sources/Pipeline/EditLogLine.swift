import Intervention
import StructuredText
import SwapRules

/// Writes the lines of an edit log: one JSON object each, keys in a fixed order (docs/formats.md).
///
/// A log has a line for every candidate of a window, so what lines share is put together once: the beginning once a sample,
/// the names of rules and branches once a run.
struct EditLogLine {
  /// `,"stage":…,"rule":…` by stage and entry, `,"branch":…` by stage and branch.
  private let rules: [[[UInt8]]]
  private let branches: [[[UInt8]]]
  /// `,"rule":…` of the table of pairs.
  private let pairs: [[UInt8]]?
  private let batchSize: Int
  /// Bytes that a line has at most beside its texts and ids.
  private let lineRoom: Int

  init(packs: [RulePack], pairs: RulePack? = nil, batchSize: Int) {
    self.batchSize = batchSize
    rules = packs.enumerated().map { stage, pack in
      pack.entries.map { Array(",\"stage\":\(stage),\"rule\":".utf8) + Self.quoted($0.id) }
    }
    branches = packs.map { pack in pack.branches.map { Array(",\"branch\":".utf8) + Self.quoted($0.id) } }
    self.pairs = pairs.map { $0.entries.map { Array(",\"rule\":".utf8) + Self.quoted($0.id) } }
    let names = [rules.joined(), branches.joined(), (self.pairs.map { [$0] } ?? []).joined()]
    // Eleven numbers of 20 digits and the keys.
    lineRoom = 640 + names.reduce(0) { $0 + ($1.map(\.count).max() ?? 0) }
  }

  /// Appends a sample's lines: by position, then by stage, then what it lost.
  func append(_ record: SampleRecord, sequence: Int, to log: inout [UInt8]) {
    let room = room(for: record)
    // A growing array that is asked for exactly what it needs would be copied at each step.
    if log.capacity - log.count < room { log.reserveCapacity(max(2 * log.capacity, log.count + room)) }
    let start = beginning(sequence)
    log.append(addingCapacity: room) { lines in
      lines.withUnsafeMutableBufferPointer { buffer, count in
        var cursor = ByteCursor(buffer)
        append(record, start, to: &cursor)
        count = cursor.count
      }
    }
  }

  /// Bytes that a sample's lines have at most: one of text has up to six in JSON, an id has ten digits.
  private func room(for record: SampleRecord) -> Int {
    let reasons = record.left.reduce(0) { $0 + $1.reason.utf8.count }
    let ids = record.ids.count + record.lost.count
    return (record.edits.count + record.left.count + 2) * lineRoom + 6 * (record.text.count + reasons) + 11 * ids
  }

  /// What all lines of a sample begin with.
  private func beginning(_ sequence: Int) -> [UInt8] {
    Array("{\"q\":\(sequence),\"step\":\(sequence / batchSize),\"row\":\(sequence % batchSize)".utf8)
  }

  private func append(_ record: SampleRecord, _ start: [UInt8], to line: inout ByteCursor) {
    var (edit, left) = (0, 0)
    while edit < record.edits.count || left < record.left.count {
      line.append(start)
      if left == record.left.count || edit < record.edits.count && isFirst(record.edits[edit], record.left[left]) {
        append(edit, of: record, to: &line)
        edit += 1
      } else {
        append(record.left[left], of: record, to: &line)
        left += 1
      }
      line.append("}\n")
    }
    if let result = record.retokenized {
      line.append(start)
      append(result, to: &line)
      line.append("}\n")
    }
    if !record.lost.isEmpty {
      line.append(start)
      line.append(",\"lost_ids\":", record.lost, record.lost.indices)
      line.append("}\n")
    }
  }

  private func isFirst(_ edit: SampleRecord.Edit, _ left: SampleRecord.Left) -> Bool {
    (edit.position, edit.stage) <= (left.position, left.stage)
  }

  private func append(_ index: Int, of record: SampleRecord, to line: inout ByteCursor) {
    let edit = record.edits[index]
    line.append(",\"position\":", edit.position)
    line.append(",\"output_position\":", edit.outputPosition)
    line.append(",\"dataset\":", edit.dataset)
    line.append(",\"item\":", edit.item)
    line.append(",\"token\":", edit.itemToken)
    line.append(rules[edit.stage][edit.rule])
    line.append(branches[edit.stage][edit.branch])
    appendChange((edit.before, edit.after), (edit.beforeIDs, edit.afterIDs), of: record, to: &line)
    if edit.isCut { return line.append(",\"cut\":true") }
    if let pairs { append(record.standIns[index], pairs, of: record, to: &line) }
  }

  /// What the control has in place of the edit; null where no word was left.
  private func append(
    _ standIn: SampleRecord.StandIn?, _ pairs: [[UInt8]], of record: SampleRecord, to line: inout ByteCursor
  ) {
    guard let standIn else { return line.append(",\"stand_in\":null") }
    line.append(",\"stand_in\":{\"position\":", standIn.position)
    line.append(",\"token\":", standIn.itemToken)
    line.append(pairs[standIn.rule])
    appendChange((standIn.before, standIn.after), (standIn.beforeIDs, standIn.afterIDs), of: record, to: &line)
    line.append("}")
  }

  /// What stood there and what stands there now, as text and as ids.
  private func appendChange(
    _ text: (before: Range<Int>, after: Range<Int>), _ ids: (before: Range<Int>, after: Range<Int>),
    of record: SampleRecord, to line: inout ByteCursor
  ) {
    line.append(",\"before\":", record.text, text.before)
    line.append(",\"after\":", record.text, text.after)
    line.append(",\"before_ids\":", record.ids, ids.before)
    line.append(",\"after_ids\":", record.ids, ids.after)
  }

  private func append(_ left: SampleRecord.Left, of record: SampleRecord, to line: inout ByteCursor) {
    line.append(",\"position\":", left.position)
    line.append(",\"dataset\":", left.dataset)
    line.append(",\"item\":", left.item)
    line.append(",\"token\":", left.itemToken)
    line.append(rules[left.stage][left.rule])
    line.append(branches[left.stage][left.branch])
    line.append(",\"before\":", record.text, left.text)
    let reason = Array(left.reason.utf8)
    line.append(",\"kept\":", reason, reason.indices)
  }

  private func append(_ result: SampleRecord.Retokenized, to line: inout ByteCursor) {
    line.append(",\"special_dropped\":", result.specialDropped)
    line.append(",\"document_ends_dropped\":", result.documentEndsDropped)
    line.append(",\"padding_added\":", result.paddingAdded)
    line.append(",\"tokens_cut\":", result.tokensCut)
  }

  fileprivate static func quoted(_ text: String) -> [UInt8] { quoted(Array(text.utf8)[...]) }

  fileprivate static func quoted(_ text: some Collection<UInt8>) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(text)
    return writer.bytes
  }
}

/// Puts bytes behind each other in room that was asked for before, so that nothing grows from byte to byte.
private struct ByteCursor {
  private let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

  mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { append($0) }
  }

  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ key: StaticString, _ value: Int) {
    append(key)
    if value < 0 { append(UInt8(ascii: "-")) }
    append(decimal: value.magnitude)
  }

  /// A part of a text in quotes.
  mutating func append(_ key: StaticString, _ text: [UInt8], _ range: Range<Int>) {
    append(key)
    text.withUnsafeBufferPointer { append(quoted: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// A part of some ids in brackets.
  mutating func append(_ key: StaticString, _ ids: [UInt32], _ range: Range<Int>) {
    append(key)
    append(UInt8(ascii: "["))
    ids.withUnsafeBufferPointer { ids in
      for index in range {
        if index > range.lowerBound { append(UInt8(ascii: ",")) }
        append(decimal: UInt(ids[index]))
      }
    }
    append(UInt8(ascii: "]"))
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) {
    precondition(count < room.count)
    room[count] = byte
    count &+= 1
  }

  @inline(__always)
  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    precondition(bytes.count <= room.count &- count)
    guard let source = bytes.baseAddress, let target = room.baseAddress else { return }
    (target + count).update(from: source, count: bytes.count)
    count &+= bytes.count
  }

  private mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
    let start = count
    append(UInt8(ascii: "\""))
    for byte in text {
      guard byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") else {
        count = start
        return append(EditLogLine.quoted(text))
      }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(decimal value: UInt) {
    var (digits, rest) = (1, value)
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    precondition(digits <= room.count &- count)
    var (place, left) = (count &+ digits, value)
    repeat {
      place &-= 1
      room[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: left % 10)
      left /= 10
    } while left > 0
    count &+= digits
  }
}
