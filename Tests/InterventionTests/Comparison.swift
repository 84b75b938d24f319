import SwapRules
import Testing
import Tokenization

@testable import Intervention

/// Makes samples both ways and expects the same of each.
final class Comparison {
  let slow: SlowIntervention
  let intervener: Intervener<MemoryBase>
  let sampleLength: Int
  private var decided: [SIMD2<Int>: SlowIntervention.Decisions] = [:]
  /// What the samples had, so that a test can say that it tested something.
  private(set) var editCount = 0
  private(set) var reasons: [String: Int] = [:]
  /// Samples that were copied as well as made.
  private(set) var copyCount = 0
  private(set) var copiedPronouns = PronounCounts()

  init(
    _ tokenizer: Tokenizer, _ stages: [SwapStage], _ length: LengthPolicy, _ base: MemoryBase, sampleLength: Int
  ) throws {
    self.sampleLength = sampleLength
    slow = try SlowIntervention(tokenizer, stages, length, base)
    let plan = try InterventionPlan(tokenizer: tokenizer, stages: stages, length: length, sampleLength: sampleLength)
    intervener = try Intervener(plan, base: base)
  }

  private func decisions(_ span: Span, _ sequence: Int) throws -> SlowIntervention.Decisions {
    let key = SIMD2(span.dataset, span.item)
    if decided[key] == nil { decided[key] = try slow.decisions(dataset: span.dataset, item: span.item) }
    var decisions = decided[key]!
    let isDrawn = { self.slow.isDrawn($0, dataset: span.dataset, item: span.item, sequence: sequence) }
    for edit in decisions.edits where !isDrawn(edit) {
      for (index, change) in edit.changes.enumerated() {
        let token = index == 0 ? edit.token : -1
        decisions.left.append(.init(token: token, change: change, text: [], reason: "selection"))
      }
    }
    decisions.edits.removeAll { !isDrawn($0) }
    return decisions
  }

  /// Makes all samples, in order, as the sequences 100, 101 and so on.
  func check(_ samples: [[Span]]) throws {
    var record = SampleRecord()
    for (index, sample) in samples.enumerated() {
      var rest = samples[(index + 1)...].joined().makeIterator()
      do {
        try intervener.intervene(
          sequence: 100 + index, spans: sample, isEligible: { $0.item % 5 != 4 }, following: { rest.next() },
          into: &record)
      } catch InterventionError.orderEnds {
        // Only where all that follows is too little.
        #expect(try stream(samples[index...].joined(), 100 + index).count < sampleLength)
        continue
      }
      // Enough for any stream: a token is not shrunk a hundredfold.
      let following = Array(samples[index...].prefix(100).joined())
      try check(record, following, spans: sample.count, sequence: 100 + index)
      try checkCopy(sample, record)
    }
  }

  private func stream(_ spans: some Sequence<Span>, _ sequence: Int) throws -> [UInt32] {
    var stream: [UInt32] = []
    for span in spans {
      let item = slow.base.datasets[span.dataset][span.item]
      let edits = span.item % 5 != 4 ? try decisions(span, sequence).edits : []
      for index in span.offset..<(span.offset + span.count) { stream += slow.tokens(index, of: item, edits) }
      if stream.count >= sampleLength { break }
    }
    return stream
  }

  private func check(_ record: SampleRecord, _ spans: [Span], spans count: Int, sequence: Int) throws {
    let control = spans.prefix(count).flatMap {
      slow.base.datasets[$0.dataset][$0.item][$0.offset..<($0.offset + $0.count)]
    }
    try #require(record.control == control)
    var window = try stream(slow.length == .slide ? spans[...] : spans.prefix(count), sequence)
    window += [UInt32](repeating: 1, count: max(0, sampleLength - window.count))
    try #require(record.window == Array(window.prefix(sampleLength)), "sequence \(sequence)")
    if slow.length == .aligned { try checkDecisions(record, Array(spans.prefix(count)), sequence) }
    checkUndo(record, sequence)
    editCount += record.edits.count
    for left in record.left { reasons[left.reason, default: 0] += 1 }
  }

