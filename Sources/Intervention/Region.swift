import Tokenization
import UnicodeText

/// The tokens that one edit replaces, and what stands in their place.
struct Region {
  /// Indices into the view's tokens.
  var tokens: Range<Int>
  /// Indices into the ids that all regions of a view share.
  var ids: Range<Int>
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
  private var plainWords: PlainWords
  private var diff: PreTokenDiff
  private var oldIDs: [UInt32] = []
  private var newIDs: [UInt32] = []
  private var agreement: BaseAgreement

  init(_ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    encoder = Encoder(tokenizer, for: .words)
    agreement = BaseAgreement(tokenizer, encoder)
    plainWords = PlainWords(tokenizer, encoder)
    diff = PreTokenDiff(encoder, lookahead: tokenizer.preTokenLookahead)
  }

  /// The short way, where it can be taken.
  mutating func findPlain(
    _ edit: Proposal, in view: SegmentView, into ids: inout [UInt32]
  ) throws -> (region: Region, pronouns: PronounChange)? {
    try plainWords.region(of: edit, in: view, into: &ids)
  }

  /// The region of one edit, or of several that are one because their regions overlap (sorted, apart). Appends what
  /// stands in its place to `ids`.
  mutating func find(
    _ edits: ArraySlice<Proposal>, in view: SegmentView, into ids: inout [UInt32]
  ) throws -> Outcome {
    guard let first = edits.first, let last = edits.last, diff.compare(edits, in: view) else { return .needsMore }
    encodeChanged(view)
    let start = diff.oldRange(diff.first).lowerBound
    let span = first.range.lowerBound..<last.range.upperBound
    let changed = smallestRun(oldIDs, newIDs, from: start, covering: span, tokenizer)
    let from = start + length(oldIDs[..<changed.lowerBound])
    let bytes = from..<(from + length(oldIDs[changed]))
    if let reason = try objection(to: bytes, view) { return .left(reason: reason) }
    // Where the base agrees a token begins there.
    guard let token = view.token(startingAt: from) else { return .left(reason: LeftReason.noncanonical) }
    let firstID = ids.count
    ids += newIDs[changed.lowerBound..<(newIDs.count - oldIDs.count + changed.upperBound)]
    return .region(Region(tokens: token..<(token + changed.count), ids: firstID..<ids.count))
  }

  private func length(_ ids: ArraySlice<UInt32>) -> Int { ids.reduce(0) { $0 + tokenizer.bytes(of: $1).count } }

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

  // MARK: What the base has there

  /// Why the base does not allow an edit in these bytes; nil if it does.
  private mutating func objection(to bytes: Range<Int>, _ view: SegmentView) throws -> String? {
    let own = ownPreTokens(bytes)
    if touchesCut(own, view) { return LeftReason.edge }
    let low = max(0, own.lowerBound - 1)
    let high = min(diff.oldEnds.count, own.upperBound + 1)
    for index in low..<high where !(try agreement.holds(diff.oldRange(index), view)) {
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

extension Tokenizer {
  /// Bytes behind a pre-token that can decide where it ends: an added token ends one up to four bytes before it.
  var preTokenLookahead: Int { max(16, longestAddedToken + 4) }
}
