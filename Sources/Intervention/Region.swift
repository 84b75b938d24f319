import Tokenization
import UnicodeText

/// The tokens that one edit replaces, and what stands in their place.
struct Region {
  /// Indices into the view's tokens.
  var tokens: Range<Int>
  var replacement: [UInt32]
}

/// Finds the region of an edit: the smallest run of tokens [p, q) that covers every token the edit touches and for which
/// encoding the segment with this edit alone gives t[..<p], some new tokens, t[q...], t being the encoding without it.
///
/// An edit has no region where the base's own tokens in it, or in the pre-token on either side, are not t's
/// (`noncanonical`), and none in the pre-token at a cut (`edge`).
struct RegionFinder {
  enum Outcome {
    case region(Region)
    case left(reason: String)
    /// The view is too small to tell.
    case needsMore
  }

  private let encoder: Encoder
  private let tokenizer: Tokenizer
  private var diff: PreTokenDiff
  private var oldIDs: [UInt32] = []
  private var newIDs: [UInt32] = []
  private var preTokenIDs: [UInt32] = []

  init(_ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    encoder = Encoder(tokenizer)
    // An added token ends a pre-token up to four bytes before it (see Segmenter).
    diff = PreTokenDiff(encoder, lookahead: max(16, tokenizer.longestAddedToken + 4))
  }

  /// The region of one edit, or of several that are one because their regions overlap (sorted, apart).
  mutating func find(_ edits: ArraySlice<Proposal>, in view: SegmentView) throws -> Outcome {
    guard diff.compare(edits, in: view) else { return .needsMore }
    let span = edits.first!.range.lowerBound..<edits.last!.range.upperBound
    encodeChanged(view)
    let (ids, bytes) = smallestRun(covering: span)
    if let reason = try objection(to: bytes, view) { return .left(reason: reason) }
    let start = view.token(startingAt: bytes.lowerBound)!
    let kept = oldIDs.count - ids.upperBound
    return .region(
      Region(tokens: start..<(start + ids.count), replacement: Array(newIDs[ids.lowerBound..<(newIDs.count - kept)])))
  }

  /// Encodes the pre-tokens that differ.
  private mutating func encodeChanged(_ view: SegmentView) {
    oldIDs.removeAll(keepingCapacity: true)
    newIDs.removeAll(keepingCapacity: true)
    view.bytes.withUnsafeBufferPointer { text in
      for index in diff.first...diff.lastOld {
        encoder.encodePreToken(UnsafeBufferPointer(rebasing: text[diff.oldRange(index)]), into: &oldIDs)
      }
    }
    diff.edited.withUnsafeBufferPointer { text in
      for index in diff.first...diff.lastNew {
        encoder.encodePreToken(UnsafeBufferPointer(rebasing: text[diff.newRange(index)]), into: &newIDs)
      }
    }
  }

  /// Which of `oldIDs` the region has, and their bytes in the view.
  private func smallestRun(covering span: Range<Int>) -> (ids: Range<Int>, bytes: Range<Int>) {
    let shorter = min(oldIDs.count, newIDs.count)
    var low = 0
    while low < shorter && oldIDs[low] == newIDs[low] { low += 1 }
    var suffix = 0
    while suffix < shorter && oldIDs[oldIDs.count - 1 - suffix] == newIDs[newIDs.count - 1 - suffix] { suffix += 1 }
    var high = oldIDs.count - suffix
    var position = diff.oldRange(diff.first).lowerBound
    let start = position
    for (index, id) in oldIDs.enumerated() {
      let end = position + tokenizer.bytes(of: id).count
      if end > span.lowerBound && low > index { low = index }
      if position < span.upperBound && high <= index { high = index + 1 }
      position = end
    }
    let length = { (ids: ArraySlice<UInt32>) in ids.reduce(0) { $0 + tokenizer.bytes(of: $1).count } }
    let from = start + length(oldIDs[..<low])
    return (low..<high, from..<(from + length(oldIDs[low..<high])))
  }

