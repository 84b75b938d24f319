extension Matcher {
  /// Branches behind the one that decided whose own conditions hold too and which would have written something else: where
  /// the order of branches matters. A last branch without a condition is meant to be overruled and is not among them.
  public func overruledBranches(of candidate: Candidate, in segment: SegmentText) -> [Int] {
    let branches = tables.entries[Int(candidate.entry)].branches.indices
    // A paired form asks none of them.
    guard candidate.isReplaced, branches.contains(Int(candidate.branch)) else { return [] }
    let later = Int(candidate.branch) + 1..<branches.upperBound
    guard
      later.contains(where: { tables.branches[$0].condition != nil || tables.branches[$0].table != nil }),
      let match = match(at: candidate.start, segment),
      let letterCase = match.letterCase,
      case .known(let cliticEnd) = cliticEnd(
        tables.entries[Int(candidate.entry)], match.end, TextView(segment, around: match.start, match.end))
    else { return [] }
    var around = Surroundings(
      TextView(segment, around: match.start, match.end), tables, nil, wordCase: letterCase.first, start: match.start,
      end: cliticEnd ?? match.end)
    return later.filter { index in
      let branch = tables.branches[index]
      guard branch.condition != nil || branch.table != nil, around.holds(branch).holds == .yes else { return false }
      return verdict(ofBranch: index, letterCase) != candidate.verdict
    }
  }
}
