// The decision, in the order in which reasons are given.
extension Matcher {
  /// Writes what is decided about a match to memory that holds no candidate yet.
  @inline(never)
  func decide(
    _ match: Match, _ segment: SegmentText, _ chain: MatchChain, _ clearances: inout Clearances,
    into candidate: UnsafeMutablePointer<Candidate>
  ) {
    var view = TextView(segment, around: match.start, match.end)
    if tables.guardsCode { clearances.note(in: &view, behind: match.end) } else { view.ignoreCode() }
    let number = Int(tables.forms[match.form].entry)
    let entry = tables.entries.baseAddress! + number
    candidate.initialize(to: undecided(match, number, entry))
    if decidePlainly(match, entry, segment, chain, view, &candidate.pointee) { return }
    decideAny(match, entry, segment, chain, view, &candidate.pointee)
  }

  /// The short way of most decisions: those about a match in plain text that nothing forbids to replace. False for all others.
  @inline(always)
  func decidePlainly(
    _ match: Match, _ entry: UnsafePointer<Entry>, _ segment: SegmentText, _ chain: MatchChain, _ view: TextView,
    _ candidate: inout Candidate
  ) -> Bool {
    guard match.beside != .other, match.standing == .free, let letterCase = match.letterCase,
      !tables.canOverlap || !mayBeWithinForm(chain.start, segment)
    else { return false }
    let settled = settledForm(match, view)
    if settled == nil {
      guard let end = match.isPlain ? match.end : endOfClitic(match, entry, view) else { return false }
      around.pointee.begin(view, letterCase.first, match.start, end)
    }
    guard isPlainlyFree(match, letterCase, view) else { return false }
    if let settled {
      candidate.verdict = .replace(settled.pointee.replacement)
    } else {
      choose(match, entry, letterCase, &around.pointee, &candidate)
    }
    return true
  }

  private func endOfClitic(_ match: Match, _ entry: UnsafePointer<Entry>, _ view: TextView) -> Int? {
    guard case .known(let end) = cliticEnd(entry.pointee, match.end, view) else { return nil }
    return end
  }

  /// What a plain match becomes that stands beside no half of a paired form, unless something forbids it; nil where its entry
  /// has to be asked.
  @inline(always)
  private func settledForm(_ match: Match, _ view: TextView) -> UnsafePointer<SettledForm>? {
    guard match.isPlain, let letterCase = match.letterCase, letterCase.words == 1 else { return nil }
    let settled = tables.settledForms.baseAddress! + (match.form &* 3 &+ letterCase.code)
    guard settled.pointee.isSettled,
      !settled.pointee.isPaired || view.isPlainlyUnpaired(match.start, match.end)
    else { return nil }
    return settled
  }

  /// Every decision. `candidate` is undecided, and so it stays where something is not known.
  @inline(never)
  func decideAny(
    _ match: Match, _ entry: UnsafePointer<Entry>, _ segment: SegmentText, _ chain: MatchChain, _ view: TextView,
    _ candidate: inout Candidate
  ) {
    if match.standing == .unknown || tables.canOverlap && mayBeWithinForm(chain.start, segment) { return }
    if match.standing == .joined {
      candidate.verdict = .keep(.combining)
    } else if let reason = refusal(match, entry.pointee, view) {
      candidate.verdict = .keep(reason)
    } else if let settled = settledForm(match, view) {
      candidate.verdict = .replace(settled.pointee.replacement)
    } else {
      choose(match, entry, view, &candidate)
    }
  }

  @inline(always)
  private func undecided(_ match: Match, _ number: Int, _ entry: UnsafePointer<Entry>) -> Candidate {
    Candidate(
      start: match.start, end: match.end, verdict: .keep(.edge), entry: UInt16(truncatingIfNeeded: number),
      branch: UInt16(truncatingIfNeeded: entry.pointee.branches.first), isUncertain: false)
  }

  /// Of a match in plain text, true for nearly all that nothing forbids to replace: those with no mark of code ahead, beside
  /// which words tell of English and no exception stands. Where it says true, ``refusal(_:_:_:)`` gives no reason, but that what
  /// follows may be no clitic.
  @inline(always)
  private func isPlainlyFree(_ match: Match, _ letterCase: LetterCase, _ view: TextView) -> Bool {
    guard view.isClearOfCode(behind: match.end), !tables.hasOtherGuardsInPlainText else { return false }
    let exceptions = tables.exceptions(ofForm: match.form, letterCase.first)
    if exceptions.pointee.range.count > 0 {
      let beside = BytesBeside(ofPlain: view, match.start, match.end)
      if beside.map(exceptions.pointee.mayHold) ?? true, exception(match, exceptions, view) != nil { return false }
    }
    return !tables.guardsForeignPassages || view.isPlainlyEnglish(match.start, match.end, tables.languages)
  }

