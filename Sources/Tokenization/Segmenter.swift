/// Cuts text into pre-tokens: added tokens first, the pattern in what is left.
///
/// A class, so that asking it for one pre-token copies nothing: as a struct its copies were a tenth of an intervention.
final class Segmenter: Sendable {
  /// Added tokens that are cut out of raw text, before NFC.
  let raw: AddedTokenMatcher
  /// Added tokens that are cut out after NFC, but for runs of spaces that the pattern has.
  let normalized: AddedTokenMatcher
  let pattern: PreTokenPattern
  /// The id of each run of spaces up to the pattern's longest; none below 2.
  let runIDs: [UInt32]
  let seams: Seams

  init(added: [AddedToken]) {
    let runs = Self.foldableRuns(added)
    runIDs = runs
    pattern = PreTokenPattern(longestRun: max(0, runs.count - 1))
    raw = AddedTokenMatcher(added.filter { !$0.isNormalized })
    let others = added.filter { $0.isNormalized && (runs.isEmpty || !$0.content.allSatisfy { $0 == 0x20 }) }
    normalized = AddedTokenMatcher(others)
    seams = Seams(added.filter { !$0.isNormalized } + others)
  }

  /// Ids of runs of 0…K spaces (the first two mean nothing) if the tokens sought after NFC hold all runs of 2…K, no other
  /// token with a space, and no longer run; else empty.
  private static func foldableRuns(_ added: [AddedToken]) -> [UInt32] {
    let spaced = added.filter { $0.isNormalized && $0.content.contains(0x20) }
    let runs = spaced.sorted { $0.content.count < $1.content.count }
    for (index, run) in runs.enumerated()
    where run.content.count != index + 2 || run.content.contains(where: { $0 != 0x20 }) {
      return []
    }
    return runs.isEmpty ? [] : [0, 0] + runs.map(\.id)
  }

  /// Where the pre-token ends that starts at `start`, a boundary before the end of a text in NFC.
  func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if let token = addedToken(in: text, at: start) { return token.end }
    let end = pattern.end(in: text, from: start, end: text.count)
    if raw.isEmpty && normalized.isEmpty { return end }
    // The pattern looks one character beyond the white space that it leaves for the next pre-token. An added token that
    // begins within sight ends the piece there.
    let sight = min(text.count, end + 4)
    var limit = raw.first(in: text, from: start + 1, to: sight, end: text.count)?.start ?? text.count
    limit = normalized.first(in: text, from: start + 1, to: min(sight, limit), end: limit)?.start ?? limit
    return limit == text.count ? end : pattern.end(in: text, from: start, end: limit)
  }

  /// The added token that starts at a boundary, if one does.
  func addedToken(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> AddedTokenMatcher.Match? {
    if let token = raw.match(in: text, at: start, end: text.count) { return token }
    guard let token = normalized.match(in: text, at: start, end: text.count) else { return nil }
    // Raw tokens are cut out first: one that begins inside takes its bytes.
    guard let cut = raw.first(in: text, from: start + 1, to: token.end, end: text.count) else { return token }
    return normalized.match(in: text, at: start, end: cut.start)
  }
}
