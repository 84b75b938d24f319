import Intervention

/// Writes the lines of an edit log: one JSON object each, keys in a fixed order (docs/formats.md).
///
/// Builds bytes directly: a log has a line for every edit of a window.
struct EditLogLine {
  /// What is the same for all lines of one sample.
  struct Sample {
    var sequence: Int
    var step: Int
    var row: Int
  }

  /// The names of rules and branches, by stage.
  let names: RuleNames

  func append(_ edit: SampleRecord.Edit, of sample: Sample, to line: inout [UInt8]) {
    start(sample, &line)
    integer("position", edit.position, &line)
    integer("output_position", edit.outputPosition, &line)
    place(edit.dataset, edit.item, edit.itemToken, &line)
    rule(edit.stage, edit.rule, edit.branch, &line)
    string("before", edit.before, &line)
    string("after", edit.after, &line)
    integers("before_ids", edit.beforeIDs, &line)
    integers("after_ids", edit.afterIDs, &line)
    boolean("cut", edit.isCut, &line)
    end(&line)
  }

  func append(_ left: SampleRecord.Left, of sample: Sample, to line: inout [UInt8]) {
    start(sample, &line)
    integer("position", left.position, &line)
    place(left.dataset, left.item, left.itemToken, &line)
    rule(left.stage, left.rule, left.branch, &line)
    string("text", left.text, &line)
    string("kept", Array(left.reason.utf8), &line)
    end(&line)
  }

  /// The base tokens that a sample lost at its end, so that the control can be made from window and log.
  func append(lost: [UInt32], of sample: Sample, to line: inout [UInt8]) {
    start(sample, &line)
    integers("lost", lost, &line)
    end(&line)
  }

  private func start(_ sample: Sample, _ line: inout [UInt8]) {
    line += "{\"q\":".utf8
    line += String(sample.sequence).utf8
    integer("step", sample.step, &line)
    integer("row", sample.row, &line)
  }

  private func place(_ dataset: Int, _ item: Int, _ token: Int, _ line: inout [UInt8]) {
    integer("dataset", dataset, &line)
    integer("item", item, &line)
    integer("item_token", token, &line)
  }

  private func rule(_ stage: Int, _ rule: Int, _ branch: Int, _ line: inout [UInt8]) {
    integer("stage", stage, &line)
    line += names.fragment(stage: stage, rule: rule, branch: branch)
  }

  private func end(_ line: inout [UInt8]) { line += "}\n".utf8 }

  private func key(_ key: StaticString, _ line: inout [UInt8]) {
    line += ",\"".utf8
    line += UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    line += "\":".utf8
  }

  private func integer(_ name: StaticString, _ value: Int, _ line: inout [UInt8]) {
    key(name, &line)
    line += String(value).utf8
  }

  private func boolean(_ name: StaticString, _ value: Bool, _ line: inout [UInt8]) {
    key(name, &line)
    line += (value ? "true" : "false").utf8
  }

  private func string(_ name: StaticString, _ value: [UInt8], _ line: inout [UInt8]) {
    key(name, &line)
    JSONBytes.appendString(value, to: &line)
  }

  private func integers(_ name: StaticString, _ values: [UInt32], _ line: inout [UInt8]) {
    key(name, &line)
    line.append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      line += String(value).utf8
    }
    line.append(UInt8(ascii: "]"))
  }
}
