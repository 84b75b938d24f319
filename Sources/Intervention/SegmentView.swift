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

  /// Loads the segment around tokens `core` of an item, with at least `margin` bytes on either side where there are.
  ///
  /// `core` holds no special token. Throws if a token is not in the vocabulary.
  mutating func load(
    _ core: Range<Int>, of span: Span, from base: some BaseTokens, _ tokenizer: Tokenizer, margin: Int
  ) throws {
    dataset = span.dataset
    item = span.item
    let size = base.size(dataset: dataset, item: item)
    // A token has at least one byte, so that `margin` tokens always hold `margin` bytes.
    let low = max(0, core.lowerBound - margin)
    let high = min(size, core.upperBound + margin)
    tokens.removeAll(keepingCapacity: true)
    tokens.append(contentsOf: repeatElement(0, count: high - low))
    try tokens.withUnsafeMutableBufferPointer {
      try base.copy(dataset: dataset, item: item, offset: low, count: high - low, into: $0.baseAddress!)
    }
    let edge = base.itemsAreCut ? Edge.cut : .end
    let first = trimLeft(from: core.lowerBound - low, atItemStart: low == 0, edge, tokenizer, margin)
    let last = trimRight(from: core.upperBound - low, atItemEnd: high == size, edge, tokenizer, margin)
    tokens.removeSubrange(last...)
    tokens.removeSubrange(..<first)
    firstToken = low + first
    self.core = (core.lowerBound - firstToken)..<(core.upperBound - firstToken)
    try decode(tokenizer)
  }

  /// The index of the first token to keep: `margin` bytes left of `start`, or the segment's start.
  private mutating func trimLeft(
    from start: Int, atItemStart: Bool, _ edge: Edge, _ tokenizer: Tokenizer, _ margin: Int
  ) -> Int {
    var index = start
    var held = 0
    while index > 0 && held < margin {
      let id = tokens[index - 1]
      if tokenizer.isSpecial(id) {
        left = .end
        return index
      }
      held += tokenizer.bytes(of: id).count
      index -= 1
    }
    left = index > 0 || !atItemStart ? .more : edge
    return index
  }

  /// The index behind the last token to keep.
  private mutating func trimRight(
    from end: Int, atItemEnd: Bool, _ edge: Edge, _ tokenizer: Tokenizer, _ margin: Int
  ) -> Int {
    var index = end
    var held = 0
    while index < tokens.count && held < margin {
      let id = tokens[index]
      if tokenizer.isSpecial(id) {
        right = .end
        return index
      }
      held += tokenizer.bytes(of: id).count
      index += 1
    }
    right = index < tokens.count || !atItemEnd ? .more : edge
    return index
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
