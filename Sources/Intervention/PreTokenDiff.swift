import Tokenization
import UnicodeText

/// Where a text is split into other pre-tokens once edits are made in it.
///
/// Only a neighbourhood is split. That is exact because pre-tokens are found from left to right without looking back:
/// from a position that is a boundary whatever stands before it, both texts are split alike up to the first pre-token
/// that the edits change, and alike again from the first boundary behind them that both have.
struct PreTokenDiff {
  private let encoder: Encoder
  /// Bytes behind a pre-token that can decide where it ends.
  private let lookahead: Int
  /// Where the compared text begins in the view.
  private(set) var origin = 0
  /// Ends of the pre-tokens of the text as it is, as offsets in the view.
  private(set) var oldEnds: [Int] = []
  /// The text with the edits from `origin` on, and its pre-tokens' ends in it.
  private(set) var edited: [UInt8] = []
  private(set) var newEnds: [Int] = []
  /// The pre-tokens that differ: `first...lastOld` of the old text, `first...lastNew` of the new.
  private(set) var first = 0
  private(set) var lastOld = 0
  private(set) var lastNew = 0

  init(_ encoder: Encoder, lookahead: Int) {
    self.encoder = encoder
    self.lookahead = lookahead
  }

  func oldRange(_ index: Int) -> Range<Int> { (index == 0 ? origin : oldEnds[index - 1])..<oldEnds[index] }

  func newRange(_ index: Int) -> Range<Int> { (index == 0 ? 0 : newEnds[index - 1])..<newEnds[index] }

  /// Compares the view's text with and without `edits` (sorted, apart). False if the view is too small to tell.
  ///
  /// Afterwards `oldEnds` holds at least one pre-token before the changed ones and one behind, where the text has them.
  mutating func compare(_ edits: ArraySlice<Proposal>, in view: SegmentView) -> Bool {
    let start = edits.first!.range.lowerBound
    let end = edits.last!.range.upperBound
    guard findOrigin(before: start, in: view) else { return false }
    oldEnds.removeAll(keepingCapacity: true)
    var limit = end
    while true {
      guard splitOld(beyond: limit, in: view) else { return false }
      limit = min(view.bytes.count, oldEnds.last! + lookahead)
      apply(edits, upTo: limit, in: view)
      let isWhole = limit == view.bytes.count && view.right != .more
      splitNew(upTo: isWhole ? edited.count : edited.count - lookahead)
      if findCommonEnd(behind: end, shift: edited.count - (limit - origin)) {
        findFirst(editedFrom: start)
        return splitOld(beyond: oldEnds[lastOld], in: view)
      }
      if oldEnds.last! == view.bytes.count { return false }
    }
  }

  /// A certain boundary with a whole pre-token between it and the first that the edits can change.
  ///
  /// White space before the edit is split by what follows it: the boundary lies before that too.
  private mutating func findOrigin(before position: Int, in view: SegmentView) -> Bool {
    origin = view.bytes.withUnsafeBufferPointer { text in
      let last = Self.whiteSpaceStart(in: text, before: position) - 1
      guard let near = encoder.boundary(atOrBefore: max(0, last), in: text), near > 0 else { return 0 }
      return encoder.boundary(atOrBefore: near - 1, in: text) ?? 0
    }
    return origin > 0 || view.left != .more
  }

  private static func whiteSpaceStart(in text: UnsafeBufferPointer<UInt8>, before position: Int) -> Int {
    var start = position
    while case .scalar(let scalar, let length) = UTF8Text.read(text, before: start, start: 0),
      CharacterClass.of(scalar) == .space
    { start -= length }
    return start
  }

  /// Splits the text as it is until a pre-token ends behind `position`, or the text does.
  private mutating func splitOld(beyond position: Int, in view: SegmentView) -> Bool {
    view.bytes.withUnsafeBufferPointer { text in
      var end = oldEnds.last ?? origin
      while end <= position && end < text.count {
        end = encoder.preTokenEnd(in: text, from: end)
        oldEnds.append(end)
      }
      return view.right != .more || end + lookahead <= text.count
    }
  }

  private mutating func apply(_ edits: ArraySlice<Proposal>, upTo end: Int, in view: SegmentView) {
    edited.removeAll(keepingCapacity: true)
    var position = origin
    for edit in edits {
      edited.append(contentsOf: view.bytes[position..<edit.range.lowerBound])
      edited.append(contentsOf: edit.replacement)
      position = edit.range.upperBound
    }
    edited.append(contentsOf: view.bytes[position..<end])
  }

  /// Splits the edited text as far as what is known of it decides.
  private mutating func splitNew(upTo limit: Int) {
    newEnds.removeAll(keepingCapacity: true)
    edited.withUnsafeBufferPointer { text in
      var end = 0
      while end < limit {
        end = encoder.preTokenEnd(in: text, from: end)
        if end <= limit { newEnds.append(end) }
      }
    }
  }

  /// Finds the first place at or behind `position` where both texts have a boundary; the new one is `shift` longer there.
  private mutating func findCommonEnd(behind position: Int, shift: Int) -> Bool {
    var old = 0
    var new = 0
    while old < oldEnds.count && new < newEnds.count {
      let end = oldEnds[old]
      if end < position || end - origin + shift < newEnds[new] {
        old += 1
      } else if end - origin + shift > newEnds[new] {
        new += 1
      } else {
        (lastOld, lastNew) = (old, new)
        return true
      }
    }
    return false
  }

  /// The first pre-token that the edits reach into, or that ends elsewhere.
  private mutating func findFirst(editedFrom start: Int) {
    first = 0
    while first < min(lastOld, lastNew) && oldEnds[first] <= start && oldEnds[first] - origin == newEnds[first] {
      first += 1
    }
  }
}
