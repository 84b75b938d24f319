import StructuredText
import SwapRules
import TestSupport
import Testing

@testable import Intervention
@testable import Pipeline

struct EditLogLineTests {
  private static func packs() throws -> [RulePack] {
    try ["pronouns-swap", "gendered-nouns"].map { try RulePack.load(path: Assets.root + "/rules/\($0).yaml") }
  }

  private static func pairs() throws -> RulePack {
    try RulePack.load(path: Assets.root + "/rules/tables/neutral-pairs.tsv")
  }

  /// Whatever a record holds: texts of any bytes, places before the sample, ids of all sizes, samples that lost tokens.
  @Test(arguments: [false, true])
  func linesAreWhatTheJSONWriterMakesOfThem(withPairs: Bool) throws {
    let (packs, pairs) = (try Self.packs(), withPairs ? try Self.pairs() : nil)
    let lines = EditLogLine(packs: packs, pairs: pairs, batchSize: 16)
    var generator = SeededGenerator(seed: 5)
    var (log, expected): ([UInt8], [UInt8]) = ([], [])
    for _ in 0..<400 {
      let record = randomRecord(packs, pairs, &generator)
      let sequence = Int.random(in: 0..<3_000_000, using: &generator)
      lines.append(record, sequence: sequence, to: &log)
      expected += try SlowLines(packs: packs, pairs: pairs, batchSize: 16).lines(record, sequence)
    }
    #expect(log.count > 100_000)
    #expect(log == expected)
  }

  @Test func linesHaveRoomForTheGreatestNumbersAndTheLongestWayToWriteAText() throws {
    let packs = try Self.packs()
    var record = SampleRecord()
    record.text = [UInt8](repeating: 1, count: 50)
    record.ids = [UInt32](repeating: .max, count: 50)
    record.lost = record.ids
    record.edits = [
      SampleRecord.Edit(
        position: .min, outputPosition: .min, dataset: .max, item: .max, itemToken: .max, stage: 0, rule: 0, branch: 0,
        isUncertain: false, before: 0..<25, after: 25..<50, beforeIDs: 0..<25, afterIDs: 25..<50, isCut: true)
    ]
    record.left = [
      SampleRecord.Left(
        position: .min, dataset: .max, item: .max, itemToken: .max, stage: 1, rule: 0, branch: 0, text: 0..<50,
        reason: String(repeating: "\u{1}", count: 1000))
    ]
    record.retokenized = SampleRecord.Retokenized(
      specialDropped: .max, documentEndsDropped: .max, paddingAdded: .max, tokensCut: .max)
    var log: [UInt8] = []
    EditLogLine(packs: packs, batchSize: 1).append(record, sequence: .max, to: &log)
    #expect(log == (try SlowLines(packs: packs, pairs: nil, batchSize: 1).lines(record, .max)))
  }

  // MARK: Random records

  private func randomRecord(
    _ packs: [RulePack], _ pairs: RulePack?, _ generator: inout SeededGenerator
  ) -> SampleRecord {
    var record = SampleRecord()
    for _ in 0..<Int.random(in: 0..<6, using: &generator) { addEdit(to: &record, packs, pairs, &generator) }
    for _ in 0..<Int.random(in: 0..<3, using: &generator) { addLeft(to: &record, packs, &generator) }
    record.edits.sort { ($0.position, $0.stage) < ($1.position, $1.stage) }
    record.left.sort { ($0.position, $0.stage) < ($1.position, $1.stage) }
    if Int.random(in: 0..<5, using: &generator) == 0 {
      record.lost = (0..<Int.random(in: 1..<9, using: &generator)).map { _ in id(&generator) }
    }
    if Int.random(in: 0..<5, using: &generator) == 0 {
      record.retokenized = SampleRecord.Retokenized(
        specialDropped: 3, documentEndsDropped: 2, paddingAdded: 0, tokensCut: 1024)
    }
    return record
  }

  private func addEdit(
    to record: inout SampleRecord, _ packs: [RulePack], _ pairs: RulePack?, _ generator: inout SeededGenerator
  ) {
    let stage = packs.indices.randomElement(using: &generator)!
    record.edits.append(
      SampleRecord.Edit(
        position: Int.random(in: -3..<2050, using: &generator),
        outputPosition: Int.random(in: -3..<2050, using: &generator), dataset: Int.random(in: 0..<3, using: &generator),
        item: Int.random(in: 0..<134_000_000, using: &generator),
        itemToken: Int.random(in: 0..<1_000_000_000_000, using: &generator), stage: stage,
        rule: packs[stage].entries.indices.randomElement(using: &generator)!,
        branch: packs[stage].branches.indices.randomElement(using: &generator)!, isUncertain: false,
        before: text(&record, &generator), after: text(&record, &generator), beforeIDs: ids(&record, &generator),
        afterIDs: ids(&record, &generator), isCut: Int.random(in: 0..<5, using: &generator) == 0))
    guard let pairs else { return }
    record.standIns.append(
      Bool.random(using: &generator)
        ? nil
        : SampleRecord.StandIn(
          position: Int.random(in: 0..<2048, using: &generator), itemToken: Int.random(in: 0..<99, using: &generator),
          rule: pairs.entries.indices.randomElement(using: &generator)!, before: text(&record, &generator),
          after: text(&record, &generator), beforeIDs: ids(&record, &generator), afterIDs: ids(&record, &generator)))
  }

