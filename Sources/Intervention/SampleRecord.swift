/// What became of one sample: its tokens with and without the edits, and every decision.
///
/// Reused from sample to sample, so that its arrays are allocated once.
public struct SampleRecord: Sendable {
  /// The L+1 tokens of the base.
  public internal(set) var control: [UInt32] = []
  /// The L+1 tokens after the edits.
  public internal(set) var window: [UInt32] = []
  public internal(set) var edits: [Edit] = []
  public internal(set) var left: [Left] = []
  /// Base tokens at the end of `control` that `window` has no room for (`slide` and `pad`).
  public internal(set) var lost: [UInt32] = []
  /// The text of `edits`, `left` and `standIns`, and the ids of edits: so that an edit costs no memory of its own.
  public internal(set) var text: [UInt8] = []
  public internal(set) var ids: [UInt32] = []
  public internal(set) var pronounsBefore = PronounCounts()
  public internal(set) var pronounsAfter = PronounCounts()
  /// The control where it is edited too: `control` with the stand-ins. Empty where there are none to be (``RandomEdits``).
  public internal(set) var matched: [UInt32] = []
  /// For each of `edits`, what was edited in its place in `matched`; nil where no word was left.
  public internal(set) var standIns: [StandIn?] = []
  /// What encoding the sample anew did to it; nil if it stayed as it was (``SampleRetokenizer``).
  public internal(set) var retokenized: Retokenized?

  public init() {}

  /// An edit that was made.
  public struct Edit: Sendable, Equatable {
    /// Where the region begins: index in the control and in the window. Negative or beyond L where it crosses an edge.
    public var position: Int
    public var outputPosition: Int
    /// Where the token is in the base that holds the match's first byte.
    public var dataset: Int
    public var item: Int
    public var itemToken: Int
    public var stage: Int
    public var rule: Int
    public var branch: Int
    public var isUncertain: Bool
    /// Ranges of the record's `text`.
    public var before: Range<Int>
    public var after: Range<Int>
    /// Ranges of the record's `ids`.
    public var beforeIDs: Range<Int>
    public var afterIDs: Range<Int>
    /// True if part of the new tokens fell off the sample's end.
    public var isCut: Bool
  }

  /// A candidate that was left as it is.
  public struct Left: Sendable, Equatable {
    /// The token that holds the candidate's first byte, as an index in the control.
    public var position: Int
    public var dataset: Int
    public var item: Int
    public var itemToken: Int
    public var stage: Int
    public var rule: Int
    public var branch: Int
    /// A range of the record's `text`.
    public var text: Range<Int>
    public var reason: String
  }

  /// An edit of the matched control that stands for one of the window.
  public struct StandIn: Sendable, Equatable {
    /// Where the region begins in the control.
    public var position: Int
    /// Offset in the item of the token that holds the word's first byte. Data set and item are the edit's.
    public var itemToken: Int
    /// Entry of the table of pairs.
    public var rule: Int
    /// Ranges of the record's `text`.
    public var before: Range<Int>
    public var after: Range<Int>
    /// Ranges of the record's `ids`.
    public var beforeIDs: Range<Int>
    public var afterIDs: Range<Int>
  }

  /// What a sample lost and got when its whole text was encoded anew.
  public struct Retokenized: Sendable, Equatable {
    /// Special tokens that were dropped, and how many of them were a document's end.
    public var specialDropped = 0
    public var documentEndsDropped = 0
    /// Padding tokens at the new end.
    public var paddingAdded = 0
    /// Tokens of the new encoding for which there was no room.
    public var tokensCut = 0
  }

  mutating func clear() {
    control.removeAll(keepingCapacity: true)
    window.removeAll(keepingCapacity: true)
    edits.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    lost.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    pronounsBefore = PronounCounts()
    pronounsAfter = PronounCounts()
    matched.removeAll(keepingCapacity: true)
    standIns.removeAll(keepingCapacity: true)
    retokenized = nil
  }
}

extension SampleRecord {
  /// Notes an edit whose region begins at `position` of the control and `outputPosition` of the window.
  mutating func note(
    _ edit: SegmentEdit, _ view: SegmentView, _ found: FoundEdits, position: Int, outputPosition: Int
  ) {
    let (stage, rule, branch, token) = found.first(of: edit)
    let before = text.append(view.bytes, found.range(of: edit))
    let start = text.count
    found.appendReplacement(of: edit, view, to: &text)
    let after = start..<text.count
    let beforeIDs = ids.append(view.tokens, edit.region.tokens)
    let afterIDs = ids.append(found.ids, edit.region.ids)
    edits.append(
      Edit(
        position: position, outputPosition: outputPosition, dataset: view.dataset, item: view.item,
        itemToken: view.firstToken + token, stage: stage, rule: rule, branch: branch,
        isUncertain: found.isUncertain(edit), before: before, after: after,
        beforeIDs: beforeIDs, afterIDs: afterIDs, isCut: false))
  }

  /// Notes a candidate that is left alone. `shift` is where the view's first token is in the control.
  mutating func note(_ candidate: LeftCandidate, _ view: SegmentView, _ shift: Int) {
    left.append(
      Left(
        position: candidate.token + shift, dataset: view.dataset, item: view.item,
        itemToken: view.firstToken + candidate.token, stage: candidate.stage, rule: candidate.rule,
        branch: candidate.branch, text: text.append(view.bytes, candidate.range), reason: candidate.reason))
  }

  /// Notes that `word`, an edit of another record of the same sample, stands for the edit `index`.
  mutating func note(_ word: Edit, of words: SampleRecord, standsFor index: Int) {
    matched.replaceSubrange(word.position..<(word.position + word.afterIDs.count), with: words.ids[word.afterIDs])
    standIns[index] = StandIn(
      position: word.position, itemToken: word.itemToken, rule: word.rule,
      before: text.append(words.text, word.before), after: text.append(words.text, word.after),
      beforeIDs: ids.append(words.ids, word.beforeIDs), afterIDs: ids.append(words.ids, word.afterIDs))
  }

  /// Changes the count of pronouns as an edit does.
  mutating func changePronouns(_ edit: SegmentEdit, _ view: SegmentView, _ found: FoundEdits) {
    if let change = edit.pronouns {
      if let before = change.before { pronounsAfter[before] -= 1 }
      if let after = change.after { pronounsAfter[after] += 1 }
      return
    }
    let range = found.range(of: edit)
    // One character on either side decides what a word is; it has at most four bytes.
    let front = view.bytes[max(0, range.lowerBound - 4)..<range.lowerBound]
    let back = view.bytes[range.upperBound..<min(view.bytes.count, range.upperBound + 4)]
    var after = Array(front)
    found.appendReplacement(of: edit, view, to: &after)
    let count = { (text: [UInt8]) in
      text.withUnsafeBufferPointer { PronounCounts(in: $0, front.count..<(text.count - back.count)) }
    }
    pronounsAfter += count(after + back)
    pronounsAfter -= count(Array(view.bytes[front.startIndex..<back.endIndex]))
  }
}

extension Array where Element: BitwiseCopyable {
  /// Appends a part of another array, without a slice that would have to be counted; the new elements' places.
  @inline(__always)
  @discardableResult
  mutating func append(_ other: [Element], _ range: Range<Int>) -> Range<Int> {
    let start = count
    other.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    return start..<count
  }
}