  // MARK: What the base has there

  /// Why the base does not allow an edit in these bytes; nil if it does.
  private mutating func objection(to bytes: Range<Int>, _ view: SegmentView) throws -> String? {
    let own = ownPreTokens(bytes)
    if touchesCut(own, view) { return LeftReason.edge }
    let low = max(0, own.lowerBound - 1)
    let high = min(diff.oldEnds.count, own.upperBound + 1)
    for index in low..<high where !(try baseAgrees(diff.oldRange(index), view)) {
      return notCanonical(index..<(index + 1), view)
    }
    return nil
  }

  private func ownPreTokens(_ bytes: Range<Int>) -> Range<Int> {
    var low = diff.first
    while diff.oldEnds[low] <= bytes.lowerBound { low += 1 }
    var high = low
    while high < diff.oldEnds.count && diff.oldRange(high).lowerBound < bytes.upperBound { high += 1 }
    return low..<high
  }

  /// True if one of these is the pre-token at a cut, of which an unseen part stands beyond.
  private func touchesCut(_ own: Range<Int>, _ view: SegmentView) -> Bool {
    let start = diff.oldRange(own.lowerBound).lowerBound
    let end = diff.oldRange(own.upperBound - 1).upperBound
    let whole = wholeCharacters(view)
    return view.left == .cut && start <= whole.lowerBound || view.right == .cut && end >= whole.upperBound
  }

  /// The view's text without the incomplete characters at its ends.
  private func wholeCharacters(_ view: SegmentView) -> Range<Int> {
    view.bytes.withUnsafeBufferPointer { text in
      var low = 0
      while low < min(3, text.count) && text[low] & 0xC0 == 0x80 { low += 1 }
      let last = UTF8Text.read(text, before: text.count, start: 0)
      if case .incomplete(let length) = last { return low..<max(low, text.count - length) }
      return low..<text.count
    }
  }

  private mutating func baseAgrees(_ bytes: Range<Int>, _ view: SegmentView) throws -> Bool {
    guard let first = view.token(startingAt: bytes.lowerBound), try isText(bytes, view) else { return false }
    preTokenIDs.removeAll(keepingCapacity: true)
    view.bytes.withUnsafeBufferPointer {
      encoder.encodePreToken(UnsafeBufferPointer(rebasing: $0[bytes]), into: &preTokenIDs)
    }
    guard first + preTokenIDs.count <= view.tokens.count else { return false }
    return view.tokens[first..<(first + preTokenIDs.count)].elementsEqual(preTokenIDs)
  }

  /// True for valid UTF-8 in the form that the tokenizer works on. Only odd bases hold anything else.
  private func isText(_ bytes: Range<Int>, _ view: SegmentView) throws -> Bool {
    try view.bytes.withUnsafeBufferPointer { text in
      let part = UnsafeBufferPointer(rebasing: text[bytes])
      if part.allSatisfy({ $0 < 0x80 }) { return true }
      guard UTF8Text.firstInvalid(in: part) == nil else { return false }
      return try !tokenizer.normalizes || Normalization.shared().isNormalized(part)
    }
  }

  /// Names a disagreement: beside a cut it is the cut's doing, since the rest of the word is not seen.
  private func notCanonical(_ preTokens: Range<Int>, _ view: SegmentView) -> String {
    let start = diff.oldRange(preTokens.lowerBound).lowerBound
    let end = diff.oldRange(preTokens.upperBound - 1).upperBound
    let uncertainStart =
      view.left == .cut
      && view.bytes.withUnsafeBufferPointer { encoder.boundary(atOrBefore: start, in: $0) ?? 0 == 0 }
    let uncertainEnd = view.right == .cut && end >= wholeCharacters(view).upperBound
    return uncertainStart || uncertainEnd ? LeftReason.edge : LeftReason.noncanonical
  }
}
