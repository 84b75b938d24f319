import Tokenization

/// A span's tokens with some of its item's on either side: enough to see, without text, where a word may begin.
struct TokenWindow {
  private var buffer: [UInt32] = []
  private var count = 0
  /// The span's part, as indices into the tokens held.
  private(set) var core = 0..<0

  /// A token has at least one byte: so many tokens hold all bytes in which an edit can begin that changes the span.
  private static let margin = SegmentEditor.neighbourhood

  /// Some of the span's tokens, all of one segment.
  struct Piece {
    /// Indices into the window's tokens.
    var tokens: Range<Int>
    /// The pronouns that begin in it.
    var pronouns = PronounCounts()
  }

  /// The tokens in which a form may begin that changes the last piece, as offsets in the item. If there are none, no edit
  /// can change a token of the piece.
  private(set) var formTokens: [Int] = []
  /// Offset in the item of the first token held.
  private var firstToken = 0

  mutating func load(_ span: Span, from base: some BaseTokens) throws {
    let low = max(0, span.offset - Self.margin)
    let high = min(base.size(dataset: span.dataset, item: span.item), span.offset + span.count + Self.margin)
    core = (span.offset - low)..<(span.offset - low + span.count)
    count = high - low
    firstToken = low
    if buffer.count < count { buffer = [UInt32](repeating: 0, count: count) }
    try buffer.withUnsafeMutableBufferPointer {
      try base.copy(dataset: span.dataset, item: span.item, offset: low, count: high - low, into: $0.baseAddress!)
    }
  }

  subscript(index: Int) -> UInt32 { buffer[index] }

  /// Hands over some of the tokens.
  func withTokens(_ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The span's tokens from `start` to the next special one, or to the span's end. `isEdited` is whether to look for
  /// forms at all. Linear, with a look at one byte for most tokens.
  mutating func piece(from start: Int, _ plan: InterventionPlan, isEdited: Bool) -> Piece {
    formTokens.removeAll(keepingCapacity: true)
    var forms = formTokens
    let marks = plan.marks
    let piece = buffer.withUnsafeBufferPointer { buffer in
      let tokens = UnsafeBufferPointer(rebasing: buffer[..<count])
      if isEdited { addForms(in: segmentStart(before: start, tokens, marks)..<start, tokens, marks, &forms) }
      var piece = Piece(tokens: start..<core.upperBound)
      var index = start
      while true {
        index = marks.firstMarked(in: tokens, from: index, to: core.upperBound)
        guard index < core.upperBound else { break }
        let mark = marks[tokens[index]]
        if mark.contains(.special) { break }
        if mark.contains(.form) && isEdited && marks.mayBeginForm(at: index, of: tokens) {
          forms.append(firstToken + index)
        }
        if mark.contains(.pronoun) { countPronouns(at: index, tokens, plan, &piece.pronouns) }
        index += 1
      }
      piece.tokens = start..<index
      if isEdited { addForms(in: index..<count, tokens, marks, &forms) }
      return piece
    }
    formTokens = forms
    return piece
  }

  /// Where the segment of the token before `start` begins, as far as the window holds it.
  private func segmentStart(
    before start: Int, _ tokens: UnsafeBufferPointer<UInt32>, _ marks: TokenMarks
  ) -> Int {
    var index = start
    while index > 0 && !marks[tokens[index - 1]].contains(.special) && start - index < Self.margin { index -= 1 }
    return index
  }

  /// Adds the tokens of a range in which a form may begin, up to the first special one.
  private func addForms(
    in range: Range<Int>, _ tokens: UnsafeBufferPointer<UInt32>, _ marks: TokenMarks, _ forms: inout [Int]
  ) {
    let end = min(range.upperBound, range.lowerBound + Self.margin)
    var index = range.lowerBound
    while true {
      index = marks.firstMarked(in: tokens, from: index, to: end)
      guard index < end, !marks[tokens[index]].contains(.special) else { return }
      if marks[tokens[index]].contains(.form) && marks.mayBeginForm(at: index, of: tokens) {
        forms.append(firstToken + index)
      }
      index += 1
    }
  }

  // MARK: Pronouns

  /// Counts the pronouns that begin in a token.
  private func countPronouns(
    at index: Int, _ tokens: UnsafeBufferPointer<UInt32>, _ plan: InterventionPlan, _ counts: inout PronounCounts
  ) {
    if let word = plan.marks.pronoun(at: index, of: tokens) {
      counts[word] += 1
    } else if plan.marks.mayBeginPronoun(at: index, of: tokens) {
      countInText(at: index, tokens, plan, &counts)
    }
  }

  /// The same from the text of the token and of a few beside it.
  private func countInText(
    at index: Int, _ tokens: UnsafeBufferPointer<UInt32>, _ plan: InterventionPlan, _ counts: inout PronounCounts
  ) {
    let isText = { (place: Int) in tokens.indices.contains(place) && !plan.marks[tokens[place]].contains(.special) }
    // A character before, a word and a character behind: four bytes, and fourteen.
    var low = index
    while index - low < 4 && isText(low - 1) { low -= 1 }
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for place in low..<index { text += plan.tokenizer.bytes(of: tokens[place]) }
    let start = text.count
    text += plan.tokenizer.bytes(of: tokens[index])
    let end = text.count
    var next = index + 1
    while text.count < end + 14 && isText(next) {
      text += plan.tokenizer.bytes(of: tokens[next])
      next += 1
    }
    text.withUnsafeBufferPointer { counts.add($0, start..<end) }
  }
}
