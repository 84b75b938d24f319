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
    public var before: [UInt8]
    public var after: [UInt8]
    public var beforeIDs: [UInt32]
    public var afterIDs: [UInt32]
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
    public var text: [UInt8]
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
    public var before: [UInt8]
    public var after: [UInt8]
    public var beforeIDs: [UInt32]
    public var afterIDs: [UInt32]
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

  public var isChanged: Bool { window != control }

  mutating func clear() {
    control.removeAll(keepingCapacity: true)
    window.removeAll(keepingCapacity: true)
    edits.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    lost.removeAll(keepingCapacity: true)
    pronounsBefore = PronounCounts()
    pronounsAfter = PronounCounts()
    matched.removeAll(keepingCapacity: true)
    standIns.removeAll(keepingCapacity: true)
    retokenized = nil
  }
}
