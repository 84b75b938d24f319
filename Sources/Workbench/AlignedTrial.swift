import Intervention
import SwapRules
import Tokenization

/// Tries a pack's edits on whole texts as a run with `length: aligned` and `fraction: 1` makes them: what the tokenizer
/// gives is the base, and the run's own intervener decides.
final class AlignedTrial {
  private let encoder: Encoder
  private let base = OneText()
  private let intervener: Intervener<OneText>
  private var record = SampleRecord()

  init(_ pack: RulePack, _ tokenizer: Tokenizer) throws {
    encoder = Encoder(tokenizer)
    let plan = try InterventionPlan(
      tokenizer: tokenizer, stages: [SwapStage(pack: pack, selection: Selection())], length: .aligned,
      sampleLength: .max)
    intervener = try Intervener(plan, base: base)
  }

  func add(_ text: UnsafeBufferPointer<UInt8>, to tokens: inout RuleStatistics.Tokens) throws {
    base.tokens.removeAll(keepingCapacity: true)
    try encoder.encode(text, into: &base.tokens)
    guard !base.tokens.isEmpty else { return }
    try intervener.intervene(
      sequence: 0, spans: [Span(dataset: 0, item: 0, offset: 0, count: base.tokens.count)], isEligible: { _ in true },
      following: { nil }, into: &record)
    tokens.tokens += base.tokens.count
    tokens.made += record.edits.count
    for candidate in record.left where [LeftReason.length, LeftReason.noncanonical].contains(candidate.reason) {
      tokens.leftOut[candidate.reason, default: 0] += 1
    }
  }
}

/// A base of one text, which changes from call to call. Used by one thread.
private final class OneText: BaseTokens, @unchecked Sendable {
  var tokens: [UInt32] = []

  func size(dataset: Int, item: Int) -> Int { tokens.count }

  func copy(dataset: Int, item: Int, offset: Int, count: Int, into target: UnsafeMutablePointer<UInt32>) {
    tokens.withUnsafeBufferPointer { source in
      target.update(from: source.baseAddress! + offset, count: count)
    }
  }

  var itemsAreCut: Bool { false }
}
