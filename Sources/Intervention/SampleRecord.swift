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

  public var isChanged: Bool { window != control }

  mutating func clear() {
    control.removeAll(keepingCapacity: true)
    window.removeAll(keepingCapacity: true)
    edits.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    lost.removeAll(keepingCapacity: true)
    pronounsBefore = PronounCounts()
    pronounsAfter = PronounCounts()
  }
}
