/// The edited tokens of a sample as they are put together, and what of the sample's base they no longer hold.
struct SampleStream {
  private let limit: Int
  /// Where in the base the first token is that the full stream has no (whole) room for.
  private var firstLost: Int?

  init(limit: Int) { self.limit = limit }

  func missing(_ record: SampleRecord) -> Int { limit - record.window.count }

  /// Appends tokens as the base has them.
  mutating func appendBase(_ tokens: ArraySlice<UInt32>, at position: Int, _ record: inout SampleRecord) {
    if firstLost == nil && record.window.count + tokens.count > limit {
      firstLost = position + max(0, limit - record.window.count)
    }
    record.window.append(contentsOf: tokens)
  }

  mutating func pad(with token: UInt32, _ record: inout SampleRecord) {
    record.window.append(contentsOf: repeatElement(token, count: missing(record)))
  }

  /// Appends the core of a view with its edits. `position` is where the core begins, counted from the sample's start.
  mutating func append(
    _ view: SegmentView, _ edits: [SegmentEdit], _ left: [LeftCandidate], at position: Int, _ record: inout SampleRecord
  ) {
    let core = view.core
    let shift = position - core.lowerBound
    var next = core.lowerBound
    let pronouns = view.pronouns()
    record.pronounsBefore += pronouns
    record.pronounsAfter += pronouns
    for edit in edits where edit.region.tokens.overlaps(core) {
      let part = edit.region.tokens.clamped(to: core)
      appendBase(view.tokens[next..<part.lowerBound], at: next + shift, &record)
      appendEdit(edit, part, view, shift, &record)
      next = part.upperBound
    }
    appendBase(view.tokens[next..<core.upperBound], at: next + shift, &record)
    for candidate in left { note(candidate, view, shift, &record) }
  }

  /// Appends the part of an edit's new tokens that belongs to `part` of its region.
  ///
  /// Where the core's edge divides a region, each side gets the new tokens at its own places, and the last side the rest.
  private mutating func appendEdit(
    _ edit: SegmentEdit, _ part: Range<Int>, _ view: SegmentView, _ shift: Int, _ record: inout SampleRecord
  ) {
    let region = edit.region
    let count = region.replacement.count
    let from = min(part.lowerBound - region.tokens.lowerBound, count)
    let to =
      part.upperBound == region.tokens.upperBound ? count : min(part.upperBound - region.tokens.lowerBound, count)
    let position = region.tokens.lowerBound + shift
    // A region that an earlier piece of this sample began is noted there.
    if part.lowerBound == region.tokens.lowerBound || part.lowerBound + shift == 0 {
      record.edits.append(view.record(edit, position: position, outputPosition: record.window.count - from))
    }
    if view.holdsStart(of: edit.range) { view.changePronouns(of: edit, in: &record.pronounsAfter) }
    if firstLost == nil && record.window.count + to - from > limit { firstLost = max(0, position) }
    record.window.append(contentsOf: region.replacement[from..<to])
  }

  private func note(_ candidate: LeftCandidate, _ view: SegmentView, _ shift: Int, _ record: inout SampleRecord) {
    let token = view.token(holding: candidate.range.lowerBound)
    guard view.core.contains(token) else { return }
    record.left.append(
      SampleRecord.Left(
        position: token + shift, dataset: view.dataset, item: view.item, itemToken: view.firstToken + token,
        stage: candidate.stage, rule: candidate.rule, branch: candidate.branch,
        text: Array(view.bytes[candidate.range]), reason: candidate.reason))
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

extension SegmentView {
  /// True if the token that holds the first of these bytes is in the core.
  func holdsStart(of range: Range<Int>) -> Bool { coreBytes.contains(range.lowerBound) }

  /// The pronouns that begin in the core.
  func pronouns() -> PronounCounts {
    bytes.withUnsafeBufferPointer { PronounCounts(in: $0, coreBytes) }
  }

  /// Changes a count of pronouns as an edit does.
  func changePronouns(of edit: SegmentEdit, in total: inout PronounCounts) {
    // One character on either side decides what a word is; it has at most four bytes.
    let low = max(0, edit.range.lowerBound - 4)
    let high = min(bytes.count, edit.range.upperBound + 4)
    let before = Array(bytes[low..<high])
    let prefix = bytes[low..<edit.range.lowerBound]
    let after = prefix + edit.replacement + bytes[edit.range.upperBound..<high]
    let count = { (text: [UInt8], length: Int) in
      text.withUnsafeBufferPointer { PronounCounts(in: $0, prefix.count..<(prefix.count + length)) }
    }
    total += count(Array(after), edit.replacement.count)
    total -= count(before, edit.range.count)
  }

  func record(_ edit: SegmentEdit, position: Int, outputPosition: Int) -> SampleRecord.Edit {
    SampleRecord.Edit(
      position: position, outputPosition: outputPosition, dataset: dataset, item: item,
      itemToken: firstToken + token(holding: edit.range.lowerBound), stage: edit.stage, rule: edit.rule,
      branch: edit.branch,
      isUncertain: edit.uncertain, before: Array(bytes[edit.range]), after: edit.replacement,
      beforeIDs: Array(tokens[edit.region.tokens]), afterIDs: edit.region.replacement, isCut: false)
  }
}
