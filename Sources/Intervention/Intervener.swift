import Tokenization

/// Makes samples: base tokens in, edited tokens and a record of every decision out. One for each worker.
///
/// A sample is made from its spans alone, so that samples can be made in any order, by any number of workers, and always
/// come out the same.
public final class Intervener<Base: BaseTokens> {
  private let plan: InterventionPlan
  private let base: Base
  private let editor: SegmentEditor
  private var view = SegmentView()

  /// Bytes loaded on either side of a span at first; doubled where that is not enough to decide.
  private static var initialMargin: Int { 1664 }
  /// Enough to count a pronoun that the span's edge divides.
  private static var wordMargin: Int { 32 }

  public init(_ plan: InterventionPlan, base: Base) throws {
    self.plan = plan
    self.base = base
    editor = try SegmentEditor(plan)
  }

  /// Makes one sample.
  ///
  /// - Parameters:
  ///   - sequence: the sample's index in the run (into shuffle_idx): the key of a selection by sequence.
  ///   - spans: where its L+1 tokens are in the base.
  ///   - isEligible: whether a span may be edited (`filter`).
  ///   - following: the spans that come after the sample in the training order, one a call; nil at the end. Asked only
  ///     under `slide`, when tokens run short.
  public func intervene(
    sequence: Int, spans: [Span], isEligible: (Span) -> Bool, following: () throws -> Span?,
    into record: inout SampleRecord
  ) throws {
    record.clear()
    for span in spans { try copyBase(span, into: &record) }
    var stream = SampleStream(limit: plan.sampleLength)
    var position = 0
    for span in spans {
      try append(span, at: position, sequence, isEligible(span), &stream, &record)
      position += span.count
    }
    try fill(&stream, at: position, sequence, isEligible, following, &record)
    stream.finish(&record)
  }

  private func copyBase(_ span: Span, into record: inout SampleRecord) throws {
    let start = record.control.count
    record.control.append(contentsOf: repeatElement(0, count: span.count))
    try record.control.withUnsafeMutableBufferPointer {
      try base.copy(
        dataset: span.dataset, item: span.item, offset: span.offset, count: span.count, into: $0.baseAddress! + start)
    }
  }

  /// Appends a span's tokens, edited, to the stream. `position` is where the span begins, counted from the sample's start.
  private func append(
    _ span: Span, at position: Int, _ sequence: Int, _ isEligible: Bool, _ stream: inout SampleStream,
    _ record: inout SampleRecord
  ) throws {
    let tokens = try self.tokens(of: span)
    var start = 0
    while start < tokens.count {
      var end = start
      while end < tokens.count && !plan.tokenizer.isSpecial(tokens[end]) { end += 1 }
      if end > start {
        try loadSegment(start..<end, of: span, sequence, isEligible && !plan.stages.isEmpty)
        stream.append(view, editor.edits, editor.left, at: position + start, &record)
      }
      if end < tokens.count { stream.appendBase(tokens[end...end], at: position + end, &record) }
      start = end + 1
    }
  }

  private func tokens(of span: Span) throws -> [UInt32] {
    try [UInt32](unsafeUninitializedCapacity: span.count) { buffer, count in
      try base.copy(
        dataset: span.dataset, item: span.item, offset: span.offset, count: span.count, into: buffer.baseAddress!)
      count = span.count
    }
  }

  /// Loads the tokens `range` of a span, all of one segment, and finds the edits in them.
  private func loadSegment(_ range: Range<Int>, of span: Span, _ sequence: Int, _ isEdited: Bool) throws {
    let core = (span.offset + range.lowerBound)..<(span.offset + range.upperBound)
    guard isEdited else {
      editor.findNothing()
      return try view.load(core, of: span, from: base, plan.tokenizer, margin: Self.wordMargin)
    }
    var margin = Self.initialMargin
    while true {
      try view.load(core, of: span, from: base, plan.tokenizer, margin: margin)
      if try editor.findEdits(in: view, sequence: sequence) { return }
      margin *= 2
    }
  }

  /// Brings a stream that edits made too short to its length.
  private func fill(
    _ stream: inout SampleStream, at start: Int, _ sequence: Int, _ isEligible: (Span) -> Bool,
    _ following: () throws -> Span?, _ record: inout SampleRecord
  ) throws {
    // What is aligned is never too short, whatever a sample's length.
    guard plan.length != .aligned else { return }
    var position = start
    while stream.missing(record) > 0 {
      guard plan.length == .slide else { return stream.pad(with: plan.paddingToken!, &record) }
      guard var rest = try following() else { throw InterventionError.orderEnds(sequence: sequence) }
      while rest.count > 0 && stream.missing(record) > 0 {
        var piece = rest
        piece.count = min(rest.count, stream.missing(record))
        try append(piece, at: position, sequence, isEligible(piece), &stream, &record)
        position += piece.count
        rest.offset += piece.count
        rest.count -= piece.count
      }
    }
  }
}
