/// One edit in the tokens of a segment: rules, base and length policy agree, and the selection has drawn it.
struct SegmentEdit {
  /// The proposals that it is made of, in the text's order: indices into `SegmentEditor.placed`.
  var proposals: Range<Int>
  var region: Region
  /// What becomes of the pronouns; nil where the text must tell.
  var pronouns: PronounChange?
}

/// A candidate that stays as it is.
struct LeftCandidate {
  var range: Range<Int>
  /// The token that holds the first byte.
  var token: Int
  var stage: Int
  var rule: Int
  var branch: Int
  var reason: String
}

/// The pronoun that a word was, and the one that it becomes: places in `PronounCounts.words`, or none.
struct PronounChange {
  var before: Int?
  var after: Int?

  init() {}

  init(before: [UInt8], after: [UInt8]) {
    self.before = before.withUnsafeBufferPointer(PronounCounts.index(of:))
    self.after = after.withUnsafeBufferPointer(PronounCounts.index(of:))
  }
}
