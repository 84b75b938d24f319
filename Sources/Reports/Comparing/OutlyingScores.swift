/// CrowS-Pairs scores whose likelihood differences say that something else than the benchmark was measured.
///
/// The two sentences of a pair differ in a word or two, so the mean |LL(more) − LL(less)| of a sound evaluator is a few nats:
/// 2.4 to 3.5 on gender for all Pythia models. One build of the published evaluator gives 23 to 44.
public struct OutlyingScores: Sendable {
  /// Above this it is flagged, whatever else there is to compare with.
  public static let limit = 10.0
  /// So many times the median of the other builds is flagged too.
  public static let factor = 3.0

  /// Files with flagged scores, and by how much.
  public private(set) var sources: Set<String> = []
  /// Median by build, of gender (or of all pairs, where there is no gender).
  public private(set) var medians: [Fingerprint: Double] = [:]

  init(_ evaluations: [Evaluation]) {
    var values: [Fingerprint: [(source: String, value: Double)]] = [:]
    for evaluation in evaluations {
      guard let value = Self.likelihoodDifference(evaluation) else { continue }
      values[evaluation.fingerprint, default: []].append((evaluation.source, value))
    }
    medians = values.mapValues { Self.median($0.map(\.value)) }
    for (fingerprint, files) in values {
      let others = medians.filter { $0.key != fingerprint }.map(\.value)
      let bound = min(Self.limit, others.min().map { $0 * Self.factor } ?? .infinity)
      for file in files where file.value > bound { sources.insert(file.source) }
    }
  }

  static func likelihoodDifference(_ evaluation: Evaluation) -> Double? {
    let all = evaluation.scores.filter { $0.metric == Metric.likelihoodDifference }
    func score(_ category: String) -> Double? {
      ["english", "original", "revised"].lazy.compactMap { data in
        all.first { Benchmark(task: $0.task) == .crowsPairs(data: data, category: category) }?.value
      }.first
    }
    return score("gender") ?? score("")
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
