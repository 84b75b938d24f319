/// Puts interventions beside their controls, and says which scores cannot be.
struct Comparer {
  let table: ObservationTable
  let allowMixed: Bool

  private(set) var comparisons: [Comparison] = []
  /// At the last places only.
  private(set) var rejections: [Rejection] = []
  private var excluded: [ExclusionKey: ExclusionParts] = [:]

  private struct ExclusionKey: Hashable {
    var model: ModelName
    var arm: Arm
    var reason: String
    var isMissing: Bool
  }

  private struct ExclusionParts {
    var tasks: Set<String> = []
    var checkpoints: Set<Checkpoint> = []
    var sources: Set<String> = []
  }

  init(_ table: ObservationTable, allowMixed: Bool) {
    self.table = table
    self.allowMixed = allowMixed
    for series in table.series {
      switch series.arm {
      case .intervention: compare(series)
      case .unknown: exclude(series, reason: "no file says which arm this is", isMissing: false)
      case .control: break
      }
    }
  }

  /// In the order of models, arms and tasks.
  var exclusions: [Exclusion] {
    excluded.map { key, parts in
      Exclusion(
        model: key.model, arm: key.arm, tasks: parts.tasks.sorted(), checkpoints: parts.checkpoints.sorted(),
        reason: key.reason, sources: parts.sources.sorted(), isMissing: key.isMissing)
    }.sorted {
      ($0.model, $0.arm, $0.isMissing ? 1 : 0, $0.reason) < ($1.model, $1.arm, $1.isMissing ? 1 : 0, $1.reason)
    }
  }

  private mutating func compare(_ series: Series) {
    let treated = table.bySeries[series] ?? [:]
    let arm = treated.values.joined().first?.evaluation.subject.control ?? .control
    guard let control = table.bySeries[Series(model: series.model, arm: arm, measure: series.measure)] else {
      return exclude(series, reason: "there is no \(arm.name)", isMissing: true)
    }
    let last = treated.keys.filter { control[$0] != nil }.max()
    for checkpoint in treated.keys.sorted() {
      let these = treated[checkpoint] ?? []
      guard let others = control[checkpoint] else {
        note(series, checkpoint, these, "the control has no result there", isMissing: true)
        continue
      }
      compare(series, checkpoint, these, others, isLast: checkpoint == last)
    }
    for checkpoint in control.keys where treated[checkpoint] == nil && checkpoint >= (treated.keys.min() ?? checkpoint)
    {
      note(series, checkpoint, [], "the intervention has no result there", isMissing: true)
    }
  }

  /// The best pair of what the two arms have at one place.
  private mutating func compare(
    _ series: Series, _ checkpoint: Checkpoint, _ treated: [Observation], _ control: [Observation], isLast: Bool
  ) {
    var best: (rank: Int, standing: Comparison.Standing, control: Observation, treated: Observation)?
    var reasons: Set<String> = []
    var values: Set<[Double]> = []
    for one in control {
      for other in treated {
        let (rank, standing, reason) = judge(one, other)
        if let reason { reasons.insert(reason) }
        guard let standing else { continue }
        if rank < best?.rank ?? 3 {
          best = (rank, standing, one, other)
          values = []
        }
        if rank == best?.rank { values.insert([one.score.value, other.score.value]) }
      }
    }
    guard let best, values.count == 1 else {
      let reason =
        best == nil ? reasons.sorted().joined(separator: "; ") : "several results of the same evaluator differ"
      if isLast, let control = control.first?.score, let treated = treated.first?.score {
        rejections.append(
          Rejection(
            model: series.model, arm: series.arm, measure: series.measure, checkpoint: checkpoint, control: control,
            treated: treated, reason: reason))
      }
      return note(series, checkpoint, control + treated, reason, isMissing: false)
    }
    comparisons.append(
      Comparison(
        model: series.model, arm: series.arm, measure: series.measure, checkpoint: checkpoint, isLast: isLast,
        control: best.control.score, treated: best.treated.score, controlSource: best.control.evaluation.source,
        treatedSource: best.treated.evaluation.source, standing: best.standing,
        difference: Difference(from: best.control, to: best.treated, isDetailed: isLast)))
  }

  private func judge(
    _ control: Observation, _ treated: Observation
  ) -> (rank: Int, standing: Comparison.Standing?, reason: String?) {
    let comparability = Comparability.of(
      control.score, control.evaluation.fingerprint, treated.score, treated.evaluation.fingerprint)
    switch comparability {
    case .same: return (0, .same, nil)
    case .unverified(let parts): return (1, .unverified(parts), nil)
    case .different(let parts):
      return (2, allowMixed ? .mixed(parts) : nil, parts.joined(separator: ", "))
    }
  }

  private mutating func exclude(_ series: Series, reason: String, isMissing: Bool) {
    for (checkpoint, observations) in table.bySeries[series] ?? [:] {
      note(series, checkpoint, observations, reason, isMissing: isMissing)
    }
  }

  private mutating func note(
    _ series: Series, _ checkpoint: Checkpoint, _ observations: [Observation], _ reason: String, isMissing: Bool
  ) {
    let key = ExclusionKey(model: series.model, arm: series.arm, reason: reason, isMissing: isMissing)
    excluded[key, default: ExclusionParts()].tasks.insert(series.measure.task)
    excluded[key, default: ExclusionParts()].checkpoints.insert(checkpoint)
    excluded[key, default: ExclusionParts()].sources.formUnion(observations.map(\.evaluation.source))
  }
}
