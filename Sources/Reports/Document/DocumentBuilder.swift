import Pages
import Pipeline

/// Puts an analysis into words, tables and figures.
struct DocumentBuilder {
  let analysis: Analysis

  var document: Document {
    Document(
      title: "Gender bias: interventions beside their controls", subtitle: subtitle,
      claims: ClaimSentences(analysis: analysis).claims, banner: banner, warnings: warnings,
      sections: [
        claims, paperFigures, trajectories, manipulation, guards, categories, occupations, movedItems, comparability,
        method, fileList,
      ].filter { !$0.blocks.isEmpty })
  }

  private var subtitle: String {
    let files = ClaimSentences.count(analysis.files.evaluations.count, "result file")
    let models = ClaimSentences.count(analysis.models.count, "model")
    return "\(files) of \(models)"
      + (analysis.manifests.isEmpty ? "" : ", \(ClaimSentences.count(analysis.manifests.count, "manifest"))") + "."
  }

  // MARK: The first screen

  private var banner: String? {
    guard analysis.comparisons.contains(where: \.isMixed) else { return nil }
    return
      "Scores of different evaluators are compared here, because --allow-mixed was given. Such differences say more about"
      + " the evaluators than about the models; they are marked, and count for no claim."
  }

  private var warnings: [String] {
    var warnings: [String] = []
    warnings += ManipulationCheck(analysis: analysis).missing
    if !analysis.outlying.sources.isEmpty {
      warnings.append(
        "\(ClaimSentences.count(analysis.outlying.sources.count, "file")) of \(crowsPairsFiles) with CrowS-Pairs scores \(analysis.outlying.sources.count == 1 ? "has" : "have")"
          + " likelihood differences that no sound evaluator gives; see “What cannot be compared”.")
    }
    warnings += [missingNumbers].compactMap { $0 }
    return warnings + [equalWeights].compactMap { $0 }
  }

  /// One line, however many there are: a control of two windows is one run, which is as it should be.
  private var equalWeights: String? {
    guard let first = analysis.equalWeights.first else { return nil }
    let others = analysis.equalWeights.count - 1
    return "Equal weights under several names: \(first.map(\.subject.name).joined(separator: "; "))"
      + (others == 0 ? "." : "; and \(ClaimSentences.count(others, "more group")) (see “What cannot be compared”).")
  }

  /// Values that are NaN or infinite in the files.
  private var missingNumbers: String? {
    let files = analysis.files.evaluations.filter { !$0.missing.isEmpty }
    guard !files.isEmpty else { return nil }
    let all = files.flatMap { file in file.missing.map { "\($0) in \(file.shownSource)" } }
    let shown = all.prefix(4).joined(separator: "; ")
    return
      "\(ClaimSentences.count(all.count, "value")) \(all.count == 1 ? "is" : "are") no number (NaN, infinite or null) and count as"
      + " missing: \(shown)\(all.count > 4 ? "; … (see “All result files”)" : "")."
  }

  private var crowsPairsFiles: Int {
    analysis.files.evaluations.count { OutlyingScores.likelihoodDifference($0) != nil }
  }

  // MARK: Claims

  private var claims: Document.Section {
    let rows = analysis.claims.sorted {
      ($1.model.release, $0.model, $0.arm, $0.measure) < ($0.model.release, $1.model, $1.arm, $1.measure)
    }
    let rejected = analysis.rejections.filter { Benchmark.isClaim($0.measure) }
    guard !rows.isEmpty || !rejected.isEmpty else { return Document.Section(id: "claims", title: "", blocks: []) }
    return Document.Section(
      id: "claims", title: "Each intervention against its control",
      blocks: [
        .text(
          "At the last step that both have. Differences are intervention minus control, in points (percent of items); the"
            + " corrected p is Holm's, over the categories of CrowS-Pairs. “Could have seen” is the true difference that would"
            + " have been significant at 5 % with a probability of 80 %."),
        .table(ComparisonTable.of("claims", "Bias at the last step", rows, rejected: rejected)),
      ] + seeds(rows))
  }

  /// What each training says, of what is pooled: the claims, the probe, and the main measures of ability.
  private func seeds(_ claims: [Comparison]) -> [Document.Block] {
    let others = analysis.last.filter { comparison in
      switch Benchmark(task: comparison.measure.task) {
      case .pronounProbe: comparison.measure == Measure(task: "pronoun_probe", metric: "log_odds")
      case .guardTask: AbilityGuards.isMain(comparison.measure)
      default: false
      }
    }
    guard let table = ComparisonTable.seeds(claims + others) else { return [] }
    return [
      .text(
        "Each arm was trained several times. The differences above are pooled over the seeds, with intervals for another"
          + " training as well as for other items; these are of one training each."),
      .table(table),
    ]
  }

  // MARK: The paper's figures and the curves

  private var paperFigures: Document.Section {
    Document.Section(
      id: "figures", title: "The paper's figures, from these results",
      blocks: [FigureOne(analysis: analysis).figure, FigureTwo(analysis: analysis).figure].compactMap { $0 }.map {
        .figure($0)
      })
  }

  private var trajectories: Document.Section {
    let measures: [(String, Measure)] = [
      ("trajectory-crows-pairs", Measure(task: "crows_pairs_english_gender", metric: Metric.stereotype)),
      ("trajectory-crows-pairs-original", Measure(task: "crows_pairs_original_gender", metric: Metric.stereotype)),
      ("trajectory-winobias-pronoun", Measure(task: "winobias_pronoun", metric: Metric.score)),
      ("trajectory-lambada", Measure(task: "lambada_openai", metric: Metric.perplexity)),
      ("trajectory-heldout", Measure(task: "heldout_loss", metric: "loss")),
      ("trajectory-pronoun-probe", Measure(task: "pronoun_probe", metric: "log_odds")),
    ]
    let figures = measures.compactMap { TrajectoryFigure(analysis: analysis, name: $0.0, measure: $0.1).figure }
    return Document.Section(id: "trajectories", title: "Over training", blocks: figures.map { .figure($0) })
  }

  private var manipulation: Document.Section {
    Document.Section(
      id: "manipulation", title: "Manipulation check", blocks: ManipulationCheck(analysis: analysis).blocks)
  }

  private var guards: Document.Section {
    Document.Section(id: "ability", title: "Ability guards", blocks: AbilityGuards(analysis: analysis).blocks)
  }

  private var categories: Document.Section {
    Document.Section(id: "categories", title: "Categories and types", blocks: CategoryTables(analysis: analysis).blocks)
  }

  private var occupations: Document.Section {
    Document.Section(
      id: "occupations", title: "Occupations and labour statistics", blocks: OccupationTables(analysis: analysis).blocks
    )
  }

  private var movedItems: Document.Section {
    Document.Section(id: "items", title: "Items that moved most", blocks: MovedItems(analysis: analysis).blocks)
  }

  private var comparability: Document.Section {
    Document.Section(
      id: "comparability", title: "What cannot be compared", blocks: ComparabilityTables(analysis: analysis).blocks)
  }

  private var method: Document.Section {
    Document.Section(id: "method", title: "How it was computed", blocks: [.list(Method.lines)])
  }

  private var fileList: Document.Section {
    Document.Section(id: "files", title: "Result files", blocks: FileTables(analysis: analysis).blocks)
  }
}
