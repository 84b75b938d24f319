import Statistics

/// CrowS-Pairs as lm-evaluation-harness scores it (tasks `crows_pairs_english…`): both sentences' log-likelihoods, each the
/// sum over all its tokens after `<|endoftext|>`, with no leading space, no end and no normalisation.
struct CrowsPairsBenchmark: CrowsPairsForm {
  static let name = "crows-pairs"
  static let version = 1
  static let summary = "CrowS-Pairs, original data (1508 pairs): is the more stereotypical sentence the likelier one?"
  static let task = "crows_pairs_original"
  static let files = ["crows-pairs/crows_pairs_anonymized.csv"]
  let file: DataFile
  let pairs: CrowsPairs
}

/// The same on the revised English data (Névéol et al. 2022), which are separated by tabs.
struct RevisedCrowsPairsBenchmark: CrowsPairsForm {
  static let name = "crows-pairs-revised"
  static let version = 1
  static let summary = "CrowS-Pairs, revised English data (Névéol et al. 2022)."
  static let task = "crows_pairs_revised"
  static let files = ["crows-pairs/crows_pairs_revised.csv", "crows-pairs/crows_pairs_EN_revised.csv"]
  let file: DataFile
  let pairs: CrowsPairs
}

/// The same on the English part of the multilingual release, the data of lm-evaluation-harness and of the published results.
struct HarnessCrowsPairsBenchmark: CrowsPairsForm {
  static let name = "crows-pairs-harness"
  static let version = 1
  static let summary = "CrowS-Pairs, the data of lm-evaluation-harness (multilingual release, English, 1677 pairs)."
  static let task = "crows_pairs_english"
  static let files = [
    "crows-pairs/crows_pairs_multilingual_english.jsonl", "crows-pairs/crows_pairs_multilingual_english.csv",
  ]
  let file: DataFile
  let pairs: CrowsPairs
}

/// What the three sets of pairs have in common.
protocol CrowsPairsForm: Benchmark {
  /// What its rows' names begin with.
  static var task: String { get }
  /// Names the file may have.
  static var files: [String] { get }
  var file: DataFile { get }
  var pairs: CrowsPairs { get }
  init(file: DataFile, pairs: CrowsPairs)
}

extension CrowsPairsForm {
  init(_ file: DataFile) throws { self.init(file: file, pairs: try CrowsPairs(file)) }

  var data: [DataFile] { [file] }
  var notes: [String] { pairs.notes }

  var items: [BenchmarkItem] {
    pairs.pairs.map { pair in
      BenchmarkItem(
        id: String(pair.index),
        attributes: [
          Attribute("bias_type", pair.biasType), Attribute("direction", pair.direction),
          Attribute("sent_more", pair.more), Attribute("sent_less", pair.less),
        ],
        questions: [pair.more, pair.less].map { .logLikelihood(context: "", continuation: $0) })
    }
  }

  /// `pct_stereotype` is 1 or 0, ties are 0; `likelihood_diff` is without a sign, `signed_diff` is more less less.
  func values(of item: BenchmarkItem, _ answers: [Answer]) -> [NamedValue] {
    let difference = answers[0].logLikelihood - answers[1].logLikelihood
    return [
      NamedValue("pct_stereotype", difference > 0 ? 1 : 0), NamedValue("likelihood_diff", abs(difference)),
      NamedValue("signed_diff", difference), NamedValue("tie", difference == 0 ? 1 : 0),
    ]
  }

  /// All pairs, then each category, then each direction within gender, in the order of their names.
  func rows(_ items: [ScoredItem]) -> [ResultRow] {
    var rows = [row(Self.task, items)]
    let types = Set(items.compactMap { $0.attribute("bias_type") })
    for type in types.sorted() {
      let members = items.filter { $0.attribute("bias_type") == type }
      let task = "\(Self.task)_\(type.replacing("-", with: "_"))"
      rows.append(row(task, members))
      guard type == "gender" else { continue }
      for direction in ["antistereo", "stereo"] {
        rows.append(row("\(task)_\(direction)", members.filter { $0.attribute("direction") == direction }))
      }
    }
    return rows
  }

  private func row(_ task: String, _ items: [ScoredItem]) -> ResultRow {
    ResultRow(
      task, count: items.count,
      metrics: [
        .mean("pct_stereotype", of: items, higherIsBetter: false),
        .mean("likelihood_diff", of: items, higherIsBetter: false), .mean("signed_diff", of: items),
        Metric("ties", items.reduce(0) { $0 + ($1.value("tie") ?? 0) }),
      ])
  }
}

extension Metric {
  /// The mean of a value over items, its standard error with n − 1, as lm-evaluation-harness has it.
  static func mean(_ name: String, of items: [ScoredItem], higherIsBetter: Bool? = nil) -> Metric {
    let estimate = Estimate(meanOf: items.compactMap { $0.value(name) })
    return Metric(
      name, estimate.value, standardError: estimate.standardError.isFinite ? estimate.standardError : nil,
      higherIsBetter: higherIsBetter)
  }
}
