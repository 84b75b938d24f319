import UnicodeText

/// Finds a pack's words in text and decides each. One per worker.
///
/// `rules apply`, `rules test` and the pipeline all call ``candidates(in:from:to:into:)``.
public final class Matcher {
  public let pack: RulePack
  private let tables: Tables
  private let normalization: Normalization
  private let regexes: [RegexMatcher]

  public init(_ pack: RulePack) throws(RulesFailure) {
    self.pack = pack
    tables = pack.tables
    regexes = pack.tables.regexes.map(RegexMatcher.init)
    do {
      normalization = try Normalization.shared()
    } catch {
      throw RulesFailure(.library, at: nil, "\(error)")
    }
  }

  /// Appends the candidates whose first byte lies in `from..<to`, in order, without overlaps.
  ///
  /// A decision depends on the 1,024 bytes of the segment on either side of its word and on nothing else, so a segment
  /// may be asked for in any parts. Linear in the bytes; a candidate costs a bounded number of steps.
  public func candidates(
    in segment: SegmentText, from: Int = 0, to: Int? = nil, into candidates: inout [Candidate]
  ) {
    let end = min(to ?? segment.bytes.count, segment.bytes.count)
    _ = scan(segment, max(0, from), end, candidates.count, &candidates)
  }

  /// As ``candidates(in:from:to:into:)``, but looks only at `places`, which are in order and apart: for a caller that knows
  /// where candidates can begin (see ``RulePack/formBeginnings``).
  public func candidates(in segment: SegmentText, at places: [Range<Int>], into candidates: inout [Candidate]) {
    let first = candidates.count
    var position = 0
    for place in places {
      position = scan(segment, max(position, place.lowerBound), place.upperBound, first, &candidates)
    }
  }

  /// Visits the places from `start` to `end` at which a form may begin; returns where to go on.
  private func scan(
    _ segment: SegmentText, _ start: Int, _ end: Int, _ first: Int, _ candidates: inout [Candidate]
  ) -> Int {
    let bytes = segment.bytes
    let firstBytes = tables.firstBytes
    var position = start
    while position < end {
      guard firstBytes[Int(bytes[position])] != 0 else {
        position += 1
        continue
      }
      if position > 0, bytes[position - 1].isASCIILetter || bytes[position - 1].isASCIIDigit {
        position += 1
        continue
      }
      position = visit(position, segment, first, &candidates)
    }
    return position
  }

  /// Looks for a form at a place that may begin a word; returns where to go on.
  private func visit(_ start: Int, _ segment: SegmentText, _ first: Int, _ candidates: inout [Candidate]) -> Int {
    let run = letterRun(segment.bytes, start)
    guard run - start <= tables.longestFirstRun,
      let value = tables.formIndex.value(of: FoldedWord(segment.bytes, start, run))
    else { return max(run, start + 1) }
    let forms = Int(value >> 32)..<Int(value >> 32) + Int(value & 0xFFFF_FFFF)
    for form in forms {
      guard let spelled = spelling(of: tables.forms[form], segment.bytes, start) else { continue }
      let match = Match(form: form, start: start, end: spelled.end, wordCase: spelled.wordCase)
      guard let candidate = decide(match, segment) else { continue }
      append(candidate, first, &candidates)
      break
    }
    return run
  }

  /// Of overlapping candidates the longer survives, of equal ones the first.
  private func append(_ candidate: Candidate, _ first: Int, _ candidates: inout [Candidate]) {
    if candidates.count > first, let last = candidates.last, last.end > candidate.start {
      if last.end - last.start >= candidate.end - candidate.start { return }
      candidates.removeLast()
    }
    candidates.append(candidate)
  }

  /// The end of the letters that begin at `start`, or a place beyond the longest first run.
  private func letterRun(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var position = start
    let limit = min(bytes.count, start + tables.longestFirstRun + 1)
    while position < limit {
      if bytes[position].isASCIILetter {
        position += 1
        continue
      }
      guard bytes[position] >= 0x80,
        case .scalar(let scalar, let length) = UTF8Text.read(bytes, at: position, end: bytes.count),
        TextView.isLetter(scalar)
      else { break }
      position += length
    }
    return position
  }

  /// Where the form ends if it stands at `start`, and its case; nil case for a mix of cases.
  private func spelling(
    of form: Form, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) -> (end: Int, wordCase: WordCase?)? {
    if let end = matchEnd(form.lower, bytes, start, folding: false) { return (end, .lower) }
    if let end = matchEnd(form.title, bytes, start, folding: false) { return (end, .title) }
    if let end = matchEnd(form.upper, bytes, start, folding: false) { return (end, .upper) }
    return matchEnd(form.lower, bytes, start, folding: true).map { ($0, nil) }
  }

