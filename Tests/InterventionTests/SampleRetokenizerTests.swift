import Intervention
import TestSupport
import Testing
import Tokenization

@Suite struct SampleRetokenizerTests {
  /// Samples as they are before they are encoded anew, and after.
  private func retokenized(
    _ samples: [[UInt32]], _ tokenizer: Tokenizer, drops: Bool = true, containing: [String] = []
  ) throws -> [SampleRecord] {
    let settings = SampleRetokenization(dropsSpecial: drops, containing: containing.map { Array($0.utf8) })
    let retokenizer = try SampleRetokenizer(settings, tokenizer)
    let plan = try InterventionPlan(tokenizer: tokenizer, stages: [], length: .pad, sampleLength: samples[0].count)
    let intervener = try Intervener(plan, base: MemoryBase(datasets: [samples]))
    return try samples.indices.map { item in
      var record = SampleRecord()
      let span = Span(dataset: 0, item: item, offset: 0, count: samples[item].count)
      try intervener.intervene(
        sequence: item, spans: [span], isEligible: { _ in true }, following: { nil }, into: &record)
      try retokenizer.retokenize(&record)
      return record
    }
  }

  private func retokenized(
    _ tokens: [UInt32], _ tokenizer: Tokenizer, drops: Bool = true, containing: [String] = []
  ) throws -> SampleRecord {
    try retokenized([tokens], tokenizer, drops: drops, containing: containing)[0]
  }

  /// Text of tokens as a person would write it down: bytes together, what is no UTF-8 as U+FFFD.
  private func text(_ tokens: [UInt32], _ tokenizer: Tokenizer, drops: Bool) -> [UInt8] {
    let bytes = tokens.filter { !(drops && tokenizer.isSpecial($0)) }.flatMap { Array(tokenizer.bytes(of: $0)) }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
  }

  @Test(arguments: Material.tokenizers.indices, [true, false])
  func aSampleIsItsTextEncodedAndFilledOrCut(_ tokenizer: Int, _ drops: Bool) throws {
    let tokenizer = Material.tokenizers[tokenizer]
    let encoder = Encoder(tokenizer)
    var generator = SeededGenerator(seed: 21)
    let base = try Material.base(tokenizer, items: 100, upTo: 14, disordered: true, &generator)
    let stream = Array(base.datasets.joined().joined())
    var padded = 0
    let samples = stride(from: 0, to: stream.count - 40, by: 40).map { Array(stream[$0..<($0 + 40)]) }
    for (tokens, record) in zip(samples, try retokenized(samples, tokenizer, drops: drops)) {
      var expected = try encoder.encode(text(tokens, tokenizer, drops: drops))
      let result = try #require(record.retokenized)
      #expect(result.tokensCut == max(0, expected.count - 40) && result.paddingAdded == max(0, 40 - expected.count))
      #expect(result.specialDropped == (drops ? tokens.count { tokenizer.isSpecial($0) } : 0))
      #expect(result.documentEndsDropped == (drops ? tokens.count { $0 == 0 } : 0))
      padded += result.paddingAdded
      expected = Array((expected + [UInt32](repeating: 1, count: 40)).prefix(40))
      #expect(record.window == expected && record.control == tokens)
    }
    #expect(padded > 0)
  }

  /// A character that the sample's edge cuts becomes U+FFFD, of three bytes.
  @Test(arguments: Material.tokenizers.indices) func aSampleCanGrow(_ tokenizer: Int) throws {
    let tokenizer = Material.tokenizers[tokenizer]
    let byte = try #require((0..<UInt32(tokenizer.vocabularySize)).first { Array(tokenizer.bytes(of: $0)) == [0xE2] })
    let tokens = [UInt32](repeating: byte, count: 9)
    let record = try retokenized(tokens, tokenizer)
    let whole = try Encoder(tokenizer).encode(text(tokens, tokenizer, drops: true))
    #expect(whole.count > 9 || tokenizer !== Material.small)
    #expect(record.window == Array((whole + tokens.map { _ in 1 }).prefix(9)))
    #expect(record.retokenized?.tokensCut == max(0, whole.count - 9))
  }

  @Test func documentEndsAreLostAndWordsRunTogether() throws {
    let tokenizer = Material.small
    let encoder = Encoder(tokenizer)
    let he = try encoder.encode(Array("he".utf8))
    let record = try retokenized(he + [0] + he + [0], tokenizer)
    let joined = try encoder.encode(Array("hehe".utf8))
    #expect(Array(record.window.prefix(joined.count)) == joined && !record.window.contains(0))
    #expect(record.retokenized?.documentEndsDropped == 2)
    #expect(record.pronounsBefore.counts[0] == 2 && record.pronounsAfter.counts[0] == 0)
  }

  @Test func onlySamplesThatHoldATextAreTouched() throws {
    let tokenizer = Material.small
    let encoder = Encoder(tokenizer)
    for (text, isTouched) in [("so he went", true), ("so she went", false), (" he", false), (" hehe he ", true)] {
      let tokens = try encoder.encode(Array(text.utf8)) + [0]
      let record = try retokenized(tokens, tokenizer, containing: [" he ", " him "])
      #expect((record.retokenized != nil) == isTouched, "\(text)")
      #expect((record.window != tokens) == isTouched)
    }
  }
}
