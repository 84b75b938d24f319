/// One edit in the tokens of a segment: rules, base and length policy agree, and the selection has drawn it.
struct SegmentEdit {
  var region: Region
  /// The bytes of the view that the rules replace, and what they write.
  var range: Range<Int>
  var replacement: [UInt8]
  var stage: Int
  var rule: Int
  var branch: Int
  var uncertain: Bool
}

/// A candidate that stays as it is.
struct LeftCandidate {
  var range: Range<Int>
  var stage: Int
  var rule: Int
  var branch: Int
  var reason: String
}
