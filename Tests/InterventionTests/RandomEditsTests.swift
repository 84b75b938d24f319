import Intervention
import SwapRules
import TestSupport
import Testing
import Tokenization

@Suite struct RandomEditsTests {
  static let pairs = try! RulePack.load(path: Assets.root + "/rules/tables/neutral-pairs.tsv")

  /// Words of the test's documents; some have another number of tokens than what replaces them.
  private static let words = Material.pack(
    """
      - {id: the, from: the, to: their}
      - {id: and, from: and, to: sad}
      - {id: said, from: said, to: soil}
      - {id: friend, from: friend, to: frozen}
      - {id: ab, from: ab, to: aba}
      - {id: aba, from: aba, to: ab}
    """)

  /// What must come out: every word of a span that the table can replace, by the obvious way, then one pass by hand.
  private func expected(
    _ record: SampleRecord, _ spans: [Span], _ words: [[[SlowIntervention.Edit]]]
  ) -> (tokens: [UInt32], standIns: [Int?]) {
    var tokens = record.control
    var standIns = [Int?](repeating: nil, count: record.edits.count)
    var start = 0
    for span in spans {
      let range = start..<(start + span.count)
      let shift = start - span.offset
      let words = words[span.dataset][span.item].filter {
        range.contains($0.tokens.lowerBound + shift) && $0.tokens.upperBound + shift <= range.upperBound
      }
      var used: Set<Int> = []
      for (index, edit) in record.edits.enumerated() {
        guard range.contains(max(0, edit.position)), edit.position >= 0 || start == 0, !edit.isCut else { continue }
        let next = words.indices.first {
          !used.contains($0) && words[$0].tokens.lowerBound + shift >= max(0, edit.position + edit.beforeIDs.count)
        }
        guard let next else { continue }
        used.insert(next)
        let position = words[next].tokens.lowerBound + shift
        standIns[index] = position
        tokens.replaceSubrange(position..<(position + words[next].tokens.count), with: words[next].replacement)
      }
      start += span.count
    }
    return (tokens, standIns)
  }

  @Test(arguments: Material.tokenizers.indices, LengthPolicy.allCases)
  func eachEditHasTheNextWordBehindItInItsSpan(_ tokenizer: Int, _ policy: LengthPolicy) throws {
    let tokenizer = Material.tokenizers[tokenizer]
    var generator = SeededGenerator(seed: 31)
    let base = try Material.base(tokenizer, items: 60, upTo: 40, disordered: true, &generator)
    let slow = try SlowIntervention(tokenizer, [SwapStage(pack: Self.words, selection: Selection())], .aligned, base)
    let words = try base.datasets.indices.map { dataset in
      try base.datasets[dataset].indices.map { try slow.decisions(dataset: dataset, item: $0).edits }
    }
    let selection = Selection(fraction: Fraction("0.6")!, by: .occurrence, seed: 5)
    let stages = [SwapStage(pack: Material.feminine, selection: selection)]
    var (matched, unmatched) = (0, 0)
    for length in [9, 40] {
      let plan = try InterventionPlan(tokenizer: tokenizer, stages: stages, length: policy, sampleLength: length)
      let intervener = try Intervener(plan, base: base)
      let random = try RandomEdits(Self.words, tokenizer, sampleLength: length, base: base)
      let samples = base.samples(of: length)
      for (index, spans) in samples.enumerated().dropLast(20) {
        var record = SampleRecord()
        var rest = samples[(index + 1)...].joined().makeIterator()
        try intervener.intervene(
          sequence: index, spans: spans, isEligible: { _ in true }, following: { rest.next() }, into: &record)
        try random.makeControl(sequence: index, spans: spans, into: &record)
        let (tokens, standIns) = expected(record, spans, words)
        try #require(record.matched == tokens)
        try #require(record.standIns.map { $0?.position } == standIns)
        matched += record.standIns.count { $0 != nil }
        unmatched += record.standIns.count { $0 == nil }
      }
    }
    #expect(matched > 10 && unmatched > 10)
  }

  @Test(.enabled(if: Material.published != nil)) func theOrderIsTheTexts() throws {
    let tokenizer = try #require(Material.published)
    let encoder = Encoder(tokenizer)
    let tokens = try encoder.encode(Array("A big house. He said that he saw his small, cold room. Himself, he".utf8))
    let base = MemoryBase(datasets: [[tokens]])
    let stage = SwapStage(pack: Material.feminine, selection: Selection())
    let plan = try InterventionPlan(
      tokenizer: tokenizer, stages: [stage], length: .aligned, sampleLength: tokens.count)
    let spans = [Span(dataset: 0, item: 0, offset: 0, count: tokens.count)]
    var record = SampleRecord()
    try Intervener(plan, base: base).intervene(
      sequence: 0, spans: spans, isEligible: { _ in true }, following: { nil }, into: &record)
    try RandomEdits(Self.pairs, tokenizer, sampleLength: tokens.count, base: base)
      .makeControl(sequence: 0, spans: spans, into: &record)
    let text = record.matched.flatMap { Array(tokenizer.bytes(of: $0)) }
    #expect(
      String(decoding: text, as: UTF8.self)
        == "A big house. He thought that he saw his simple, hot room. Himself, he")
    #expect(
      record.standIns.map { $0.map { String(decoding: record.text[$0.before], as: UTF8.self) } }.prefix(3) == [
        "said", "small", "cold",
      ])
  }

  /// Both words of a pair have as many tokens: with and without a space before them, in lower case and capitalised.
  @Test(.enabled(if: Material.published != nil)) func theShippedPairsHaveEqualTokenCounts() throws {
    let encoder = Encoder(try #require(Material.published))
    func counts(_ word: String) throws -> [Int] {
      let title = word.prefix(1).uppercased() + word.dropFirst()
      return try [word, " " + word, title, " " + title].map { try encoder.encode(Array($0.utf8)).count }
    }
    let words = Self.pairs.entries.map(\.id)
    for pair in stride(from: 0, to: words.count, by: 2) {
      #expect(try counts(words[pair]) == counts(words[pair + 1]), "\(words[pair]), \(words[pair + 1])")
    }
  }
}