  private func matchEnd(
    _ slice: ByteSlice, _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, folding: Bool
  ) -> Int? {
    var position = start
    for byte in tables.text[slice] {
      guard position < bytes.count else { return nil }
      if bytes[position] == byte || folding && bytes[position].foldedASCII == byte.foldedASCII {
        position += 1
      } else if byte == 0x27, let length = apostrophe(bytes, position) {
        position += length
      } else {
        return nil
      }
    }
    return position
  }

  private func apostrophe(_ bytes: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place < bytes.count else { return nil }
    if bytes[place] == 0x27 { return tables.allowsASCIIApostrophe ? 1 : nil }
    guard tables.allowsTypographicApostrophe, place + 3 <= bytes.count, bytes[place] == 0xE2,
      bytes[place + 1] == 0x80, bytes[place + 2] == 0x99
    else { return nil }
    return 3
  }
}

/// A form found in a text.
private struct Match {
  let form: Int
  let start: Int
  let end: Int
  let wordCase: WordCase?
}

// The decision, in the order in which reasons are given.
extension Matcher {
  /// Nil if a letter, digit or mark stands beside the match: then it is no word.
  private func decide(_ match: Match, _ segment: SegmentText) -> Candidate? {
    let form = tables.forms[match.form]
    let entry = tables.entries[Int(form.entry)]
    let view = TextView(segment, around: match.start, match.end)
    var candidate = Candidate(
      start: match.start, end: match.end, verdict: .keep(.edge), entry: form.entry,
      branch: UInt16(entry.branches.first), isUncertain: false)
    switch (view.glyph(before: match.start), view.glyph(at: match.end)) {
    case (.scalar(let scalar, _), _) where TextView.isWordScalar(scalar): return nil
    case (_, .scalar(let scalar, _)) where TextView.isWordScalar(scalar) && !isCombiningMark(scalar): return nil
    case (.unknown, _), (_, .unknown): return candidate
    case (_, .scalar(let scalar, _)) where scalar >= 0x80 && joins(scalar):
      candidate.verdict = .keep(.combining)
      return candidate
    default: break
    }
    if let reason = refusal(match, form, entry, view) {
      candidate.verdict = .keep(reason)
    } else {
      choose(match, form, entry, view, &candidate)
    }
    return candidate
  }

  private func joins(_ scalar: UInt32) -> Bool {
    isCombiningMark(scalar) || !normalization.hasBoundaryBefore(scalar)
  }

  /// Why the match is left alone before its entry's branches are asked, or nil.
  private func refusal(_ match: Match, _ form: Form, _ entry: Entry, _ view: TextView) -> KeepReason? {
    if let reason = reason(standsAlone(match, entry, view), .boundary) { return reason }
    if match.wordCase == nil { return .letterCase }
    for (index, rule) in tables.guards.enumerated() {
      let inside =
        rule.span == .regex
        ? regexes[rule.regex].overlaps(view, match.start, match.end) : view.isInside(rule.span, match.start, match.end)
      if let reason = reason(!inside, .guarded(UInt16(index))) { return reason }
    }
    for index in form.exceptions.indices {
      let pattern = tables.exceptions[index]
      let found = pattern.matches(view, tables, match.start, match.end)
      if let reason = reason(!found, .exception(pattern.index)) { return reason }
    }
    return nil
  }

  private func reason(_ isFree: Ternary, _ reason: KeepReason) -> KeepReason? {
    switch isFree {
    case .yes: nil
    case .unknown: .edge
    case .no: reason
    }
  }

  /// Word boundaries at both ends, or a declared clitic at the second.
  private func standsAlone(_ match: Match, _ entry: Entry, _ view: TextView) -> Ternary {
    let before = isPlainBoundary(view, inner: match.start, step: -1) ? .yes : view.isBoundary(at: match.start)
    let front = before && !followsBracketedLetters(match, view)
    if front == .no { return .no }
    if isPlainBoundary(view, inner: match.end - 1, step: 1) { return front }
    return front && (view.isBoundary(at: match.end) || hasClitic(entry, match.end, view))
  }

