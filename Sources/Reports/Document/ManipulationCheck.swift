import Pages
import Pipeline
import Statistics

/// Was anything changed? In the training data, by the manifest; in the model, by the pronoun probe.
struct ManipulationCheck {
  let analysis: Analysis

  /// What there is to warn of.
  var missing: [String] {
    var missing: [String] = []
    let withPronouns = analysis.manifests.filter { $0.pronouns != nil }
    if withPronouns.isEmpty {
      missing.append(
        "Manipulation check missing for the data: no manifest says what share of pronouns the training data really had"
          + " (--manifest FILE).")
    }
    if probe.isEmpty {
      missing.append(
        "Manipulation check missing for the models: no pronoun-probe scores of both arms say whether the models learnt it"
          + " (tiresias evaluate --benchmark pronoun-probe).")
    }
    return missing
  }

  private var probe: [Comparison] {
    analysis.last.filter { Benchmark(task: $0.measure.task) == .pronounProbe && $0.measure.metric == "log_odds" }
  }

  /// What is known, a sentence for each arm of these models.
  func sentences(of models: [ModelName]) -> [String] {
    models.flatMap { model in
      analysis.arms(of: model).flatMap { arm in [data(model, arm), learnt(model, arm)].compactMap { $0 } }
    }
  }

  private func data(_ model: ModelName, _ arm: Arm) -> String? {
    guard arm != .control, let manifest = analysis.manifest(of: model, arm), let pronouns = manifest.pronouns,
      let before = pronouns.before.masculineShare, let after = pronouns.after.masculineShare
    else { return nil }
    return "Manipulation check, data of \(arm.name): masculine pronouns \(Figures.percent(before)) before,"
      + " \(Figures.percent(after)) after."
  }

  private func learnt(_ model: ModelName, _ arm: Arm) -> String? {
    let whole = Measure(task: "pronoun_probe", metric: "log_odds")
    guard let comparison = probe.first(where: { $0.model == model && $0.arm == arm && $0.measure == whole }) else {
      return nil
    }
    let change = comparison.difference.value
    let sureness = comparison.isSignificant ? "significant" : "not significant"
    let interval = comparison.difference.interval.map {
      "95 % interval \(Figures.signed($0.lower, digits: 3)) to \(Figures.signed($0.upper, digits: 3)), "
    }
    return
      "Manipulation check, \(comparison.subjectName): feminine pronouns are \(change < 0 ? "less likely" : "likelier") than"
      + " in the control, by \(Figures.signed(change, digits: 3)) nats (\(interval ?? "")\(sureness))."
  }

  var blocks: [Document.Block] {
    var blocks = missing.map { Document.Block.warning($0) }
    if !analysis.manifests.isEmpty {
      blocks.append(
        .text(
          "In the training data, as the manifests have it: masculine among masculine and feminine pronouns of the window."
        ))
      blocks.append(.table(data))
    }
    if !probe.isEmpty {
      blocks.append(
        .text(
          "In the models: log P(feminine) − log P(masculine) of the next word, mean over beginnings of sentences about"
            + " occupations and neutral persons. Above 0 the feminine pronoun is the likelier one."))
      blocks.append(.table(ComparisonTable.of("pronoun-probe", "Pronoun probe at the last step", probe)))
    }
    return blocks
  }

  private var data: ReportTable {
    ReportTable(
      "manipulation", "What the window's data had",
      [
        .text("name", "run"), .name("arm", "arm"), .text("window", "window"), .number("before", "masculine before, %"),
        .number("after", "masculine after, %"), .number("edits", "edits"),
        .number("sequences_changed", "sequences changed, %"),
        .number("tokens_changed", "tokens changed, %"), .sentence("warnings", "warnings"),
      ], analysis.manifests.map(row))
  }

  private func row(_ manifest: Manifest) -> [ReportTable.Cell] {
    func share(_ census: Manifest.Census?) -> ReportTable.Cell {
      census?.masculineShare.map { .number($0 * 100, digits: 2) } ?? .none
    }
    func percent(_ part: Int, _ whole: Int) -> ReportTable.Cell {
      whole > 0 ? .number(Double(part) / Double(whole) * 100, digits: 2) : .none
    }
    let (window, counts) = (manifest.window, manifest.counts)
    return [
      .text(manifest.name),
      .text(manifest.evaluator.arm + (manifest.randomEdits == nil ? "" : " (control: random edits)")),
      .text(
        "\(Figures.number(window.firstStep))–\(Figures.number(window.endStep)) of \(Figures.number(manifest.run.trainIterations))"
      ),
      share(manifest.pronouns?.before), share(manifest.pronouns?.after), .count(counts.edits),
      percent(counts.sequencesChanged, counts.sequences), percent(counts.tokensChanged, counts.tokens),
      manifest.warnings.isEmpty ? .none : .marked(manifest.warnings.joined(separator: "; ")),
    ]
  }
}
