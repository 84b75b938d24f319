/// A segment's text: the bytes, and what is known of the places before the first and after the last.
///
/// The bytes must outlive the value. They need not be valid UTF-8: what is not counts as an unknown letter.
public struct SegmentText {
  public enum Edge: Sendable, Equatable {
    /// The segment truly begins or ends here.
    case end
    /// More text may follow; nothing is known of it.
    case cut
  }

  public let bytes: UnsafeBufferPointer<UInt8>
  public let leading: Edge
  public let trailing: Edge

  public init(_ bytes: UnsafeBufferPointer<UInt8>, leading: Edge = .end, trailing: Edge = .end) {
    self.bytes = bytes
    self.leading = leading
    self.trailing = trailing
  }
}

extension Matcher {
  /// Bytes on either side of a word that a decision can depend on.
  public static let reach = TextView.reach
}
