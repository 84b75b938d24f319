import SwapRules
import TestSupport
import Testing
import Tokenization

@testable import Intervention

@Suite struct PronounCountsTests {
  private func counts(_ text: [UInt8]) -> PronounCounts {
    text.withUnsafeBufferPointer { PronounCounts(in: $0, 0..<text.count) }
  }

  @Test func wordsCountWhereTheyStandAlone() {
    let text = "He told her, THEIR _his_ the2m hers’ héhe ёhe themselves she's (his)his himself. 中he"
    #expect(counts(Array(text.utf8)).counts == [1, 0, 2, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1])
    #expect(counts([]) == PronounCounts())
  }

  /// However a text is cut into spans, the sum is what the whole text has, before and after the edits.
  @Test func samplesAddUpToTheirTexts() throws {
    let tokenizer = Material.small
    var generator = SeededGenerator(seed: 16)
    let base = try Material.base(tokenizer, items: 60, upTo: 20, &generator)
    let stages = [SwapStage(pack: Material.feminine, selection: Selection())]
    for (item, tokens) in base.datasets[0].enumerated() {
      let plan = try InterventionPlan(
        tokenizer: tokenizer, stages: stages, length: .aligned, sampleLength: tokens.count)
      let intervener = try Intervener(plan, base: base)
      var record = SampleRecord()
      for longest in [1, 7, tokens.count] {
        let spans = stride(from: 0, to: tokens.count, by: longest).map {
          Span(dataset: 0, item: item, offset: $0, count: min(longest, tokens.count - $0))
        }
        try intervener.intervene(
          sequence: 0, spans: spans, isEligible: { _ in true }, following: { nil }, into: &record)
        #expect(record.pronounsBefore == counts(record.control.flatMap { Array(tokenizer.bytes(of: $0)) }))
        #expect(record.pronounsAfter == counts(record.window.flatMap { Array(tokenizer.bytes(of: $0)) }))
      }
    }
  }
}