  /// Why the match is left alone before its entry's branches are asked, or nil.
  @inline(always)
  private func refusal(_ match: Match, _ entry: Entry, _ view: TextView) -> KeepReason? {
    if !match.isPlain, let reason = reason(standsAlone(match, entry, view), .boundary) { return reason }
    guard let letterCase = match.letterCase else { return .letterCase }
    let isClear = match.isPlain && view.isClearOfCode(behind: match.end)
    for index in isClear ? tables.guardsInPlainText : tables.allGuards {
      if let reason = reason(!isGuarded(match, tables.guards[Int(index)], view), .guarded(index)) { return reason }
    }
    let exceptions = tables.exceptions(ofForm: match.form, letterCase.first)
    return exceptions.pointee.range.count == 0 ? nil : exception(match, exceptions, view)
  }

  @inline(always)
  private func exception(
    _ match: Match, _ exceptions: UnsafePointer<ExceptionRange>, _ view: TextView
  ) -> KeepReason? {
    let beside = BytesBeside(view, match.start, match.end)
    if let beside, !exceptions.pointee.mayHold(beside) { return nil }
    return exception(match, exceptions, view, beside)
  }

  private func exception(
    _ match: Match, _ exceptions: UnsafePointer<ExceptionRange>, _ view: TextView, _ beside: BytesBeside?
  ) -> KeepReason? {
    for index in exceptions.pointee.range.indices {
      if let beside, !tables.exceptions[index].mayHold(beside) { continue }
      let pattern = tables.exceptions[index]
      let found = pattern.matches(view, tables, match.start, match.end)
      if let reason = reason(!found, .exception(pattern.index)) { return reason }
    }
    return nil
  }

  @inline(always)
  func isGuarded(_ match: Match, _ rule: GuardRule, _ view: TextView) -> Ternary {
    rule.span == .regex
      ? regexes[rule.regex].overlaps(view, match.start, match.end)
      : view.isInside(rule.span, match.start, match.end, tables)
  }

  private func reason(_ isFree: Ternary, _ reason: KeepReason) -> KeepReason? {
    switch isFree {
    case .yes: nil
    case .unknown: .edge
    case .no: reason
    }
  }

  /// Asks the entry's branches in order; the first that holds decides.
  private func choose(
    _ match: Match, _ entry: UnsafePointer<Entry>, _ view: TextView, _ candidate: inout Candidate
  ) {
    guard let letterCase = match.letterCase, case .known(let end) = cliticEnd(entry.pointee, match.end, view) else {
      return
    }
    around.pointee.begin(view, letterCase.first, match.start, end ?? match.end)
    choose(match, entry, letterCase, &around.pointee, &candidate)
  }

  /// The same where it is known where the word and its clitic end.
  @inline(always)
  private func choose(
    _ match: Match, _ entry: UnsafePointer<Entry>, _ letterCase: LetterCase, _ around: inout Surroundings,
    _ candidate: inout Candidate
  ) {
    let isAlone = entry.pointee.counterparts.count == 0 || around.view.isPlainlyUnpaired(match.start, around.end)
    if isAlone {
      // Nothing is paired.
    } else if tables.swapsPairedForms {
      switch swappedPairing(match, entry.pointee, &around) {
      case .unknown: return
      case .fixed:
        candidate.verdict = .keep(.paired)
        return
      case .word(let word, _):
        if write(word, entry.pointee, letterCase, &candidate) { return }
      case .none: break
      }
    } else {
      switch around.isPaired(entry.pointee.counterparts, wordStart: match.start, wordEnd: match.end) {
      case .unknown: return
      case .yes:
        candidate.verdict = .keep(.paired)
        return
      case .no: break
      }
    }
    ask(entry, letterCase, &around, &candidate)
    if candidate.isReplaced, !candidate.isUncertain, !comesBack(Int(candidate.branch), match, &around) {
      candidate.isUncertain = true
    }
  }

  /// What the match is paired with where paired forms are swapped. A form of which the other half has to stay ("his or hEr",
  /// "see his/her.csv") stays whole: else it would not come back.
  func swappedPairing(_ match: Match, _ entry: Entry, _ around: inout Surroundings) -> Surroundings.Pairing {
    let pairing = around.pairing(entry.counterparts, wordStart: match.start, wordEnd: match.end)
    guard case .word(_, let place) = pairing else { return pairing }
    switch stays(at: place, around.view) {
    case .no: return pairing
    case .yes: return .fixed
    case .unknown: return .unknown
    }
  }

  /// Whether the other half of a paired form, which begins at `place`, is left alone, as far as a match's view goes.
  private func stays(at place: Int, _ view: TextView) -> Ternary {
    var view = view
    // What is clear of code is known from the match on, and the half may stand before it.
    (view.codeClearEnd, view.tagClearEnd) = (0, 0)
    let seen = SegmentText(
      UnsafeBufferPointer(rebasing: view.bytes[..<view.upper]), leading: view.openStart ? .cut : .end,
      trailing: view.openEnd ? .cut : .end)
    // A word that only `pairs` names.
    guard let half = self.match(at: place, seen) else { return .no }
    switch half.standing {
    case .unknown: return .unknown
    case .withinWord, .joined: return .yes
    case .free: break
    }
    switch refusal(half, tables.entries[Int(tables.forms[half.form].entry)], view) {
    case nil: return .no
    case .edge: return .unknown
    default: return .yes
    }
  }