  /// "[t]he", "[Th]is", "(t)he": brackets that mark a changed letter; "(s)he" is a paired form.
  private func followsBracketedLetters(_ match: Match, _ view: TextView) -> Ternary {
    guard match.start > view.lower else { return .no }
    let closer = view.bytes[match.start - 1]
    guard closer == 0x5D || closer == 0x29 && match.wordCase == .lower else { return .no }
    var position = match.start - 2
    for _ in 0..<(closer == 0x5D ? 2 : 1) {
      guard let letter = view.byte(at: position) else { return .unknown }
      guard letter.isASCIILetter, closer == 0x5D || letter | 0x20 != 0x73 else { break }
      position -= 1
    }
    guard position < match.start - 2 else { return .no }
    guard let opener = view.byte(at: position) else { return .unknown }
    return Ternary(opener == (closer == 0x5D ? 0x5B : 0x28))
  }

  /// True if the ASCII around the match is enough to see a boundary: no letter, digit, underscore, nor one of . ' :
  /// with anything but ASCII that is no letter behind it.
  private func isPlainBoundary(_ view: TextView, inner: Int, step: Int) -> Bool {
    let place = step < 0 ? inner - 1 : inner + 1
    guard place >= view.lower, place < view.upper else { return false }
    switch view.bytes[place] {
    case 0x2E, 0x27, 0x3A:
      guard place + step >= view.lower, place + step < view.upper else { return false }
      let behind = view.bytes[place + step]
      return behind < 0x80 && !behind.isASCIILetter
    case let byte: return byte < 0x80 && !byte.isASCIIWordByte
    }
  }

  private func hasClitic(_ entry: Entry, _ end: Int, _ view: TextView) -> Ternary {
    switch cliticEnd(entry, end, view) {
    case .known(let place): place == nil ? .no : .yes
    case .unknown: .unknown
    }
  }

  private enum CliticEnd {
    case known(Int?)
    case unknown
  }

  /// Where the longest declared clitic after `end` ends, with a word boundary there.
  private func cliticEnd(_ entry: Entry, _ end: Int, _ view: TextView) -> CliticEnd {
    guard entry.clitics.count > 0, end < view.upper, view.bytes[end] == 0x27 || view.bytes[end] == 0xE2 else {
      return .known(nil)
    }
    var position = end
    while true {
      if let length = apostrophe(view.bytes, position) {
        position += length
      } else if position < view.upper, view.bytes[position].isASCIILetter {
        position += 1
      } else {
        break
      }
      if position - end > 32 { return .known(nil) }
    }
    // A quotation mark may follow the clitic.
    while position > end, !view.bytes[position - 1].isASCIILetter {
      position -= view.bytes[position - 1] == 0x27 ? 1 : 3
    }
    let clitic = FoldedWord(view.bytes, end, position)
    let declared = entry.clitics.indices.lazy.map { self.tables.text[self.tables.slices[$0]] }
    if case .unknown = view.glyph(at: position), declared.contains(where: clitic.isFront) { return .unknown }
    guard declared.contains(where: clitic.equals) else { return .known(nil) }
    switch view.isBoundary(at: position) {
    case .yes: return .known(position)
    case .no: return .known(nil)
    case .unknown: return .unknown
    }
  }

  /// Asks the entry's branches in order; the first that holds decides.
  private func choose(
    _ match: Match, _ form: Form, _ entry: Entry, _ view: TextView, _ candidate: inout Candidate
  ) {
    guard let wordCase = match.wordCase, case .known(let cliticEnd) = cliticEnd(entry, match.end, view) else { return }
    var around = Surroundings(
      view, tables, wordCase: wordCase, start: match.start, end: cliticEnd ?? match.end)
    switch around.isPaired(entry.counterparts, wordStart: match.start, wordEnd: match.end) {
    case .unknown: return
    case .yes:
      candidate.verdict = .keep(.paired)
      return
    case .no: break
    }
    var possible: ByteSlice?
    for index in entry.branches.indices {
      let branch = tables.branches[index]
      let holds = branch.condition.map { around.evaluate($0) } ?? .yes
      if holds == .no { continue }
      let written = branch.replacement?.bytes(in: wordCase)
      // A branch that may hold settles nothing unless the one that does hold writes the same.
      if let possible, possible != written { return }
      if holds == .yes {
        candidate.branch = UInt16(index)
        candidate.isUncertain = branch.isUncertain
        candidate.verdict = written.map(Verdict.replace) ?? .keep(.branch(UInt16(index)))
        return
      }
      guard let written else { return }
      possible = written
    }
    if possible == nil { candidate.verdict = .keep(.none) }
  }
}

extension Replacement {
  fileprivate func bytes(in wordCase: WordCase) -> ByteSlice {
    switch wordCase {
    case .lower: lower
    case .title: title
    case .upper: upper
    }
  }
}
