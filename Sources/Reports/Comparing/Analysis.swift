import Pipeline
import Statistics

/// All that a report says, before it is put into words and figures.
public struct Analysis: Sendable {
  public let files: ResultFiles
  public let manifests: [Manifest]
  public let allowMixed: Bool
  /// In the order of models, arms and tasks; at each place in training that both arms have.
  public let comparisons: [Comparison]
  public let exclusions: [Exclusion]
  /// What of the last places was not compared.
  public let rejections: [Rejection]
  public let outlying: OutlyingScores
  /// Files that say that different models, or steps of one, have equal weights.
  public let equalWeights: [[Evaluation]]
  let table: ObservationTable

  /// `allowMixed` also compares what different evaluators scored. About a second for the published results.
  /// Throws where a file of items is not what its result says.
  public init(_ results: ResultFiles, manifests: [Manifest] = [], allowMixed: Bool = false) throws {
    let files = try results.withLengths(of: manifests).withItemsOfLastCheckpoints()
    self.files = files
    self.manifests = manifests
    self.allowMixed = allowMixed
    table = ObservationTable(files.evaluations)
    let comparer = Comparer(table, allowMixed: allowMixed)
    let outlying = OutlyingScores(files.evaluations)
    comparisons = Self.adjusted(comparer.comparisons).map { comparison in
      var comparison = comparison
      comparison.isOutlying =
        comparison.isCrowsPairs
        && comparison.pairs.contains {
          outlying.sources.contains($0.controlSource) || outlying.sources.contains($0.treatedSource)
        }
      return comparison
    }
    exclusions = comparer.exclusions
    rejections = comparer.rejections
    self.outlying = outlying
    equalWeights = Self.equalWeights(files.evaluations)
  }

  /// At the last place that both arms have.
  public var last: [Comparison] { comparisons.filter(\.isLast) }
  public var claims: [Comparison] { last.filter { Benchmark.isClaim($0.measure) } }

  /// Models that have an intervention, and those that have none.
  public var models: [ModelName] { Array(Set(files.evaluations.map(\.subject.model))).sorted() }
  public func arms(of model: ModelName) -> [Arm] {
    Array(Set(files.evaluations.filter { $0.subject.model == model }.map(\.subject.arm))).sorted()
  }

  /// Different places in training, or arms, with one hash of weights. Where an intervention begins, its first checkpoint is
  /// its control's, and that is no mistake.
  private static func equalWeights(_ evaluations: [Evaluation]) -> [[Evaluation]] {
    let groups = Dictionary(grouping: evaluations.filter { $0.weightHash != nil }, by: { $0.weightHash ?? "" })
    return groups.values.filter { group in
      guard let first = group.first?.subject else { return false }
      if group.allSatisfy({ $0.subject.model == first.model && $0.subject.checkpoint == first.checkpoint }) {
        if Set(group.map(\.subject.seed)).count > 1 { return true }
        return Set(group.map(\.subject.arm)).count > 1 && !group.contains { isBeginning($0, evaluations) }
      }
      return true
    }.sorted { ($0.first?.source ?? "") < ($1.first?.source ?? "") }
  }

  /// True for the first of several checkpoints of an intervention.
  private static func isBeginning(_ evaluation: Evaluation, _ all: [Evaluation]) -> Bool {
    guard evaluation.subject.arm != .control else { return false }
    let own = all.filter { $0.subject.model == evaluation.subject.model && $0.subject.arm == evaluation.subject.arm }
    let places = Set(own.map(\.subject.checkpoint))
    return places.count > 1 && places.min() == evaluation.subject.checkpoint
  }

  // MARK: Correction for several tests

  /// What is tested together: the categories of one benchmark, the parts of WinoBias, the ability tasks.
  private struct Family: Hashable {
    var model: ModelName
    var arm: Arm
    var checkpoint: Checkpoint
    var metric: String
    var fewShot: Int
    var benchmark: String
  }

  private static func adjusted(_ comparisons: [Comparison]) -> [Comparison] {
    var comparisons = comparisons
    var families: [Family: [Int]] = [:]
    for (index, comparison) in comparisons.enumerated() {
      if comparison.difference.pValue != nil { families[family(of: comparison), default: []].append(index) }
    }
    for members in families.values {
      let adjusted = Holm.adjusted(members.map { comparisons[$0].difference.pValue ?? 1 })
      for (index, value) in zip(members, adjusted) { comparisons[index].adjusted = value }
    }
    return comparisons
  }

  private static func family(of comparison: Comparison) -> Family {
    let measure = comparison.measure
    let benchmark = Benchmark(task: measure.task)
    var family = Family(
      model: comparison.model, arm: comparison.arm, checkpoint: comparison.checkpoint, metric: measure.metric,
      fewShot: measure.fewShot, benchmark: "")
    switch benchmark {
    case .crowsPairs(let data, let category):
      let isDirection = category.hasSuffix("stereo")
      family.benchmark = "crows-pairs \(data)" + (category.isEmpty ? ", all" : isDirection ? ", directions" : "")
    case .winoBiasCoreference, .winoBiasPronoun, .pronounProbe:
      let isWhole = ["winobias_coreference", "winobias_pronoun", "pronoun_probe"].contains(measure.task)
      family.benchmark = benchmark.name + (isWhole ? "" : ", parts")
    case .guardTask: family.benchmark = "ability"
    }
    return family
  }
}

extension Comparison {
  var isCrowsPairs: Bool {
    if case .crowsPairs = Benchmark(task: measure.task) { return true }
    return false
  }

  /// At 5 %, after correction.
  public var isSignificant: Bool { (adjusted ?? difference.pValue ?? 1) < 0.05 }
}