  /// In a paired form that is swapped each half becomes the other, or in "him- or herself" what the other begins with. False
  /// if no branch writes that. Which of several branches does was not asked: the paired form decides.
  private func write(
    _ word: ByteSlice, _ entry: Entry, _ letterCase: LetterCase, _ candidate: inout Candidate
  ) -> Bool {
    guard let index = branch(of: entry, writing: word) else { return false }
    settle(index, letterCase, &candidate)
    if entry.branches.count > 1, candidate.isReplaced { candidate.branch = tables.pairedBranch }
    candidate.isUncertain = false
    return true
  }

  @inline(always)
  private func settle(_ branch: Int, _ letterCase: LetterCase, _ candidate: inout Candidate) {
    candidate.branch = UInt16(branch)
    candidate.isUncertain = tables.branches[branch].isUncertain
    candidate.verdict = verdict(ofBranch: branch, letterCase)
  }

  /// The branch of an entry that writes a word, or else the front of it: "him or herself" makes "her or himself".
  func branch(of entry: Entry, writing word: ByteSlice) -> Int? {
    let other = tables.text[word]
    let written = { (index: Int) in self.tables.branches[index].replacement.map { self.tables.lowerText(of: $0) } }
    return entry.branches.indices.first { written($0)?.elementsEqual(other) == true }
      ?? entry.branches.indices.first { written($0).map { other.starts(with: $0) } == true }
  }

  @inline(always)
  private func ask(
    _ entry: UnsafePointer<Entry>, _ letterCase: LetterCase, _ around: inout Surroundings, _ candidate: inout Candidate
  ) {
    switch around.outcome(of: entry) {
    case .unknown: askOneByOne(entry.pointee, letterCase, &around, &candidate)
    case .none: candidate.verdict = .keep(.none)
    case .branch(let offset, let isDoubtful):
      settle(entry.pointee.branches.indices.lowerBound + offset, letterCase, &candidate)
      candidate.isUncertain = candidate.isUncertain || isDoubtful
    }
  }

  /// The same where something is not known, which need not matter.
  func askOneByOne(
    _ entry: Entry, _ letterCase: LetterCase, _ around: inout Surroundings, _ candidate: inout Candidate
  ) {
    var possible: Verdict?
    var isDoubtful = false
    for index in entry.branches.indices {
      let branch = tables.branches[index]
      let (holds, isNearThreshold) = around.holds(branch)
      isDoubtful = isDoubtful || isNearThreshold
      if holds == .no { continue }
      let verdict = verdict(ofBranch: index, letterCase)
      // A branch that may hold settles nothing unless the one that does hold writes the same.
      if let possible, possible != verdict { return }
      if holds == .yes {
        candidate.branch = UInt16(index)
        candidate.isUncertain = branch.isUncertain || isDoubtful
        candidate.verdict = verdict
        return
      }
      possible = verdict
    }
    if possible == nil { candidate.verdict = .keep(.none) }
  }

  /// In a true swap, whether what a branch writes would become the word again in this place: else the choice is in doubt, here
  /// or there. The words around are taken as they are, not as they are swapped.
  @inline(always)
  private func comesBack(_ branch: Int, _ match: Match, _ around: inout Surroundings) -> Bool {
    let words = tables.forms[match.form].words
    guard let inverse = tables.branches[branch].inverse, words.count == 1 else { return true }
    let word = tables.formWords[Int(words.first)].lower
    let entry = tables.entries.baseAddress! + Int(inverse)
    switch around.outcome(of: entry) {
    case .branch(let offset, _): return writes(entry.pointee.branches.indices.lowerBound + offset, word)
    case .none: return false
    case .unknown: break
    }
    for index in entry.pointee.branches.indices {
      switch around.holds(tables.branches[index]).holds {
      case .no: continue
      case .unknown: return false
      case .yes: return writes(index, word)
      }
    }
    return false
  }

  /// Equal texts are the same slice.
  private func writes(_ branch: Int, _ word: ByteSlice) -> Bool {
    guard let replacement = tables.branches[branch].replacement else { return false }
    return tables.slices[Int(replacement.cases.first)] == word
  }

  @inline(always)
  func verdict(ofBranch index: Int, _ letterCase: LetterCase) -> Verdict {
    guard let replacement = tables.branches[index].replacement else { return .keep(.branch(UInt16(index))) }
    guard let code = letterCase.carried(to: replacement.words) else { return .keep(.letterCase) }
    return .replace(tables.slices[Int(replacement.cases.first) + code])
  }
}
