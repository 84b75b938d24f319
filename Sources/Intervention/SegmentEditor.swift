import SwapRules

/// Decides which edits are made in a segment: rules, then regions, then length policy, then selection.
final class SegmentEditor {
  private let stages: [SwapStage]
  private let length: LengthPolicy
  /// Takes the place of all else.
  private let tokenMap: TokenMapStage?
  private var matchers: [Matcher]
  private var regions: RegionFinder
  private var candidates: [Candidate] = []
  private var proposals: [Proposal] = []
  private var drafts: [Draft] = []

  /// What was found in the last view, in the order of the text.
  private(set) var edits: [SegmentEdit] = []
  private(set) var left: [LeftCandidate] = []

  /// Proposals that make one edit, and its region.
  private struct Draft {
    var proposals: [Proposal]
    var region: Region
  }

  init(_ plan: InterventionPlan) throws {
    stages = plan.stages
    length = plan.length
    tokenMap = plan.tokenMap
    matchers = tokenMap == nil ? try plan.stages.map { try Matcher($0.pack) } : []
    regions = RegionFinder(plan.tokenizer)
  }

  /// Finds the edits that reach into the core of a view. False if the view is too small to tell.
  func findEdits(in view: SegmentView, sequence: Int) throws -> Bool {
    findNothing()
    if let tokenMap {
      tokenMap.findEdits(in: view, sequence: sequence, &edits, &left)
      return true
    }
    proposals.removeAll(keepingCapacity: true)
    guard let range = searchRange(view) else { return false }
    for stage in stages.indices { propose(stage, in: view, range) }
    if stages.count > 1 { proposals.sort { $0.range.lowerBound < $1.range.lowerBound } }
    guard try draftEdits(view), try mergeOverlapping(view) else { return false }
    for draft in drafts { decide(draft, view, sequence) }
    left.sort { ($0.range.lowerBound, $0.stage) < ($1.range.lowerBound, $1.stage) }
    return true
  }

  /// Forgets what was found, for a view that is not to be edited.
  func findNothing() {
    edits.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
  }

  /// Bytes beyond the core in which edits are sought. A form has at most 64 bytes, twice that with typographic
  /// apostrophes, and an edit changes at most the pre-token before and the one behind it.
  private static let neighbourhood = 256

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

  private func propose(_ stage: Int, in view: SegmentView, _ range: Range<Int>) {
    view.bytes.withUnsafeBufferPointer { bytes in
      let text = SegmentText(
        bytes, leading: view.left == .end ? .end : .cut, trailing: view.right == .end ? .end : .cut)
      candidates.removeAll(keepingCapacity: true)
      matchers[stage].candidates(in: text, from: range.lowerBound, to: range.upperBound, into: &candidates)
      propose(stage, in: text)
    }
  }

  private func propose(_ stage: Int, in text: SegmentText) {
    let earlier = proposals.count
    for candidate in candidates {
      switch candidate.verdict {
      case .keep(let reason): leave(candidate, stage, stages[stage].pack.name(of: reason))
      case .replace:
        let range = candidate.start..<candidate.end
        if proposals[..<earlier].contains(where: { $0.range.overlaps(range) }) {
          leave(candidate, stage, LeftReason.overlap)
        } else {
          proposals.append(
            Proposal(
              range: range, replacement: stages[stage].pack.replacement(of: candidate, in: text), stage: stage,
              rule: Int(candidate.entry), branch: Int(candidate.branch), uncertain: candidate.isUncertain))
        }
      }
    }
  }

  private func leave(_ candidate: Candidate, _ stage: Int, _ reason: String) {
    left.append(
      LeftCandidate(
        range: candidate.start..<candidate.end, stage: stage, rule: Int(candidate.entry),
        branch: Int(candidate.branch), reason: reason))
  }

  private func leave(_ proposals: [Proposal], _ reason: String) {
    for proposal in proposals {
      left.append(
        LeftCandidate(
          range: proposal.range, stage: proposal.stage, rule: proposal.rule, branch: proposal.branch, reason: reason))
    }
  }

  // MARK: Regions

  private func draftEdits(_ view: SegmentView) throws -> Bool {
    drafts.removeAll(keepingCapacity: true)
    for proposal in proposals {
      switch try regions.find([proposal], in: view) {
      case .needsMore: return false
      case .left(let reason): leave([proposal], reason)
      case .region(let region): drafts.append(Draft(proposals: [proposal], region: region))
      }
    }
    return true
  }

  /// Makes edits whose regions overlap one edit, until none do.
  private func mergeOverlapping(_ view: SegmentView) throws -> Bool {
    var index = 1
    while index < drafts.count {
      guard drafts[index].region.tokens.lowerBound < drafts[index - 1].region.tokens.upperBound else {
        index += 1
        continue
      }
      let together = drafts[index - 1].proposals + drafts[index].proposals
      drafts.remove(at: index)
      switch try regions.find(together[...], in: view) {
      case .needsMore: return false
      case .left(let reason):
        leave(together, reason)
        drafts.remove(at: index - 1)
      case .region(let region): drafts[index - 1] = Draft(proposals: together, region: region)
      }
      index = max(1, index - 1)
    }
    return true
  }

  // MARK: Length and selection

  private func decide(_ draft: Draft, _ view: SegmentView, _ sequence: Int) {
    let first = draft.proposals[0]
    if length == .aligned && draft.region.tokens.count != draft.region.replacement.count {
      leave(draft.proposals, LeftReason.length)
    } else if !stages[first.stage].selection.keeps(place(of: first, view, sequence)) {
      leave(draft.proposals, LeftReason.selection)
    } else {
      let range = first.range.lowerBound..<draft.proposals.last!.range.upperBound
      edits.append(
        SegmentEdit(
          region: draft.region, range: range, replacement: replacement(draft.proposals, view), stage: first.stage,
          rule: first.rule, branch: first.branch, uncertain: draft.proposals.contains { $0.uncertain }))
    }
  }

  private func place(of proposal: Proposal, _ view: SegmentView, _ sequence: Int) -> Selection.Place {
    let token = view.token(holding: proposal.range.lowerBound)
    return Selection.Place(
      sequence: UInt64(sequence), dataset: UInt64(view.dataset), item: UInt64(view.item),
      token: UInt64(view.firstToken + token), byte: UInt64(proposal.range.lowerBound - view.starts[token]))
  }

  /// What stands in the text from the first proposal to the last once all are made.
  private func replacement(_ proposals: [Proposal], _ view: SegmentView) -> [UInt8] {
    guard proposals.count > 1 else { return proposals[0].replacement }
    var bytes: [UInt8] = []
    var position = proposals[0].range.lowerBound
    for proposal in proposals {
      bytes += view.bytes[position..<proposal.range.lowerBound] + proposal.replacement
      position = proposal.range.upperBound
    }
    return bytes
  }
}