  private func addLeft(to record: inout SampleRecord, _ packs: [RulePack], _ generator: inout SeededGenerator) {
    let stage = packs.indices.randomElement(using: &generator)!
    record.left.append(
      SampleRecord.Left(
        position: Int.random(in: 0..<2050, using: &generator), dataset: 0,
        item: Int.random(in: 0..<1000, using: &generator), itemToken: Int.random(in: 0..<1000, using: &generator),
        stage: stage, rule: packs[stage].entries.indices.randomElement(using: &generator)!,
        branch: packs[stage].branches.indices.randomElement(using: &generator)!, text: text(&record, &generator),
        reason: ["length", "exception:a \"b\"", "keep:é"].randomElement(using: &generator)!))
  }

  /// Words, mostly; then bytes of any kind, and characters cut in two.
  private func text(_ record: inout SampleRecord, _ generator: inout SeededGenerator) -> Range<Int> {
    let start = record.text.count
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: record.text += (0..<9).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    case 1:
      record.text += Array("l’été, \"lui\"\n\t\\ \u{7F}\u{1F600}".utf8).dropLast(
        Int.random(in: 0..<9, using: &generator))
    default: record.text += Array(["he", "She", "his", "actress", ""].randomElement(using: &generator)!.utf8)
    }
    return start..<record.text.count
  }

  private func ids(_ record: inout SampleRecord, _ generator: inout SeededGenerator) -> Range<Int> {
    let start = record.ids.count
    for _ in 0..<Int.random(in: 0..<4, using: &generator) { record.ids.append(id(&generator)) }
    return start..<record.ids.count
  }

  private func id(_ generator: inout SeededGenerator) -> UInt32 {
    UInt32.random(in: .min ... .max, using: &generator) >> UInt32.random(in: 0..<32, using: &generator)
  }
}

/// The same lines by way of JSON values.
private struct SlowLines {
  let packs: [RulePack]
  let pairs: RulePack?
  let batchSize: Int

  func lines(_ record: SampleRecord, _ sequence: Int) throws -> [UInt8] {
    var placed: [(place: [Int], line: [JSONMember])] = []
    for (index, it) in record.edits.enumerated() {
      placed.append(([it.position, it.stage, 0], edit(index, of: record)))
    }
    for it in record.left { placed.append(([it.position, it.stage, 1], candidate(it, of: record))) }
    // Sorting is stable: what has the same place keeps its order.
    var lines = placed.sorted { $0.place.lexicographicallyPrecedes($1.place) }.map(\.line)
    if let result = record.retokenized {
      lines.append([
        JSONMember("special_dropped", number(result.specialDropped)),
        JSONMember("document_ends_dropped", number(result.documentEndsDropped)),
        JSONMember("padding_added", number(result.paddingAdded)), JSONMember("tokens_cut", number(result.tokensCut)),
      ])
    }
    if !record.lost.isEmpty { lines.append([JSONMember("lost_ids", ids(record.lost, record.lost.indices))]) }
    let start = [
      JSONMember("q", number(sequence)), JSONMember("step", number(sequence / batchSize)),
      JSONMember("row", number(sequence % batchSize)),
    ]
    return try lines.flatMap { try JSONValue.object(start + $0).serialized() + [0x0A] }
  }

  private func edit(_ index: Int, of record: SampleRecord) -> [JSONMember] {
    let edit = record.edits[index]
    var line =
      [
        JSONMember("position", number(edit.position)), JSONMember("output_position", number(edit.outputPosition)),
        JSONMember("dataset", number(edit.dataset)), JSONMember("item", number(edit.item)),
        JSONMember("token", number(edit.itemToken)),
      ] + rule(edit.stage, edit.rule, edit.branch)
      + change(edit.before, edit.after, edit.beforeIDs, edit.afterIDs, record)
    if edit.isCut { return line + [JSONMember("cut", true)] }
    guard let pairs else { return line }
    let standIn = record.standIns[index].map { standIn in
      JSONValue.object(
        [
          JSONMember("position", number(standIn.position)), JSONMember("token", number(standIn.itemToken)),
          JSONMember("rule", .string(pairs.entries[standIn.rule].id)),
        ] + change(standIn.before, standIn.after, standIn.beforeIDs, standIn.afterIDs, record))
    }
    line.append(JSONMember("stand_in", standIn ?? .null))
    return line
  }

  private func candidate(_ left: SampleRecord.Left, of record: SampleRecord) -> [JSONMember] {
    [
      JSONMember("position", number(left.position)), JSONMember("dataset", number(left.dataset)),
      JSONMember("item", number(left.item)), JSONMember("token", number(left.itemToken)),
    ] + rule(left.stage, left.rule, left.branch) + [
      JSONMember("before", text(record, left.text)), JSONMember("kept", .string(left.reason)),
    ]
  }

  private func rule(_ stage: Int, _ rule: Int, _ branch: Int) -> [JSONMember] {
    [
      JSONMember("stage", number(stage)), JSONMember("rule", .string(packs[stage].entries[rule].id)),
      JSONMember("branch", .string(packs[stage].branches[branch].id)),
    ]
  }

  private func change(
    _ before: Range<Int>, _ after: Range<Int>, _ beforeIDs: Range<Int>, _ afterIDs: Range<Int>, _ record: SampleRecord
  ) -> [JSONMember] {
    [
      JSONMember("before", text(record, before)), JSONMember("after", text(record, after)),
      JSONMember("before_ids", ids(record.ids, beforeIDs)), JSONMember("after_ids", ids(record.ids, afterIDs)),
    ]
  }

  private func number(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  private func text(_ record: SampleRecord, _ range: Range<Int>) -> JSONValue {
    .string(String(decoding: record.text[range], as: UTF8.self))
  }

  private func ids(_ ids: [UInt32], _ range: Range<Int>) -> JSONValue { .array(ids[range].map { .integer(Int64($0)) }) }
}
