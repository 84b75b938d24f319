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

  /// What the two arms have at one place: seed by seed, where they were trained with several.
  private mutating func compare(
    _ series: Series, _ checkpoint: Checkpoint, _ treated: [Observation], _ control: [Observation], isLast: Bool
  ) {
    let seeds = SeedGroups(control: control, treated: treated)
    for (seed, isTreated) in seeds.lone {
      let missing = isTreated ? "the control" : "the intervention"
      let these = (isTreated ? treated : control).filter { $0.evaluation.subject.seed == seed }
      note(series, checkpoint, these, "\(missing) has no result \(SeedGroups.name(seed)) there", isMissing: true)
    }
    var matches: [Match] = []
    for seed in seeds.common {
      let (these, others) = (seeds.treated[seed] ?? [], seeds.control[seed] ?? [])
      switch best(others, these) {
      case .success(let match):
        let twin = matches.first { $0.hasWeights(of: match) }
        if let twin {
          let reason = "seeds \(twin.seedName) and \(match.seedName) have the same weights: they count once"
          note(series, checkpoint, [match.control, match.treated], reason, isMissing: false)
        } else {
          matches.append(match)
        }
      case .failure(let refusal):
        reject(series, checkpoint, others, these, refusal.reason, isLast: isLast)
      }
    }
    guard let first = matches.first else { return }
    let items = matches.map { isLast ? ItemPairs($0.control, $0.treated) : nil }
    let pairs = zip(matches, items).map { $0.pair(items: $1) }
    comparisons.append(
      Comparison(
        model: series.model, arm: series.arm, measure: series.measure, checkpoint: checkpoint, isLast: isLast,
        control: Score.mean(pairs.map(\.control)), treated: Score.mean(pairs.map(\.treated)),
        standing: matches.max { $0.rank < $1.rank }?.standing ?? first.standing,
        difference: pairs.count == 1
          ? pairs[0].difference : Difference(pooling: pairs, items: items.compactMap { $0 }), pairs: pairs))
  }

  /// A result of each arm, and how far they can be compared.
  private struct Match {
    let rank: Int
    let standing: Comparison.Standing
    let control: Observation
    let treated: Observation

    var seedName: String { treated.evaluation.subject.seed.map(String.init) ?? "unknown" }

    func hasWeights(of other: Match) -> Bool {
      guard let control = control.evaluation.weightHash, let treated = treated.evaluation.weightHash else {
        return false
      }
      return control == other.control.evaluation.weightHash && treated == other.treated.evaluation.weightHash
    }

    func pair(items: ItemPairs?) -> Comparison.Pair {
      Comparison.Pair(
        seed: treated.evaluation.subject.seed, control: control.score, treated: treated.score,
        controlSource: control.evaluation.source, treatedSource: treated.evaluation.source, standing: standing,
        difference: Difference(from: control, to: treated, pairs: items))
    }
  }

  private struct Refusal: Error {
    let reason: String
  }

  /// The best pair of what the two arms have of one seed at one place.
  private func best(_ control: [Observation], _ treated: [Observation]) -> Result<Match, Refusal> {
    var best: Match?
    var reasons: Set<String> = []
    var values: Set<[Double]> = []
    for one in control {
      for other in treated {
        let (rank, standing, reason) = judge(one, other)
        if let reason { reasons.insert(reason) }
        guard let standing else { continue }
        if rank < best?.rank ?? 3 {
          best = Match(rank: rank, standing: standing, control: one, treated: other)
          values = []
        }
        if rank == best?.rank { values.insert([one.score.value, other.score.value]) }
      }
    }
    guard let best else { return .failure(Refusal(reason: reasons.sorted().joined(separator: "; "))) }
    guard values.count == 1 else {
      return .failure(
        Refusal(
          reason:
            "several results of the same evaluator differ; were they trained with different seeds? (evaluate --seed, report --labels)"
        ))
    }
    return .success(best)
  }

  private mutating func reject(
    _ series: Series, _ checkpoint: Checkpoint, _ control: [Observation], _ treated: [Observation], _ reason: String,
    isLast: Bool
  ) {
    if isLast, let one = control.first?.score, let other = treated.first?.score {
      rejections.append(
        Rejection(
          model: series.model, arm: series.arm, measure: series.measure, checkpoint: checkpoint, control: one,
          treated: other, reason: reason))
    }
    note(series, checkpoint, control + treated, reason, isMissing: false)
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

/// What two arms have at one place, by the seed of their training. Results that say no seed are a group of their own.
private struct SeedGroups {
  let control: [Int?: [Observation]]
  let treated: [Int?: [Observation]]

  init(control: [Observation], treated: [Observation]) {
    self.control = Dictionary(grouping: control) { $0.evaluation.subject.seed }
    self.treated = Dictionary(grouping: treated) { $0.evaluation.subject.seed }
  }

  var common: [Int?] { Self.sorted(treated.keys.filter { control[$0] != nil }) }

  /// Those that only one arm has.
  var lone: [(seed: Int?, isTreated: Bool)] {
    Self.sorted(treated.keys.filter { control[$0] == nil }).map { ($0, true) }
      + Self.sorted(control.keys.filter { treated[$0] == nil }).map { ($0, false) }
  }

  private static func sorted(_ seeds: [Int?]) -> [Int?] { seeds.sorted { ($0 ?? -1) < ($1 ?? -1) } }

  static func name(_ seed: Int?) -> String { seed.map { "of seed \($0)" } ?? "without a seed" }
}
