import Intervention
import StructuredText
import SwapRules

/// Writes the lines of an edit log: one JSON object each, keys in a fixed order (docs/formats.md).
///
/// Builds bytes directly: a log has a line for every candidate of a window.
struct EditLogLine {
  /// `,"rule":…,"branch":…` by stage and branch.
  private let rules: [[[UInt8]]]
  private let packs: [RulePack]
  private let pairs: RulePack?
  private let batchSize: Int

  init(packs: [RulePack], pairs: RulePack? = nil, batchSize: Int) {
    self.packs = packs
    self.pairs = pairs
    self.batchSize = batchSize
    rules = packs.map { pack in pack.branches.map { Array(",\"branch\":".utf8) + Self.quoted($0.id) } }
  }

  /// Appends a sample's lines: by position, then by stage, then what it lost.
  func append(_ record: SampleRecord, sequence: Int, to log: inout [UInt8]) {
    var (edit, left) = (0, 0)
    while edit < record.edits.count || left < record.left.count {
      if left == record.left.count || edit < record.edits.count && isFirst(record.edits[edit], record.left[left]) {
        append(edit, of: record, sequence, to: &log)
        edit += 1
      } else {
        append(record.left[left], of: record, sequence, to: &log)
        left += 1
      }
    }
    if let result = record.retokenized { append(result, sequence, to: &log) }
    if !record.lost.isEmpty {
      start(sequence, &log)
      integers(",\"lost_ids\":", record.lost[...], &log)
      log += "}\n".utf8
    }
  }

  private func isFirst(_ edit: SampleRecord.Edit, _ left: SampleRecord.Left) -> Bool {
    (edit.position, edit.stage) <= (left.position, left.stage)
  }

  private func append(_ index: Int, of record: SampleRecord, _ sequence: Int, to log: inout [UInt8]) {
    let edit = record.edits[index]
    start(sequence, &log)
    integer(",\"position\":", edit.position, &log)
    integer(",\"output_position\":", edit.outputPosition, &log)
    place(edit.dataset, edit.item, edit.itemToken, &log)
    rule(edit.stage, edit.rule, edit.branch, &log)
    string(",\"before\":", record.text[edit.before], &log)
    string(",\"after\":", record.text[edit.after], &log)
    integers(",\"before_ids\":", record.ids[edit.beforeIDs], &log)
    integers(",\"after_ids\":", record.ids[edit.afterIDs], &log)
    if edit.isCut { log += ",\"cut\":true".utf8 }
    if let pairs, !edit.isCut { append(record.standIns[index], pairs, of: record, to: &log) }
    log += "}\n".utf8
  }

  /// What the control has in place of the edit; null where no word was left.
  private func append(
    _ standIn: SampleRecord.StandIn?, _ pairs: RulePack, of record: SampleRecord, to log: inout [UInt8]
  ) {
    guard let standIn else { return log += ",\"stand_in\":null".utf8 }
    integer(",\"stand_in\":{\"position\":", standIn.position, &log)
    integer(",\"token\":", standIn.itemToken, &log)
    log += ",\"rule\":".utf8
    log += Self.quoted(pairs.entries[standIn.rule].id)
    string(",\"before\":", record.text[standIn.before], &log)
    string(",\"after\":", record.text[standIn.after], &log)
    integers(",\"before_ids\":", record.ids[standIn.beforeIDs], &log)
    integers(",\"after_ids\":", record.ids[standIn.afterIDs], &log)
    log += "}".utf8
  }

  private func append(_ result: SampleRecord.Retokenized, _ sequence: Int, to log: inout [UInt8]) {
    start(sequence, &log)
    integer(",\"special_dropped\":", result.specialDropped, &log)
    integer(",\"document_ends_dropped\":", result.documentEndsDropped, &log)
    integer(",\"padding_added\":", result.paddingAdded, &log)
    integer(",\"tokens_cut\":", result.tokensCut, &log)
    log += "}\n".utf8
  }

  private func append(
    _ left: SampleRecord.Left, of record: SampleRecord, _ sequence: Int, to log: inout [UInt8]
  ) {
    start(sequence, &log)
    integer(",\"position\":", left.position, &log)
    place(left.dataset, left.item, left.itemToken, &log)
    rule(left.stage, left.rule, left.branch, &log)
    string(",\"before\":", record.text[left.text], &log)
    string(",\"kept\":", Array(left.reason.utf8)[...], &log)
    log += "}\n".utf8
  }

  private func start(_ sequence: Int, _ log: inout [UInt8]) {
    integer("{\"q\":", sequence, &log)
    integer(",\"step\":", sequence / batchSize, &log)
    integer(",\"row\":", sequence % batchSize, &log)
  }

  private func place(_ dataset: Int, _ item: Int, _ token: Int, _ log: inout [UInt8]) {
    integer(",\"dataset\":", dataset, &log)
    integer(",\"item\":", item, &log)
    integer(",\"token\":", token, &log)
  }

  private func rule(_ stage: Int, _ rule: Int, _ branch: Int, _ log: inout [UInt8]) {
    integer(",\"stage\":", stage, &log)
    log += ",\"rule\":".utf8
    log += Self.quoted(packs[stage].entries[rule].id)
    log += rules[stage][branch]
  }

  private func integer(_ key: StaticString, _ value: Int, _ log: inout [UInt8]) {
    log += UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    log += String(value).utf8
  }

  private func string(_ key: StaticString, _ value: ArraySlice<UInt8>, _ log: inout [UInt8]) {
    log += UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    var writer = JSONWriter()
    writer.write(value)
    log += writer.bytes
  }

  private func integers(_ key: StaticString, _ values: ArraySlice<UInt32>, _ log: inout [UInt8]) {
    log += UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    for (index, value) in values.enumerated() {
      log.append(UInt8(ascii: index == 0 ? "[" : ","))
      log += String(value).utf8
    }
    log += (values.isEmpty ? "[]" : "]").utf8
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(Array(text.utf8))
    return writer.bytes
  }
}
