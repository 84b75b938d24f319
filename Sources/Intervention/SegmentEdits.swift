/// One edit in the tokens of a segment: rules, base and length policy agree, and the selection has drawn it.
struct SegmentEdit {
  /// The proposals that it is made of, in the text's order: indices into `FoundEdits.placed`.
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

/// What was found in a view: the edits that are made and the candidates that stay, in the order of the text.
struct FoundEdits {
  var edits: [SegmentEdit] = []
  var left: [LeftCandidate] = []
  /// The proposals of `edits`, among others, and the ids that their regions become.
  var placed: [Proposal] = []
  var ids: [UInt32] = []

  mutating func clear() {
    edits.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    placed.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
  }

  /// Whether no edit reaches beyond some tokens, at the ends that matter.
  func staysWithin(_ tokens: Range<Int>, atStart: Bool, atEnd: Bool) -> Bool {
    guard let first = edits.first, let last = edits.last else { return true }
    return !(atStart && first.region.tokens.lowerBound < tokens.lowerBound)
      && !(atEnd && last.region.tokens.upperBound > tokens.upperBound)
  }

  /// What an edit is known by: its first proposal's rule and token.
  func first(of edit: SegmentEdit) -> (stage: Int, rule: Int, branch: Int, token: Int) {
    placed.withUnsafeBufferPointer {
      let first = $0[edit.proposals.lowerBound]
      return (first.stage, first.rule, first.branch, first.token)
    }
  }

  func isUncertain(_ edit: SegmentEdit) -> Bool {
    placed.withUnsafeBufferPointer { placed in edit.proposals.contains { placed[$0].uncertain } }
  }

  /// The bytes of the view from an edit's first proposal to its last.
  func range(of edit: SegmentEdit) -> Range<Int> {
    placed.withUnsafeBufferPointer {
      $0[edit.proposals.lowerBound].range.lowerBound..<$0[edit.proposals.upperBound - 1].range.upperBound
    }
  }

  /// Appends what stands there once all are made.
  func appendReplacement(of edit: SegmentEdit, _ view: SegmentView, to text: inout [UInt8]) {
    placed.withUnsafeBufferPointer { placed in
      var position = placed[edit.proposals.lowerBound].range.lowerBound
      for index in edit.proposals {
        text.append(view.bytes, position..<placed[index].range.lowerBound)
        text.append(contentsOf: placed[index].replacement)
        position = placed[index].range.upperBound
      }
    }
  }
}
