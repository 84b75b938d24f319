import SwapRules
import Tokenization

/// Makes the matched control of a sample: as many edits as the window has, but of words that say nothing of gender. One
/// for each worker.
///
/// For each edit of the window, in order, the next word behind it in the same span that the table of pairs can replace
/// without changing the number of tokens, and that stands for no edit yet, is replaced in the control. Where none is left
/// the edit has no stand-in. Edits that fell off the sample's end have none either: the window does not show them.
public final class RandomEdits<Base: BaseTokens> {
  private let words: Intervener<Base>
  private var found = SampleRecord()

  /// `pairs` is a pack whose words are replaced wherever they stand and its guards allow it.
  public init(_ pairs: RulePack, _ tokenizer: Tokenizer, sampleLength: Int, base: Base) throws {
    let stage = SwapStage(pack: pairs, selection: Selection())
    let plan = try InterventionPlan(
      tokenizer: tokenizer, stages: [stage], length: .aligned, sampleLength: sampleLength)
    words = try Intervener(plan, base: base)
  }

  /// Fills `matched` and `standIns` of a finished record. `spans` are those that the sample was made from.
  public func makeControl(sequence: Int, spans: [Span], into record: inout SampleRecord) throws {
    record.matched = record.control
    record.standIns = [SampleRecord.StandIn?](repeating: nil, count: record.edits.count)
    guard !record.edits.isEmpty else { return }
    // Only spans with an edit are searched: most of the text has none.
    let busy = spansWithEdits(spans, record)
    try words.intervene(
      sequence: sequence, spans: spans, isEligible: { busy.contains($0) }, following: { nil }, into: &found)
    var (start, edit, word) = (0, 0, 0)
    for span in spans {
      match(start..<(start + span.count), &edit, &word, &record)
      start += span.count
    }
  }

  private func spansWithEdits(_ spans: [Span], _ record: SampleRecord) -> [Span] {
    var busy: [Span] = []
    var (start, edit) = (0, 0)
    for span in spans {
      let first = edit
      while edit < record.edits.count && record.edits[edit].position < start + span.count { edit += 1 }
      if edit > first { busy.append(span) }
      start += span.count
    }
    return busy
  }

  /// Finds stand-ins for the edits that begin in one span, or before the sample if it is the first. Edits and words are
  /// in order and apart, so that one pass over both finds the next word for each.
  private func match(_ span: Range<Int>, _ edit: inout Int, _ word: inout Int, _ record: inout SampleRecord) {
    while edit < record.edits.count && record.edits[edit].position < span.upperBound {
      let made = record.edits[edit]
      if !made.isCut {
        let behind = max(span.lowerBound, made.position + made.beforeIDs.count)
        while word < found.edits.count && found.edits[word].position < behind { word += 1 }
        if word < found.edits.count,
          found.edits[word].position + found.edits[word].beforeIDs.count <= span.upperBound
        {
          record.note(found.edits[word], of: found, standsFor: edit)
          word += 1
        }
      }
      edit += 1
    }
  }
}
