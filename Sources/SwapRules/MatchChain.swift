/// Which of overlapping matches are taken: from the left, each that begins behind the one taken before.
///
/// Matches that overlap, one by one, are a chain. What is taken in it follows from where it begins; in chains of more than
/// 512 bytes ("he is he is he is …") what begins behind those is not taken, so that a decision has a bounded reach.
struct MatchChain {
  static let maximumLength = 512

  /// Where the chain of the last match begins.
  private(set) var start = 0
  private var end = 0
  private var takenEnd = 0

  /// Whether a match is taken. Called for all matches in order, from a place that none crosses.
  @inline(always)
  mutating func takes(_ match: Match) -> Bool {
    if match.start >= end { start = match.start }
    end = max(end, match.end)
    guard match.start >= takenEnd, match.start - start <= Self.maximumLength else { return false }
    takenEnd = match.end
    return true
  }
}

extension Matcher {
  /// A place at or before `position` that no match crosses, or one so far before that it does not matter.
  func cleanStart(before position: Int, _ segment: SegmentText) -> Int {
    var clean = position
    while position - clean <= MatchChain.maximumLength + 2 * Match.maximumLength,
      let start = firstMatch(crossing: clean, segment)
    { clean = start }
    return clean
  }

  private func firstMatch(crossing place: Int, _ segment: SegmentText) -> Int? {
    var position = max(0, place - Match.maximumLength)
    var beginnings = BeginningReader(position..<place, places)
    while let start = beginnings.next(from: position, tables.scan, in: segment.bytes) {
      let word = forms(at: start, segment.bytes)
      if !word.forms.isEmpty, let match = match(at: start, word.forms, to: word.end, segment), match.end > place {
        return start
      }
      position = max(word.end, start + 1)
    }
    return nil
  }

  /// True if text beyond a cut could be the front of a form that crosses `place`: then nothing from there on is settled.
  @inline(always)
  func mayBeWithinForm(_ place: Int, _ segment: SegmentText) -> Bool {
    segment.leading == .cut && place < Match.maximumLength && mayReach(place, segment)
  }

  private func mayReach(_ place: Int, _ segment: SegmentText) -> Bool {
    var gaps = 0
    var isGap = false
    for byte in segment.bytes[..<place] {
      let isSpace = byte.isASCIISpace
      if isSpace, !isGap { gaps += 1 }
      isGap = isSpace
      guard isSpace || byte.isASCIILetter || byte >= 0x80 || byte == 0x27 else { return false }
    }
    return gaps < LetterCase.maximumWords
  }
}
