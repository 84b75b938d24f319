/// Word boundaries (UAX #29, section 4.1.1, default rules) decided at one place, from the text around it.
public enum WordBreak {
  public enum Decision: Equatable, Sendable {
    case boundary
    case noBoundary
    /// The rule needs text beyond an edge that is not the text's end.
    case undecided
  }

  /// True if a word begins or ends at `position`, the text being complete. Positions inside a character are none.
  public static func isBoundary(in text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
    decide(in: text, at: position) == .boundary
  }

  /// The decision at `position`, where unknown text may stand before the start (`openStart`) or after the end (`openEnd`).
  ///
  /// Looks at a few characters on either side, except that a run of combining marks or of regional indicators is looked
  /// through to its end. Bytes that are no UTF-8 count as one character of no word each.
  public static func decide(
    in text: UnsafeBufferPointer<UInt8>, at position: Int, openStart: Bool = false, openEnd: Bool = false
  ) -> Decision {
    let place = WordBreakPlace(text: text, position: position, openStart: openStart, openEnd: openEnd)
    return place.decide()
  }
}
