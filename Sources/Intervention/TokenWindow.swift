import Tokenization

/// A span's tokens with some of its item's on either side: enough to see, without text, where a word may begin.
struct TokenWindow {
  private var buffer: [UInt32] = []
  private var count = 0
  /// Where the tokens with a mark are, and how many of those were passed.
  private var marked: [Int32] = []
  private var markedCount = 0
  private var passed = 0
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

  /// The tokens of the span's item that are looked at, as offsets in it.
  static func tokens(around span: Span, ofItemWith size: Int) -> Range<Int> {
    max(0, span.offset - margin)..<min(size, span.offset + span.count + margin)
  }

  mutating func load(_ span: Span, from base: some BaseTokens, _ marks: TokenMarks) throws {
    let held = Self.tokens(around: span, ofItemWith: base.size(dataset: span.dataset, item: span.item))
    let (low, high) = (held.lowerBound, held.upperBound)
    core = (span.offset - low)..<(span.offset - low + span.count)
    count = high - low
    firstToken = low
    passed = 0
    if buffer.count < count {
      buffer = [UInt32](repeating: 0, count: count)
      marked = [Int32](repeating: 0, count: count)
    }
    try buffer.withUnsafeMutableBufferPointer {
      try base.copy(dataset: span.dataset, item: span.item, offset: low, count: high - low, into: $0.baseAddress!)
    }
    markedCount = buffer.withUnsafeBufferPointer { buffer in
      marked.withUnsafeMutableBufferPointer {
        marks.list(UnsafeBufferPointer(rebasing: buffer[..<count]), into: $0.baseAddress!)
      }
    }
  }

  subscript(index: Int) -> UInt32 { buffer[index] }

  /// Behind the span's tokens from `start` on that are all the same.
  func endOfRun(from start: Int) -> Int {
    buffer.withUnsafeBufferPointer { buffer in
      buffer[start..<core.upperBound].firstIndex { $0 != buffer[start] } ?? core.upperBound
    }
  }

  /// The tokens held, as offsets in the item.
  var held: Range<Int> { firstToken..<(firstToken + count) }

  /// Copies some of the tokens held.
  func copy(_ range: Range<Int>, into target: UnsafeMutablePointer<UInt32>) {
    buffer.withUnsafeBufferPointer {
      guard let source = $0.baseAddress else { return }
      target.update(from: source + (range.lowerBound - firstToken), count: range.count)
    }
  }

  /// Hands over some of the tokens.
  func withTokens(_ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The span's tokens from `start` to the next special one, or to the span's end; asked for from left to right. `isEdited`
  /// is whether to look for forms at all. Takes a few steps for each token with a mark.
  mutating func piece(from start: Int, _ plan: InterventionPlan, isEdited: Bool) -> Piece {
    while passed < markedCount && marked[passed] < start { passed += 1 }
    // Taken out, so that they can be added to while the tokens are read.
    var forms: [Int] = []
    swap(&forms, &formTokens)
    forms.removeAll(keepingCapacity: true)
    var piece = Piece(tokens: start..<core.upperBound)
    let marks = plan.marks
    withMarked { tokens, marked in
      if isEdited { addForms(before: start, tokens, marked, marks, &forms) }
      var next = passed
      while next < marked.count && marked[next] < core.upperBound {
        let index = Int(marked[next])
        let mark = marks[tokens[index]]
        if mark.contains(.special) {
          piece.tokens = start..<index
          break
        }
        if mark.contains(.form) && isEdited && marks.mayBeginForm(at: index, of: tokens) {
          forms.append(firstToken + index)
        }
        if mark.contains(.pronoun) { plan.countPronouns(at: index, of: tokens, &piece.pronouns) }
        next += 1
      }
      if isEdited { addForms(marked[next...], before: piece.tokens.upperBound + Self.margin, tokens, marks, &forms) }
    }
    formTokens = forms
    return piece
  }

  /// The tokens of a piece that edits which begin in `formTokens` can change.
  func editable(_ piece: Range<Int>, _ marks: TokenMarks) -> Range<Int> {
    guard let first = formTokens.first, let last = formTokens.last else { return piece.lowerBound..<piece.lowerBound }
    return buffer.withUnsafeBufferPointer {
      let tokens = UnsafeBufferPointer(rebasing: $0[..<count])
      let (low, high) = (first - firstToken, last - firstToken)
      let before = marks.count(holding: SegmentEditor.neighbourhood, of: tokens, from: low - 1, step: -1)
      let behind = marks.count(holding: SegmentEditor.neighbourhood, of: tokens, from: high + 1, step: 1)
      return (low - before..<high + 1 + behind).clamped(to: piece)
    }
  }

  private func withMarked(_ body: (_ tokens: UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Int32>) -> Void) {
    buffer.withUnsafeBufferPointer { buffer in
      marked.withUnsafeBufferPointer { marked in
        body(UnsafeBufferPointer(rebasing: buffer[..<count]), UnsafeBufferPointer(rebasing: marked[..<markedCount]))
      }
    }
  }

  /// Adds the tokens of the segment before `start` in which a form may begin, as far as they matter.
  private func addForms(
    before start: Int, _ tokens: UnsafeBufferPointer<UInt32>, _ marked: UnsafeBufferPointer<Int32>,
    _ marks: TokenMarks, _ forms: inout [Int]
  ) {
    var first = passed
    while first > 0 && Int(marked[first - 1]) >= start - Self.margin
      && !marks[tokens[Int(marked[first - 1])]].contains(.special)
    { first -= 1 }
    addForms(marked[first..<passed], before: start, tokens, marks, &forms)
  }

  /// Adds those of the marked tokens before `end` in which a form may begin, up to the first special one.
  private func addForms(
    _ marked: Slice<UnsafeBufferPointer<Int32>>, before end: Int, _ tokens: UnsafeBufferPointer<UInt32>,
    _ marks: TokenMarks, _ forms: inout [Int]
  ) {
    for place in marked {
      let (index, mark) = (Int(place), marks[tokens[Int(place)]])
      guard index < end, !mark.contains(.special) else { return }
      if mark.contains(.form) && marks.mayBeginForm(at: index, of: tokens) { forms.append(firstToken + index) }
    }
  }
}
