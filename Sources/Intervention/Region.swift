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

  init(_ tokenizer: Tokenizer, _ encoder: Encoder) {
    self.tokenizer = tokenizer
    self.encoder = encoder
    diff = PreTokenDiff(encoder, lookahead: max(16, tokenizer.longestAddedToken))
  }

  /// The region of one edit, or of several that are one because their regions overlap (sorted, apart).
  mutating func find(_ edits: ArraySlice<Proposal>, in view: SegmentView) throws -> Outcome {
    guard diff.compare(edits, in: view) else { return .needsMore }
    let span = edits.first!.range.lowerBound..<edits.last!.range.upperBound
    guard try encodeChanged(view) else { return .left(reason: notCanonical(diff.first..<(diff.lastOld + 1), view)) }
    let (ids, bytes) = smallestRun(covering: span)
    if let reason = try objection(to: bytes, view) { return .left(reason: reason) }
    let start = view.token(startingAt: bytes.lowerBound)!
    let kept = oldIDs.count - ids.upperBound
    return .region(
      Region(tokens: start..<(start + ids.count), replacement: Array(newIDs[ids.lowerBound..<(newIDs.count - kept)])))
  }

  /// Encodes the pre-tokens that differ; false if the old ones are not what the tokenizer works on.
  private mutating func encodeChanged(_ view: SegmentView) throws -> Bool {
    oldIDs.removeAll(keepingCapacity: true)
    newIDs.removeAll(keepingCapacity: true)
    for index in diff.first...diff.lastOld {
      guard encoder.appendPreToken(view.bytes[diff.oldRange(index)], to: &oldIDs) else { return false }
    }
    for index in diff.first...diff.lastNew {
      guard encoder.appendPreToken(diff.edited[diff.newRange(index)], to: &newIDs) else { return false }
    }
    return true
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
      return low..<max(low, text.count - UTF8Text.incompleteSuffixLength(text))
    }
  }

  private mutating func baseAgrees(_ bytes: Range<Int>, _ view: SegmentView) throws -> Bool {
    preTokenIDs.removeAll(keepingCapacity: true)
    guard encoder.appendPreToken(view.bytes[bytes], to: &preTokenIDs),
      let first = view.token(startingAt: bytes.lowerBound), first + preTokenIDs.count <= view.tokens.count
    else { return false }
    return view.tokens[first..<(first + preTokenIDs.count)].elementsEqual(preTokenIDs)
  }

  /// Names a disagreement: beside a cut it is the cut's doing, since the rest of the word is not seen.
  private func notCanonical(_ preTokens: Range<Int>, _ view: SegmentView) -> String {
    let start = diff.oldRange(preTokens.lowerBound).lowerBound
    let end = diff.oldRange(preTokens.upperBound - 1).upperBound
    let uncertainStart =
      view.left == .cut
      && view.bytes.withUnsafeBufferPointer { encoder.boundary(atOrBefore: start, in: $0) == 0 }
    let uncertainEnd = view.right == .cut && end >= wholeCharacters(view).upperBound
    return uncertainStart || uncertainEnd ? LeftReason.edge : LeftReason.noncanonical
  }
}
