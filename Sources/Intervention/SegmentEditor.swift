import SwapRules

/// Decides which edits are made in a segment: rules, then regions, then length policy, then selection.
struct SegmentEditor {
  private let plan: InterventionPlan
  private let matchers: [Matcher]
  private let written = WrittenBytes()
  private var regions: RegionFinder
  /// The bytes of the tokens in which a form may begin, and the tokens.
  private var places: [Range<Int>] = []
  private var placeTokens: [Int] = []
  private var candidates: [Candidate] = []
  private var proposals: [Proposal] = []
  private var drafts: [SegmentEdit] = []

  /// What was found in the last view.
  private(set) var found = FoundEdits()

  init(_ plan: InterventionPlan) throws {
    self.plan = plan
    matchers = plan.tokenMap == nil ? try plan.stages.map { try Matcher($0.pack) } : []
    regions = RegionFinder(plan.tokenizer)
  }

  /// Finds the edits that reach into the core of a view. False if the view is too small to tell.
  ///
  /// `formTokens`: the tokens in which a form may begin, as offsets in the item, in order; all that there are from the
  /// neighbourhood before the core to the one behind it.
  mutating func findEdits(in view: SegmentView, formTokens: [Int], sequence: Int) throws -> Bool {
    found.clear()
    if let tokenMap = plan.tokenMap {
      tokenMap.findEdits(in: view, sequence, &found)
      return true
    }
    proposals.removeAll(keepingCapacity: true)
    written.removeAll()
    guard let range = searchRange(view) else { return false }
    setPlaces(formTokens, in: view, range)
    for stage in plan.stages.indices { propose(stage, in: view) }
    if plan.stages.count > 1 { proposals.sort { $0.range.lowerBound < $1.range.lowerBound } }
    guard try draftEdits(view), try mergeOverlapping(view) else { return false }
    for draft in drafts { decide(draft, view, sequence) }
    found.left.sort { ($0.range.lowerBound, $0.stage) < ($1.range.lowerBound, $1.stage) }
    return true
  }

  /// Bytes beyond the core in which edits are sought. A form has at most 64 bytes, twice that with typographic
  /// apostrophes, and an edit changes at most the pre-token before and the one behind it.
  static let neighbourhood = 256

  /// The bytes in which an edit can begin that changes a token of the core; nil if the view is too small.
  private func searchRange(_ view: SegmentView) -> Range<Int>? {
    let low = max(0, view.coreBytes.lowerBound - Self.neighbourhood)
    let high = min(view.bytes.count, view.coreBytes.upperBound + Self.neighbourhood)
    // The rules look `reach` bytes beyond a match, which can cross the range's end.
    let need = Matcher.reach + Self.neighbourhood
    if view.left == .more && low < need { return nil }
    if view.right == .more && view.bytes.count - high < need { return nil }
    return low..<high
  }

  // MARK: Rules

  /// Takes the tokens in which a form may begin, and of their bytes those in `range`.
  private mutating func setPlaces(_ formTokens: [Int], in view: SegmentView, _ range: Range<Int>) {
    places.removeAll(keepingCapacity: true)
    placeTokens.removeAll(keepingCapacity: true)
    for formToken in formTokens {
      let token = formToken - view.firstToken
      guard view.tokens.indices.contains(token) else { continue }
      let place = (view.starts[token]..<view.starts[token + 1]).clamped(to: range)
      if place.isEmpty { continue }
      places.append(place)
      placeTokens.append(token)
    }
  }

  private mutating func propose(_ stage: Int, in view: SegmentView) {
    candidates.removeAll(keepingCapacity: true)
    view.bytes.withUnsafeBufferPointer { bytes in
      let text = SegmentText(
        bytes, leading: view.left == .end ? .end : .cut, trailing: view.right == .end ? .end : .cut)
      matchers[stage].candidates(in: text, at: places, into: &candidates)
      propose(stage, in: text)
    }
  }