  /// What is copied is what would have been made.
  private func checkCopy(_ sample: [Span], _ record: SampleRecord) throws {
    let count = sample.reduce(0) { $0 + $1.count }
    var copy = [UInt16](repeating: 0, count: count)
    guard let pronouns = try intervener.copyUntouched(sample, isEligible: { $0.item % 5 != 4 }, to: &copy) else {
      return
    }
    try #require(copy.map { UInt32($0) } == record.control)
    try #require(record.edits.isEmpty && record.left.isEmpty && record.lost.isEmpty)
    try #require(record.window.starts(with: record.control))
    try #require(pronouns == record.pronounsBefore && pronouns == record.pronounsAfter)
    copyCount += 1
    copiedPronouns += pronouns
  }

  /// Every edit and every word left alone is noted once, where it is.
  private func checkDecisions(_ record: SampleRecord, _ spans: [Span], _ sequence: Int) throws {
    var edits: [NotedEdit] = []
    var left: [String] = []
    var position = 0
    for span in spans {
      let shift = position - span.offset
      let range = span.offset..<(span.offset + span.count)
      let item = slow.base.datasets[span.dataset][span.item]
      let decisions = span.item % 5 != 4 ? try decisions(span, sequence) : .init()
      for edit in decisions.edits where edit.tokens.overlaps(range) {
        guard range.contains(edit.tokens.lowerBound) || position == 0 else { continue }
        let first = edit.changes[0]
        edits.append(
          NotedEdit(
            places: [
              edit.tokens.lowerBound + shift, edit.tokens.lowerBound + shift, span.dataset, span.item, edit.token,
            ],
            rule: [first.stage, first.rule, first.branch],
            isUncertain: edit.changes.contains(where: \.isUncertain), before: edit.before, after: edit.after,
            beforeIDs: Array(item[edit.tokens]), afterIDs: edit.replacement, isCut: false))
      }
      for word in decisions.left where range.contains(word.token) {
        left.append(
          "\(word.token + shift) \(word.change.stage) \(word.change.rule) \(word.change.branch) \(name(word.reason))")
      }
      position += span.count
    }
    try #require(record.edits.map { NotedEdit($0, record) } == edits, "sequence \(sequence)")
    let noted = record.left.map { "\($0.position) \($0.stage) \($0.rule) \($0.branch) \(name($0.reason))" }
    try #require(noted.sorted() == left.sorted(), "sequence \(sequence)")
    try #require(record.left.map(\.position) == record.left.map(\.position).sorted())
  }

  /// Beside a cut the two are one: what is not seen is as good as other.
  private func name(_ reason: String) -> String {
    slow.base.itemsAreCut && reason == "noncanonical" ? "edge" : reason
  }

  /// The control comes back out of the window, its edits and the lost tokens.
  private func checkUndo(_ record: SampleRecord, _ sequence: Int) {
    var control: [UInt32] = []
    var next = 0
    for edit in record.edits where !edit.isCut {
      if edit.outputPosition > next { control += record.window[next..<min(edit.outputPosition, record.window.count)] }
      control += record.ids[edit.beforeIDs].dropFirst(max(0, -edit.position))
      next = max(next, edit.outputPosition + edit.afterIDs.count)
    }
    if next < record.window.count { control += record.window[next...] }
    control = Array(control.prefix(sampleLength - record.lost.count)) + record.lost
    #expect(control == record.control, "sequence \(sequence)")
  }
}

/// An edit of a record with its text and ids.
private struct NotedEdit: Equatable {
  /// Position, output position, data set, item and token.
  var places: [Int]
  /// Stage, rule and branch.
  var rule: [Int]
  var isUncertain: Bool
  var before: [UInt8]
  var after: [UInt8]
  var beforeIDs: [UInt32]
  var afterIDs: [UInt32]
  var isCut: Bool
}

extension NotedEdit {
  init(_ edit: SampleRecord.Edit, _ record: SampleRecord) {
    self.init(
      places: [edit.position, edit.outputPosition, edit.dataset, edit.item, edit.itemToken],
      rule: [edit.stage, edit.rule, edit.branch], isUncertain: edit.isUncertain,
      before: Array(record.text[edit.before]), after: Array(record.text[edit.after]),
      beforeIDs: Array(record.ids[edit.beforeIDs]), afterIDs: Array(record.ids[edit.afterIDs]), isCut: edit.isCut)
  }
}
