import Pages

/// What was left out of the differences, and by which evaluators the scores were made.
struct ComparabilityTables {
  let analysis: Analysis

  var blocks: [Document.Block] {
    var blocks: [Document.Block] = [.text(sentence), .table(evaluators)]
    let excluded = analysis.exclusions.filter { !$0.isMissing }
    let missing = analysis.exclusions.filter(\.isMissing)
    if !excluded.isEmpty {
      blocks.append(.table(table("excluded", "Left out of the differences", excluded)))
      blocks.append(.table(files(excluded)))
    }
    if !missing.isEmpty {
      blocks.append(.table(table("no-counterpart", "Only one arm has a result", missing, isFolded: true)))
    }
    if !analysis.equalWeights.isEmpty { blocks.append(.table(weights)) }
    if !analysis.files.skipped.isEmpty {
      blocks.append(.list(analysis.files.skipped.map { "Skipped \($0.shownPath): \($0.reason)." }))
    }
    return blocks
  }

  private var sentence: String {
    let outlying = analysis.outlying.sources.count
    let flagged =
      outlying == 0
      ? ""
      : " Likelihood differences of gender pairs above \(Figures.decimal(OutlyingScores.limit, digits: 0)) nats, or three times those"
        + " of another evaluator, are marked as outlying: the two sentences of a pair differ in a word or two."
    return "Scores are compared only where both files say the same of their evaluator, task and data." + flagged
  }

  private var evaluators: ReportTable {
    let groups = Dictionary(grouping: analysis.files.evaluations, by: \.fingerprint)
    let rows = groups.map { fingerprint, files in (fingerprint, files) }
      .sorted { ($0.0.name, $0.1.first?.source ?? "") < ($1.0.name, $1.1.first?.source ?? "") }
    return ReportTable(
      "evaluators", "Evaluators",
      [
        .text("evaluator", "evaluator"), .number("files", "files"), .sentence("models", "models"),
        .text("batch_sizes", "batch sizes"), .number("median_likelihood_diff", "median |ΔLL|, gender"),
        .number("outlying", "outlying files"),
      ] + (hasErrors ? [.number("precision_error", "greatest error of the precision, nats")] : []),
      rows.map { fingerprint, files in
        let marked = files.count { analysis.outlying.sources.contains($0.source) }
        return [
          .text(fingerprint.name), .count(files.count),
          .text(Set(files.map(\.subject.model)).sorted().map(\.name).joined(separator: ", ")),
          .text(
            Array(Set(files.compactMap(\.batchSize))).sorted { ($0.count, $0) < ($1.count, $1) }.joined(separator: ", ")
          ),
          analysis.outlying.medians[fingerprint].map { .number($0, digits: 2) } ?? .none,
          marked > 0 ? .marked("\(marked) of \(files.count)") : .none,
        ]
          + (hasErrors
            ? [files.compactMap(\.precisionError?.greatest).max().map { .number($0, digits: 4) } ?? .none] : [])
      })
  }

  private var hasErrors: Bool { analysis.files.evaluations.contains { $0.precisionError != nil } }

  private func table(_ name: String, _ title: String, _ exclusions: [Exclusion], isFolded: Bool = false) -> ReportTable
  {
    ReportTable(
      name, title,
      [
        .name("model", "model"), .name("arm", "arm"), .sentence("reason", "why"), .sentence("steps", "steps"),
        .sentence("tasks", "tasks"), .number("files", "files"),
      ],
      exclusions.map {
        [
          .text($0.model.name), .text($0.arm.name), .text($0.reason), .text(Self.steps($0.checkpoints)),
          .text(Self.tasks($0.tasks)), .count($0.sources.count),
        ]
      }, isFolded: isFolded)
  }

  private func files(_ exclusions: [Exclusion]) -> ReportTable {
    let names = Dictionary(
      analysis.files.evaluations.map { ($0.source, $0.shownSource) }, uniquingKeysWith: { first, _ in first })
    return ReportTable(
      "excluded-files", "Files that were left out",
      [.name("model", "model"), .name("arm", "arm"), .sentence("reason", "why"), .text("file", "file")],
      exclusions.flatMap { exclusion in
        exclusion.sources.map { source in
          [
            .text(exclusion.model.name), .text(exclusion.arm.name), .text(exclusion.reason),
            .text(names[source] ?? source),
          ]
        }
      }, isFolded: true)
  }

  private static func steps(_ checkpoints: [Checkpoint]) -> String {
    checkpoints.map { $0.step.map(Figures.number) ?? "end" }.joined(separator: " · ")
  }

  /// Categories of one benchmark under its name.
  private static func tasks(_ tasks: [String]) -> String {
    let names = tasks.map { task -> String in
      if WinoBiasScores.part(of: task) != nil || task.hasPrefix(WinoBiasScores.task) { return "WinoBias" }
      if case .crowsPairs = Benchmark(task: task) { return "CrowS-Pairs" }
      return TaskGroups.group(of: task) ?? task
    }
    return Array(Set(names)).sorted().joined(separator: ", ")
  }

  private var weights: ReportTable {
    ReportTable(
      "equal-weights", "Equal weights under several names",
      [.text("sha256", "SHA-256 of the weights"), .sentence("names", "names")],
      analysis.equalWeights.map { group in
        [
          .text(group.first?.weightHash ?? ""),
          .marked(group.map(\.subject.name).joined(separator: "; ")),
        ]
      })
  }
}

/// Every file with what was read out of it.
struct FileTables {
  let analysis: Analysis

  var blocks: [Document.Block] {
    [
      .table(
        ReportTable(
          "files", "All result files",
          [
            .text("file", "file"), .name("model", "model"), .name("arm", "arm"), .number("seed", "seed"),
            .number("step", "step"), .number("fraction", "of training"), .text("evaluator", "evaluator"),
            .text("form", "form"),
            .number("scores", "scores"), .text("note", "note"),
          ], analysis.files.evaluations.map(row), isFolded: true))
    ]
  }

  private func row(_ evaluation: Evaluation) -> [ReportTable.Cell] {
    let subject = evaluation.subject
    return [
      .text(evaluation.shownSource), .text(subject.model.name), .text(subject.arm.name),
      subject.seed.map { .count($0) } ?? .none,
      subject.checkpoint.step.map { .count($0) } ?? .none,
      subject.checkpoint.fraction.map { .number($0, digits: 4) } ?? .none, .text(evaluation.fingerprint.name),
      .text(evaluation.dialect.rawValue), .count(evaluation.scores.count),
      note(evaluation),
    ]
  }

  private func note(_ evaluation: Evaluation) -> ReportTable.Cell {
    let isOutlying = analysis.outlying.sources.contains(evaluation.source)
    let missing = evaluation.missing.isEmpty ? [] : ["no number for " + evaluation.missing.joined(separator: ", ")]
    let labels = evaluation.labels.map { ["what it is of says " + $0] } ?? []
    let notes = (isOutlying ? ["outlying likelihoods"] : []) + missing + labels
    return notes.isEmpty ? .none : .marked(notes.joined(separator: "; "))
  }
}
