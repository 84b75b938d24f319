import SwapRules
import Tokenization

/// A swap whose pack maps token ids: each token of the base is looked up, whatever stands around it.
///
/// Such a swap stands alone in a plan: no text is read, so nothing could say whether another swap edits the same word.
struct TokenMapStage: Sendable {
  private let map: TokenMap
  private let selection: Selection
  private let tokenizer: Tokenizer

  /// Nil if no swap of the plan maps ids.
  init?(_ stages: [SwapStage], _ tokenizer: Tokenizer) throws {
    guard let stage = stages.first(where: { $0.pack.tokenMap != nil }), let map = stage.pack.tokenMap else {
      return nil
    }
    guard stages.count == 1 else { throw InterventionError.tokenMapBesideOthers(pack: stage.pack.name) }
    let disagreement = map.firstDisagreement { id in
      tokenizer.contains(id) && !tokenizer.isSpecial(id) ? Array(tokenizer.bytes(of: id)) : nil
    }
    if let disagreement {
      throw InterventionError.otherTokenizer(pack: stage.pack.name, tokenizer: map.tokenizer, id: disagreement.from)
    }
    self.map = map
    self.tokenizer = tokenizer
    selection = stage.selection
  }

  /// Adds the edits of a view's core, and what the selection leaves alone.
  func findEdits(in view: SegmentView, _ sequence: Int, _ found: inout FoundEdits) {
    for index in view.core {
      guard let pair = map.pair(of: view.tokens[index]) else { continue }
      let range = view.starts[index]..<view.starts[index + 1]
      let rule = Int(pair.entry)
      guard selection.keeps(place(of: index, view, sequence)) else {
        found.left.append(
          LeftCandidate(range: range, token: index, stage: 0, rule: rule, branch: rule, reason: LeftReason.selection))
        continue
      }
      let own = found.placed.count..<(found.placed.count + 1)
      found.placed.append(
        Proposal(
          range: range, token: index, replacement: tokenizer.bytes(of: pair.to), stage: 0, rule: rule, branch: rule,
          uncertain: false))
      found.edits.append(
        SegmentEdit(
          proposals: own, region: Region(tokens: index..<(index + 1), ids: found.ids.count..<(found.ids.count + 1))))
      found.ids.append(pair.to)
    }
  }

  private func place(of index: Int, _ view: SegmentView, _ sequence: Int) -> Selection.Place {
    Selection.Place(
      sequence: UInt64(sequence), dataset: UInt64(view.dataset), item: UInt64(view.item),
      token: UInt64(view.firstToken + index), byte: 0)
  }
}
