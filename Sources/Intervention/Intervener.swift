import SwapRules
import Tokenization

/// Makes samples: base tokens in, edited tokens and a record of every decision out. One for each worker.
///
/// A sample is made from its spans alone, so that samples can be made in any order, by any number of workers, and always
/// come out the same.
public final class Intervener<Base: BaseTokens> {
  private let plan: InterventionPlan
  private let base: Base
  private let untouched: UntouchedTokens
  private var editor: SegmentEditor
  private var window = TokenWindow()
  private var view = SegmentView()

  /// Bytes loaded on either side of a span at first: what the rules can ask for, beyond where edits are sought. Doubled
  /// where that is not enough to decide.
  private static var initialMargin: Int { Matcher.reach + 2 * SegmentEditor.neighbourhood }

  public init(_ plan: InterventionPlan, base: Base) throws {
    self.plan = plan
    self.base = base
    untouched = UntouchedTokens(plan: plan)
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
    var stream = SampleStream(limit: plan.sampleLength)
    var position = 0
    for span in spans {
      try window.load(span, from: base, plan.marks)
      window.withTokens(window.core) { record.control.append(contentsOf: $0) }
      try append(span, at: position, sequence, isEligible(span), &stream, &record)
      position += span.count
    }
    try fill(&stream, at: position, sequence, isEligible, following, &record)
    stream.finish(&record)
  }

  /// Copies a sample in which nothing can change, as its tokens are stored, and returns its pronouns. Nil where that is not
  /// sure: such a sample is to be made. `target` has room for all of it.
  public func copyUntouched(
    _ spans: [Span], isEligible: (Span) -> Bool, to target: UnsafeMutablePointer<UInt16>
  ) throws -> PronounCounts? {
    var pronouns = PronounCounts()
    var position = 0
    for span in spans {
      guard let counts = try copyUntouched(span, isEdited: isEligible(span), to: target + position) else { return nil }
      pronouns += counts
      position += span.count
    }
    return pronouns
  }

  private func copyUntouched(
    _ span: Span, isEdited: Bool, to target: UnsafeMutablePointer<UInt16>
  ) throws -> PronounCounts? {
    let held = TokenWindow.tokens(around: span, ofItemWith: base.size(dataset: span.dataset, item: span.item))
    let core = (span.offset - held.lowerBound)..<(span.offset - held.lowerBound + span.count)
    let (dataset, item) = (span.dataset, span.item)
    let found = try base.withStored(dataset: dataset, item: item, offset: held.lowerBound, count: held.count) {
      tokens in
      let pronouns = untouched.pronouns(in: tokens, core: core, isEdited: isEdited && !plan.stages.isEmpty)
      if pronouns != nil { target.update(from: tokens.baseAddress! + core.lowerBound, count: core.count) }
      return pronouns
    }
    return found ?? nil
  }

  /// Appends the span that the window holds, edited, to the stream. `position` is where the span begins, counted from the
  /// sample's start.
  private func append(
    _ span: Span, at position: Int, _ sequence: Int, _ isEligible: Bool, _ stream: inout SampleStream,
    _ record: inout SampleRecord
  ) throws {
    let isEdited = isEligible && !plan.stages.isEmpty
    var start = window.core.lowerBound
    while start < window.core.upperBound {
      let piece = window.piece(from: start, plan, isEdited: isEdited)
      let place = position + start - window.core.lowerBound
      record.pronounsBefore += piece.pronouns
      record.pronounsAfter += piece.pronouns
      let edited = try findEdits(in: piece.tokens, of: span, sequence)
      appendBase(piece.tokens.lowerBound..<edited.lowerBound, at: place, &stream, &record)
      if !edited.isEmpty {
        stream.append(view, editor.found, at: place + edited.lowerBound - start, &record)
      }
      appendBase(edited.upperBound..<piece.tokens.upperBound, at: place + edited.upperBound - start, &stream, &record)
      start = piece.tokens.upperBound
      guard start < window.core.upperBound else { break }
      try requireKnown(start, of: span)
      // Padding is such a token hundreds of times: between two of the same is nothing to be made.
      let end = window.endOfRun(from: start)
      appendBase(start..<end, at: position + start - window.core.lowerBound, &stream, &record)
      start = end
    }
  }

  /// Appends tokens of the window as they are.
  private func appendBase(
    _ tokens: Range<Int>, at place: Int, _ stream: inout SampleStream, _ record: inout SampleRecord
  ) {
    if tokens.isEmpty { return }
    window.withTokens(tokens) { stream.appendBase($0, at: place, &record) }
  }

  /// Throws if the window's token is none of the vocabulary.
  private func requireKnown(_ index: Int, of span: Span) throws {
    let id = window[index]
    guard plan.tokenizer.bytes(of: id).isEmpty else { return }
    throw InterventionError.unknownToken(
      id: id, dataset: span.dataset, item: span.item, offset: span.offset + index - window.core.lowerBound)
  }

  /// Finds the edits in a piece of the window. Returns the tokens that the view has of it: those that can change.
  private func findEdits(in piece: Range<Int>, of span: Span, _ sequence: Int) throws -> Range<Int> {
    let editable = window.editable(piece, plan.marks)
    if editable.isEmpty { return editable }
    try load(editable, of: span, sequence)
    if editor.found.staysWithin(
      view.core, atStart: editable.lowerBound > piece.lowerBound, atEnd: editable.upperBound < piece.upperBound)
    {
      return editable
    }
    try load(piece, of: span, sequence)
    return piece
  }

  /// Loads tokens of the window that are all of one segment, with their surroundings, and finds the edits in them.
  private func load(_ tokens: Range<Int>, of span: Span, _ sequence: Int) throws {
    let shift = span.offset - window.core.lowerBound
    let core = (tokens.lowerBound + shift)..<(tokens.upperBound + shift)
    var margin = Self.initialMargin
    while true {
      try view.load(core, of: span, window, from: base, plan, margin: margin)
      if try editor.findEdits(in: view, formTokens: window.formTokens, sequence: sequence) { return }
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
        try window.load(piece, from: base, plan.marks)
        try append(piece, at: position, sequence, isEligible(piece), &stream, &record)
        position += piece.count
        rest.offset += piece.count
        rest.count -= piece.count
      }
    }
  }
}
