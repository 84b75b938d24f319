import SwapRules
import Tokenization

/// A stretch of one segment as tokens and as text.
///
/// A segment is a longest run of ordinary tokens of one item: special tokens end it. A view holds the part of a segment
/// that lies in a span, and enough on either side to decide and to re-encode there.
struct SegmentView {
  /// What stands beyond an end of the view.
  enum Edge {
    /// The segment's own end.
    case end
    /// An item's edge in a base of cut-out samples: the text goes on, unseen.
    case cut
    /// More of the segment, not loaded.
    case more
  }

  private(set) var dataset = 0
  private(set) var item = 0
  /// Offset in the item of the first token held.
  private(set) var firstToken = 0
  private(set) var tokens: [UInt32] = []
  /// Byte offset of each token, and the end: one more than there are tokens.
  private(set) var starts: [Int] = []
  private(set) var bytes: [UInt8] = []
  private(set) var left = Edge.end
  private(set) var right = Edge.end
  /// The span's part of the view, as indices into `tokens`.
  private(set) var core = 0..<0

  /// The core as bytes.
  var coreBytes: Range<Int> { starts[core.lowerBound]..<starts[core.upperBound] }

  /// Loads the segment around tokens `core` of a span's item, with at least `margin` bytes on either side where there are.
  ///
  /// `core` holds no special token; `window` holds the span. Throws if a token is not in the vocabulary.
  mutating func load(
    _ core: Range<Int>, of span: Span, _ window: TokenWindow, from base: some BaseTokens, _ plan: InterventionPlan,
    margin: Int
  ) throws {
    dataset = span.dataset
    item = span.item
    let size = base.size(dataset: dataset, item: item)
    let edge = base.itemsAreCut ? Edge.cut : .end
    // Most tokens have three bytes and more; `margin` tokens always have `margin` bytes.
    for reach in [margin / 3, margin] {
      let low = max(0, core.lowerBound - reach)
      let high = min(size, core.upperBound + reach)
      try copy(low..<high, window, from: base)
      let (start, end) = (core.lowerBound - low, core.upperBound - low)
      let (before, behind) = tokens.withUnsafeBufferPointer {
        (
          plan.marks.count(holding: margin, of: $0, from: start - 1, step: -1),
          plan.marks.count(holding: margin, of: $0, from: end, step: 1)
        )
      }
      if reach < margin && (before == start && low > 0 || behind == tokens.count - end && high < size) { continue }
      left = self.edge(at: start - before - 1, atItemEnd: low == 0 ? edge : .more, plan.marks)
      right = self.edge(at: end + behind, atItemEnd: high == size ? edge : .more, plan.marks)
      tokens.removeSubrange((end + behind)...)
      tokens.removeSubrange(..<(start - before))
      firstToken = core.lowerBound - before
      self.core = before..<(before + core.count)
      return try decode(plan.tokenizer)
    }
  }

  /// What stands beyond the tokens to be kept, of which `index` is the next.
  private func edge(at index: Int, atItemEnd edge: Edge, _ marks: TokenMarks) -> Edge {
    guard tokens.indices.contains(index) else { return edge }
    return marks[tokens[index]].contains(.special) ? .end : .more
  }

  /// Takes tokens that the window has from there, the others from the base.
  private mutating func copy(_ range: Range<Int>, _ window: TokenWindow, from base: some BaseTokens) throws {
    if tokens.count > range.count { tokens.removeSubrange(range.count...) }
    tokens.append(contentsOf: repeatElement(0, count: range.count - tokens.count))
    let held = window.held.clamped(to: range)
    try tokens.withUnsafeMutableBufferPointer { tokens in
      guard let target = tokens.baseAddress else { return }
      window.copy(held, into: target + (held.lowerBound - range.lowerBound))
      for missing in [range.lowerBound..<held.lowerBound, held.upperBound..<range.upperBound] where !missing.isEmpty {
        try base.copy(
          dataset: dataset, item: item, offset: missing.lowerBound, count: missing.count,
          into: target + (missing.lowerBound - range.lowerBound))
      }
    }
  }

  private mutating func decode(_ tokenizer: Tokenizer) throws {
    guard let unknown = tokenizer.decodeRun(tokens, into: &bytes, starts: &starts) else { return }
    throw InterventionError.unknownToken(
      id: tokens[unknown], dataset: dataset, item: item, offset: firstToken + unknown)
  }

  /// The token that begins at a byte, or nil if none does.
  func token(startingAt byte: Int) -> Int? {
    let index = token(holding: byte)
    return starts[index] == byte ? index : nil
  }

  /// The last token that begins at or before a byte (`tokens.count` for the end of the text).
  func token(holding byte: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= byte { low = middle } else { high = middle }
    }
    return low
  }
}
