import SwapRules
import Tokenization

/// Counts the terms of samples, one at a time. One per worker.
///
/// A term counts in the sample that predicts its first token: of L + 1 tokens it may begin in the last L, so that the token
/// which neighbouring samples share counts once. The sample's text is all there is: its ends, and special tokens, are ends of
/// words. Most tokens cost one look at a table; a piece of text is decoded only where a term may begin in it that the tokens
/// alone do not tell.
final class SampleCounter {
  private let tokenizer: Tokenizer
  private let marks: TermMarks
  private let finder: WordFinder
  private let packs: [(matcher: Matcher, firstTerm: Int)]
  private var places: [Int32] = []
  private var ids: [UInt32] = []
  private var bytes: [UInt8] = []
  private var starts: [Int] = []
  private var candidates: [Candidate] = []

  init(_ plan: TermPlan) throws {
    (tokenizer, marks, finder) = (plan.tokenizer, plan.marks, plan.finder)
    var first = plan.list.words.count
    packs = try plan.list.packs.map { pack in
      defer { first += pack.entries.count }
      return (try Matcher(pack), first)
    }
  }

  /// Adds one sample. `spans` are the parts of one subset each, in order and without gaps.
  func add(_ tokens: UnsafeBufferPointer<UInt32>, _ spans: [SubsetSpan], to counts: inout TermCounts) throws {
    for span in spans {
      let count = span.tokens.upperBound - max(1, span.tokens.lowerBound)
      if count > 0 { counts.addTokens(count, subset: span.subset) }
    }
    if places.count < tokens.count { places = [Int32](repeating: 0, count: tokens.count) }
    let marked = places.withUnsafeMutableBufferPointer { marks.list(tokens, into: $0.baseAddress!) }
    var (first, next) = (0, 0)
    while first < tokens.count {
      let start = next
      while next < marked, marks[tokens[Int(places[next])]].isDisjoint(with: [.special, .unknown]) { next += 1 }
      let end = next < marked ? Int(places[next]) : tokens.count
      if next < marked, marks[tokens[end]].contains(.unknown) { throw UnknownToken(index: end, id: tokens[end]) }
      if start < next { try addPiece(tokens, first..<end, marked: start..<next, spans, &counts) }
      first = end + 1
      next += 1
    }
  }

  /// A token that the tokenizer does not have.
  struct UnknownToken: Error {
    let index: Int
    let id: UInt32
  }

  /// Adds the terms of a longest run of ordinary tokens; `marked` are its tokens' places with a mark.
  private func addPiece(
    _ tokens: UnsafeBufferPointer<UInt32>, _ piece: Range<Int>, marked: Range<Int>, _ spans: [SubsetSpan],
    _ counts: inout TermCounts
  ) throws {
    let text = UnsafeBufferPointer(rebasing: tokens[piece])
    var isDecoded = false
    var span = 0
    for place in marked {
      let index = Int(places[place])
      guard index > 0, marks[tokens[index]].contains(.word) else { continue }
      while spans[span].tokens.upperBound <= index { span += 1 }
      if let words = marks.words(at: index - piece.lowerBound, of: text) {
        for word in words { counts.add(word, subset: spans[span].subset) }
        continue
      }
      if !isDecoded { decode(text) }
      isDecoded = true
      let (start, end) = (starts[index - piece.lowerBound], starts[index - piece.lowerBound + 1])
      let subset = spans[span].subset
      bytes.withUnsafeBufferPointer {
        finder.forEach(in: $0, start..<end) { term, _ in counts.add(term, subset: subset) }
      }
    }
    guard !packs.isEmpty, marked.contains(where: { marks[tokens[Int(places[$0])]].contains(.form) }) else { return }
    if !isDecoded { decode(text) }
    addForms(from: piece.lowerBound, spans, &counts)
  }

  /// Adds the forms of the packs in the decoded piece, which begins at token `first`.
  private func addForms(from first: Int, _ spans: [SubsetSpan], _ counts: inout TermCounts) {
    let from = first == 0 ? starts[1] : 0
    for (matcher, firstTerm) in packs {
      candidates.removeAll(keepingCapacity: true)
      bytes.withUnsafeBufferPointer { matcher.candidates(in: SegmentText($0), from: from, into: &candidates) }
      var (token, span) = (0, 0)
      for candidate in candidates where bytes.withUnsafeBufferPointer({ isWord(candidate, in: $0) }) {
        while starts[token + 1] <= candidate.start { token += 1 }
        while spans[span].tokens.upperBound <= first + token { span += 1 }
        counts.add(firstTerm + Int(candidate.entry), subset: spans[span].subset)
      }
    }
  }

  /// False for what the pack found and then saw to be no word. At an edge it has seen that only if text lies beyond that
  /// its choice needs, and not a part of a character, which may be a letter's.
  private func isWord(_ candidate: Candidate, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch candidate.verdict {
    case .keep(.boundary), .keep(.combining): false
    case .keep(.edge): WordFinder.isFree(candidate.start..<candidate.end, in: text)
    default: true
    }
  }

  private func decode(_ tokens: UnsafeBufferPointer<UInt32>) {
    ids.removeAll(keepingCapacity: true)
    ids.append(contentsOf: tokens)
    // All are known: their marks were looked at.
    _ = tokenizer.decodeRun(ids, into: &bytes, starts: &starts)
  }
}

/// Tokens of a sample that come from one subset.
struct SubsetSpan: Equatable {
  var tokens: Range<Int>
  var subset: Int
}

/// What all workers share.
struct TermPlan: Sendable {
  let list: TermList
  let tokenizer: Tokenizer
  let finder: WordFinder
  let marks: TermMarks

  init(_ list: TermList, _ tokenizer: Tokenizer) {
    (self.list, self.tokenizer) = (list, tokenizer)
    finder = WordFinder(list.words, isCaseSensitive: list.isCaseSensitive)
    marks = TermMarks(tokenizer, finder, forms: list.packs.flatMap(\.formBeginnings))
  }
}
