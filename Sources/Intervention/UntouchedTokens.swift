import Tokenization

/// Tells spans in which nothing can change by their tokens as they are stored: most text is copied, not made.
///
/// Says too little rather than too much. Where a form may begin in a span or near it, the span is to be made; what is said of
/// the others is what ``TokenWindow`` says of them.
struct UntouchedTokens {
  let plan: InterventionPlan

  /// The pronouns that begin in the tokens `core` of a span; nil where a form may begin in any of them, or where one of the
  /// core is none of the vocabulary. `isEdited` is whether forms matter at all.
  func pronouns(
    in tokens: UnsafeBufferPointer<UInt16>, core: Range<Int>, isEdited: Bool
  ) -> PronounCounts? {
    let marks = plan.marks
    var counts = PronounCounts()
    var start = 0
    while start < tokens.count {
      let end = min(start + TokenMarks.blockLength, tokens.count)
      if !marks.haveNone(in: tokens, from: start) {
        for index in start..<end {
          guard isUntouched(at: index, of: tokens, core, isEdited, &counts) else { return nil }
        }
      }
      start = end
    }
    return counts
  }

  private func isUntouched(
    at index: Int, of tokens: UnsafeBufferPointer<UInt16>, _ core: Range<Int>,
    _ isEdited: Bool,
    _ counts: inout PronounCounts
  ) -> Bool {
    let mark = plan.marks[UInt32(tokens[index])]
    if mark.contains(.special) {
      return !core.contains(index) || !plan.tokenizer.bytes(of: UInt32(tokens[index])).isEmpty
    }
    if mark.contains(.form) && isEdited && plan.marks.mayBeginForm(at: index, of: tokens) { return false }
    if mark.contains(.pronoun) && core.contains(index) { plan.countPronouns(at: index, of: tokens, &counts) }
    return true
  }
}
