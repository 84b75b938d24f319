import Intervention
import SwapRules
import TrainingOrder

/// Draws edits of a window to show, by keyed hashes: spread over the window, and the same whoever draws.
///
/// Samples are made again, so there need not be an edit log.
struct ExcerptDraw {
  static let limit = 20
  /// Samples that are made at most. Where edits are rarer than one in a hundred samples, fewer are shown.
  static let sampleLimit = 2048

  private let plan: WindowPlan
  private let maker: SampleMaker
  private let subsets: SubsetNumbers?

  init(_ plan: WindowPlan, _ order: RunOrder) throws {
    self.plan = plan
    maker = try SampleMaker(plan, order, log: false)
    subsets = plan.subsetNumbers
  }

  /// An edit and its place in the draw: first one edit of each sample, then a second of each.
  private struct Drawn {
    let round: Int
    let hash: UInt64
    let sequence: Int
    let record: SampleRecord
    let index: Int
  }

  /// In the order of training. A millisecond a sample.
  func excerpts() throws -> [Excerpt] {
    let stages = plan.intervention.stages
    let sequences = plan.sequences.lazy.filter { sequence in
      stages.contains { $0.selection.mayKeep(sequence: sequence) }
    }
    var drawn: [Drawn] = []
    var samples = 0
    for sequence in KeyedDraw.of(Self.sampleLimit, from: sequences) where samples < Self.limit {
      try maker.make(sequence)
      let edits = draw(sequence)
      drawn += edits
      samples += edits.isEmpty ? 0 : 1
    }
    return try drawn.sorted { ($0.round, $0.hash) < ($1.round, $1.hash) }.prefix(Self.limit).map(excerpt)
      .sorted { ($0.sequence, $0.position) < ($1.sequence, $1.position) }
  }

  /// Edits of the last sample that was made. One that fell off, or lies in what a sample was filled up with, has no text
  /// around it.
  private func draw(_ sequence: Int) -> [Drawn] {
    let record = maker.record
    let places = record.edits.indices.filter {
      !record.edits[$0].isCut && record.edits[$0].position < record.control.count
    }
    let hashed = places.map { index in
      (KeyedHash.of(0, UInt64(sequence), UInt64(bitPattern: Int64(record.edits[index].position))), index)
    }
    return hashed.sorted(by: <).prefix(Self.limit).enumerated().map { round, edit in
      Drawn(round: round, hash: edit.0, sequence: sequence, record: record, index: edit.1)
    }
  }

  private func excerpt(_ drawn: Drawn) throws -> Excerpt {
    let (record, sequence) = (drawn.record, drawn.sequence)
    let edit = record.edits[drawn.index]
    let pack = plan.packs[edit.stage]
    return Excerpt(
      sequence: sequence, step: sequence / plan.run.batchSize, row: sequence % plan.run.batchSize,
      position: edit.position, rule: pack.entries[edit.rule].id, branch: pack.branches[edit.branch].id,
      isUncertain: edit.isUncertain, subset: subsets?.name(ofItem: edit.item, dataset: edit.dataset),
      pieces: try ExcerptText(tokenizer: plan.tokenizer, record: record).pieces(around: drawn.index))
  }
}