  private mutating func propose(_ stage: Int, in text: SegmentText) {
    let pack = plan.stages[stage].pack
    let earlier = proposals.count
    var place = 0
    for candidate in candidates {
      while places[place].upperBound <= candidate.start { place += 1 }
      let token = placeTokens[place]
      let range = candidate.start..<candidate.end
      switch candidate.verdict {
      case .keep(let reason): leave(candidate, token, stage, pack.name(of: reason))
      case .replace where proposals[..<earlier].contains(where: { $0.range.overlaps(range) }):
        leave(candidate, token, stage, LeftReason.overlap)
      case .replace(let replacement):
        proposals.append(
          Proposal(
            range: range, token: token, replacement: written.bytes(of: replacement, for: candidate, in: text, pack),
            stage: stage, rule: Int(candidate.entry), branch: Int(candidate.branch), uncertain: candidate.isUncertain))
      }
    }
  }

  private mutating func leave(_ candidate: Candidate, _ token: Int, _ stage: Int, _ reason: String) {
    found.left.append(
      LeftCandidate(
        range: candidate.start..<candidate.end, token: token, stage: stage,
        rule: Int(candidate.entry), branch: Int(candidate.branch), reason: reason))
  }

  private mutating func leave(_ proposals: ArraySlice<Proposal>, _ reason: String) {
    for proposal in proposals {
      found.left.append(
        LeftCandidate(
          range: proposal.range, token: proposal.token, stage: proposal.stage, rule: proposal.rule,
          branch: proposal.branch, reason: reason))
    }
  }

  // MARK: Regions

  private mutating func draftEdits(_ view: SegmentView) throws -> Bool {
    drafts.removeAll(keepingCapacity: true)
    for index in proposals.indices {
      let own = found.placed.count..<(found.placed.count + 1)
      if let (region, pronouns) = try regions.findPlain(proposals[index], in: view, into: &found.ids) {
        drafts.append(SegmentEdit(proposals: own, region: region, pronouns: pronouns))
      } else {
        switch try regions.find(proposals[index...index], in: view, into: &found.ids) {
        case .needsMore: return false
        case .left(let reason):
          leave(proposals[index...index], reason)
          continue
        case .region(let region): drafts.append(SegmentEdit(proposals: own, region: region))
        }
      }
      found.placed.append(proposals[index])
    }
    return true
  }

  /// Makes edits whose regions overlap one edit, until none do.
  private mutating func mergeOverlapping(_ view: SegmentView) throws -> Bool {
    var index = 1
    while index < drafts.count {
      guard drafts[index].region.tokens.lowerBound < drafts[index - 1].region.tokens.upperBound else {
        index += 1
        continue
      }
      let together = drafts[index - 1].proposals.lowerBound..<drafts[index].proposals.upperBound
      drafts.remove(at: index)
      switch try regions.find(found.placed[together], in: view, into: &found.ids) {
      case .needsMore: return false
      case .left(let reason):
        leave(found.placed[together], reason)
        drafts.remove(at: index - 1)
        drop(together, from: index - 1)
      case .region(let region): drafts[index - 1] = SegmentEdit(proposals: together, region: region)
      }
      index = max(1, index - 1)
    }
    return true
  }

  /// Forgets proposals that no draft has; `first` is the first draft with later ones.
  private mutating func drop(_ dropped: Range<Int>, from first: Int) {
    found.placed.removeSubrange(dropped)
    for index in drafts[first...].indices {
      let own = drafts[index].proposals
      drafts[index].proposals = (own.lowerBound - dropped.count)..<(own.upperBound - dropped.count)
    }
  }

  // MARK: Length and selection

  private mutating func decide(_ draft: SegmentEdit, _ view: SegmentView, _ sequence: Int) {
    let first = found.placed[draft.proposals.lowerBound]
    if plan.length == .aligned && draft.region.tokens.count != draft.region.ids.count {
      leave(found.placed[draft.proposals], LeftReason.length)
    } else if !plan.stages[first.stage].selection.keeps(place(of: first, view, sequence)) {
      leave(found.placed[draft.proposals], LeftReason.selection)
    } else {
      found.edits.append(draft)
    }
  }

  private func place(of proposal: Proposal, _ view: SegmentView, _ sequence: Int) -> Selection.Place {
    Selection.Place(
      sequence: UInt64(sequence), dataset: UInt64(view.dataset), item: UInt64(view.item),
      token: UInt64(view.firstToken + proposal.token),
      byte: UInt64(proposal.range.lowerBound - view.starts[proposal.token]))
  }
}
