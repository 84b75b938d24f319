/// The edited tokens of a sample as they are put together, and what of the sample's base they no longer hold.
struct SampleStream {
  private let limit: Int
  /// Where in the base the first token is that the full stream has no (whole) room for.
  private var firstLost: Int?

  init(limit: Int) { self.limit = limit }

  func missing(_ record: SampleRecord) -> Int { limit - record.window.count }

  /// Appends tokens as the base has them.
  mutating func appendBase(_ tokens: UnsafeBufferPointer<UInt32>, at position: Int, _ record: inout SampleRecord) {
    if firstLost == nil && record.window.count + tokens.count > limit {
      firstLost = position + max(0, limit - record.window.count)
    }
    record.window.append(contentsOf: tokens)
  }

  private mutating func appendBase(
    _ view: SegmentView, _ tokens: Range<Int>, at position: Int, _ record: inout SampleRecord
  ) {
    view.tokens.withUnsafeBufferPointer {
      appendBase(UnsafeBufferPointer(rebasing: $0[tokens]), at: position, &record)
    }
  }

  mutating func pad(with token: UInt32, _ record: inout SampleRecord) {
    record.window.append(contentsOf: repeatElement(token, count: missing(record)))
  }

  /// Appends the core of a view with the edits that were found in it. `position` is where the core begins, counted from
  /// the sample's start.
  mutating func append(_ view: SegmentView, _ found: FoundEdits, at position: Int, _ record: inout SampleRecord) {
    let core = view.core
    let shift = position - core.lowerBound
    var next = core.lowerBound
    for edit in found.edits where edit.region.tokens.overlaps(core) {
      let part = edit.region.tokens.clamped(to: core)
      appendBase(view, next..<part.lowerBound, at: next + shift, &record)
      append(edit, part, view, found, shift, &record)
      next = part.upperBound
    }
    appendBase(view, next..<core.upperBound, at: next + shift, &record)
    for candidate in found.left where core.contains(candidate.token) { record.note(candidate, view, shift) }
  }

  /// Appends the part of an edit's new tokens that belongs to `part` of its region.
  ///
  /// Where the core's edge divides a region, each side gets the new tokens at its own places, and the last side the rest.
  private mutating func append(
    _ edit: SegmentEdit, _ part: Range<Int>, _ view: SegmentView, _ found: FoundEdits, _ shift: Int,
    _ record: inout SampleRecord
  ) {
    let region = edit.region
    let count = region.ids.count
    let from = min(part.lowerBound - region.tokens.lowerBound, count)
    let to =
      part.upperBound == region.tokens.upperBound ? count : min(part.upperBound - region.tokens.lowerBound, count)
    let position = region.tokens.lowerBound + shift
    // A region that an earlier piece of this sample began is noted there.
    if part.lowerBound == region.tokens.lowerBound || part.lowerBound + shift == 0 {
      record.note(edit, view, found, position: position, outputPosition: record.window.count - from)
    }
    if view.core.contains(found.first(of: edit).token) {
      record.changePronouns(edit, view, found)
    }
    if firstLost == nil && record.window.count + to - from > limit { firstLost = max(0, position) }
    record.window.append(found.ids, (region.ids.lowerBound + from)..<(region.ids.lowerBound + to))
  }

  /// Cuts the stream to its length and marks what fell off.
  func finish(_ record: inout SampleRecord) {
    record.window.removeSubrange(min(limit, record.window.count)...)
    guard let firstLost else { return }
    record.lost.append(contentsOf: record.control.dropFirst(firstLost))
    for index in record.edits.indices where record.edits[index].position >= firstLost {
      record.edits[index].isCut = true
    }
  }
}
