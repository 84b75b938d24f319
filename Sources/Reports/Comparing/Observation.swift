import Statistics

/// A score with the file that has it.
struct Observation: Sendable {
  let evaluation: Evaluation
  let score: Score
}

/// One curve: a model's arm, measured in one way.
struct Series: Hashable, Comparable, Sendable {
  var model: ModelName
  var arm: Arm
  var measure: Measure

  static func < (one: Series, other: Series) -> Bool {
    (one.model, one.arm, one.measure) < (other.model, other.arm, other.measure)
  }
}

/// All scores, by what they measure and where in training.
struct ObservationTable: Sendable {
  private(set) var bySeries: [Series: [Checkpoint: [Observation]]] = [:]

  init(_ evaluations: [Evaluation]) {
    for evaluation in evaluations {
      for score in evaluation.scores + WinoBiasScores.derived(from: evaluation.scores) {
        let series = Series(model: evaluation.subject.model, arm: evaluation.subject.arm, measure: score.measure)
        bySeries[series, default: [:]][evaluation.subject.checkpoint, default: []]
          .append(Observation(evaluation: evaluation, score: score))
      }
    }
  }

  var series: [Series] { bySeries.keys.sorted() }

  func points(_ series: Series) -> [(checkpoint: Checkpoint, observation: Observation)] {
    (bySeries[series] ?? [:]).sorted { $0.key < $1.key }.flatMap { checkpoint, all in all.map { (checkpoint, $0) } }
  }

  /// Where a series has several seeds: their means at each checkpoint, and where other seeds and items would put them.
  func means(_ series: Series) -> [(checkpoint: Checkpoint, value: Double, interval: Interval?)] {
    (bySeries[series] ?? [:]).sorted { $0.key < $1.key }.compactMap { checkpoint, all in
      let seeds = Dictionary(grouping: all.filter { $0.evaluation.subject.seed != nil }, by: \.evaluation.subject.seed)
      let scores = seeds.sorted { ($0.key ?? 0) < ($1.key ?? 0) }.compactMap(\.value.first?.score)
      guard scores.count > 1 else { return nil }
      return (checkpoint, Score.mean(scores).value, Score.interval(ofSeeds: scores))
    }
  }
}
