import Intervention
import SwapRules
import TestSupport
import Testing
import Tokenization

@Suite struct TokenMapStageTests {
  private static let tokenizer = Material.small
  /// " he" and "hi" of the small tokenizer become one another's neighbours in the vocabulary.
  private static let texts = [(" he", " his"), ("him", "her"), ("s", "t")]

  private static func id(_ text: String) -> UInt32 {
    (0..<UInt32(tokenizer.vocabularySize)).first { tokenizer.bytes(of: $0).elementsEqual(text.utf8) }!
  }

  private static func pack(_ entries: String) -> RulePack {
    Material.pack(entries, header: "boundaries: token-id\ntokenizer: small\n")
  }

  private static let entries = texts.enumerated().map { index, pair in
    "  - {id: e\(index), from: '\(pair.0)', from-id: \(id(pair.0)), to: '\(pair.1)', to-id: \(id(pair.1))}"
  }.joined(separator: "\n")

  @Test func eachTokenIsMappedWhateverStandsAroundIt() throws {
    let map = Dictionary(uniqueKeysWithValues: Self.texts.map { (Self.id($0.0), Self.id($0.1)) })
    var random = SeededGenerator(seed: 21)
    let base = try Material.base(Self.tokenizer, items: 60, upTo: 20, disordered: true, &random)
    let stage = SwapStage(pack: Self.pack(Self.entries), selection: Selection())
    let plan = try InterventionPlan(
      tokenizer: Self.tokenizer, stages: [stage], length: .aligned, sampleLength: 33)
    let intervener = try Intervener(plan, base: base)
    var record = SampleRecord()
    var edits = 0
    for (index, sample) in base.samples(of: 33).enumerated() {
      try intervener.intervene(
        sequence: index, spans: sample, isEligible: { _ in true }, following: { nil }, into: &record)
      #expect(record.window == record.control.map { map[$0] ?? $0 })
      let mapped = record.control.indices.filter { map[record.control[$0]] != nil }
      #expect(record.edits.map(\.position) == mapped)
      for edit in record.edits {
        #expect(record.text[edit.before].elementsEqual(Self.tokenizer.bytes(of: record.ids[edit.beforeIDs.lowerBound])))
        #expect(record.ids[edit.afterIDs].first == map[record.ids[edit.beforeIDs.lowerBound]])
      }
      #expect(record.left.isEmpty)
      edits += record.edits.count
    }
    #expect(edits > 50)
  }

  @Test func whatIsNotDrawnIsNoted() throws {
    let he = Self.id(" he")
    let base = MemoryBase(datasets: [[Array(repeating: he, count: 400)]])
    let half = Selection(fraction: Fraction("0.5")!, by: .occurrence, seed: 3)
    let stage = SwapStage(pack: Self.pack(Self.entries), selection: half)
    let plan = try InterventionPlan(tokenizer: Self.tokenizer, stages: [stage], length: .slide, sampleLength: 400)
    var record = SampleRecord()
    try Intervener(plan, base: base).intervene(
      sequence: 0, spans: base.samples(of: 400)[0], isEligible: { _ in true }, following: { nil }, into: &record)
    #expect((150..<250).contains(record.edits.count))
    #expect(record.edits.count + record.left.count == 400)
    #expect(record.left.allSatisfy { $0.reason == LeftReason.selection })
  }

  @Test func anotherTokenizerIsRefusedByName() throws {
    let wrong = Self.pack("  - {id: a, from: ' she', from-id: 3, to: ' he', to-id: 4}")
    let error = #expect(throws: InterventionError.self) { try plan([wrong]) }
    #expect(error == .otherTokenizer(pack: "p", tokenizer: "small", id: 3))
    let second = #expect(throws: InterventionError.self) { try plan([Material.feminine, Self.pack(Self.entries)]) }
    #expect(second == .tokenMapBesideOthers(pack: "p"))
  }

  private func plan(_ packs: [RulePack]) throws -> InterventionPlan {
    try InterventionPlan(
      tokenizer: Self.tokenizer, stages: packs.map { SwapStage(pack: $0, selection: Selection()) }, length: .aligned,
      sampleLength: 9)
  }
}
