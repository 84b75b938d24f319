import Pages

/// What the comparisons at the last step amount to, in plain words.
struct ClaimSentences {
  let analysis: Analysis

  /// One for each release of a model family.
  var claims: [Document.Claim] {
    let groups = Dictionary(grouping: analysis.models.filter { analysis.arms(of: $0).count > 1 || isLone($0) }) {
      group($0)
    }
    return groups.keys.sorted().reversed().map { claim($0, models: groups[$0] ?? []) }
  }

  private func isLone(_ model: ModelName) -> Bool { analysis.arms(of: model).contains { $0 != .control } }

  private func group(_ model: ModelName) -> String {
    model.release.isEmpty ? model.name : model.family + " " + model.release
  }

  private func claim(_ group: String, models: [ModelName]) -> Document.Claim {
    let all = analysis.claims.filter { models.contains($0.model) }
    let sound = all.filter { !$0.isOutlying && !$0.isMixed }
    let excluded = analysis.exclusions.filter { models.contains($0.model) && !$0.isMissing }
    let details =
      ManipulationCheck(analysis: analysis).sentences(of: models) + details(sound, all, excluded)
      + Self.precision(analysis.files.evaluations.filter { models.contains($0.subject.model) })
    guard !all.isEmpty else {
      return Document.Claim(
        kind: .notCompared, sentence: "\(group): nothing to compare: no bias score of an intervention has its control.",
        details: details)
    }
    guard !sound.isEmpty else {
      return Document.Claim(
        kind: .notCompared,
        sentence:
          "\(group): no sound comparison. Of \(Self.count(all.count, "comparison")), none is between scores that can be trusted.",
        details: details)
    }
    let significant = sound.filter(\.isSignificant)
    guard significant.isEmpty else {
      return Document.Claim(
        kind: .evidence,
        sentence: "\(group) shows a significant difference at the last step in \(significant.count) of \(sound.count)"
          + " \(sound.count == 1 ? "comparison" : "comparisons"): \(significant.map(Self.words).joined(separator: "; ")).",
        details: details)
    }
    return Document.Claim(
      kind: .noEvidence,
      sentence: "\(group) shows no significant difference at the last step"
        + " (\(Self.count(sound.count, "comparison")) of gender bias): no evidence that the intervention changed it.",
      details: details)
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(Figures.number(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `1.4B, 7 %: WinoBias, coreference −3.9 points (p 0.01)`.
  private static func words(_ comparison: Comparison) -> String {
    let difference = Figures.signed(comparison.difference.value * comparison.measure.shownScale, digits: 1)
    let p = ReportTable.Cell.probability(comparison.adjusted ?? comparison.difference.pValue ?? .nan).shown
    return "\(comparison.subjectName), \(Benchmark(task: comparison.measure.task).name): \(difference)"
      + " \(comparison.measure.unit), p \(p)"
  }

  private func details(_ sound: [Comparison], _ all: [Comparison], _ excluded: [Exclusion]) -> [String] {
    var details: [String] = []
    if let strongest = sound.filter({ $0.difference.pValue != nil })
      .min(by: { ($0.difference.pValue ?? 1) < ($1.difference.pValue ?? 1) })
    {
      details.append("The strongest: " + Self.words(strongest) + " (corrected).")
    }
    details += Self.seeds(sound) + Self.power(sound)
    let unverified = sound.count { if case .unverified = $0.standing { true } else { false } }
    if unverified > 0 {
      details.append(
        "\(Self.count(unverified, "comparison")) \(unverified == 1 ? "rests" : "rest") on result files that do not say which evaluator made them."
      )
    }
    let outlying = all.count { $0.isOutlying }
    if outlying > 0 {
      details.append(
        "\(Self.count(outlying, "comparison")) of CrowS-Pairs not counted: the likelihood differences of that evaluator's"
          + " build are not those of the benchmark.")
    }
    if !excluded.isEmpty {
      let places = excluded.reduce(0) { $0 + $1.checkpoints.count }
      let arms = excluded.map { "\($0.model.size.isEmpty ? $0.model.name : $0.model.size) \($0.arm.name)" }
      details.append(
        "Not compared, since control and intervention were scored by different evaluators:"
          + " \(Self.count(places, "checkpoint")) (\(Array(Set(arms)).sorted().joined(separator: ", "))).")
    }
    return details
  }

  /// How many trainings a pooled difference rests on.
  private static func seeds(_ sound: [Comparison]) -> [String] {
    let pooled = sound.filter(\.isPooled)
    guard let fewest = pooled.map(\.pairs.count).min(), let most = pooled.map(\.pairs.count).max() else { return [] }
    let number = fewest == most ? "\(fewest)" : "\(fewest) to \(most)"
    return [
      "\(count(pooled.count, "comparison")) \(pooled.count == 1 ? "is" : "are") pooled over \(number) seeds; the intervals allow for"
        + " another training as well as for other items."
    ]
  }

  /// How far scores are from those in fp32, where the evaluator measured it.
  private static func precision(_ evaluations: [Evaluation]) -> [String] {
    let names = Set(evaluations.filter { $0.precisionError != nil }.compactMap { $0.fingerprint[.precision] })
    return names.sorted().compactMap { name in
      let errors = evaluations.filter { $0.fingerprint[.precision] == name }.compactMap(\.precisionError)
      guard let mean = errors.map(\.mean).max(), let greatest = errors.map(\.greatest).max() else { return nil }
      return
        "Scored in \(name): log-likelihoods are off those in fp32 by \(Figures.decimal(mean, digits: 4)) nats in the mean and"
        + " \(Figures.decimal(greatest, digits: 4)) at most, on a sample of the questions."
    }
  }

  /// What could have been seen.
  private static func power(_ sound: [Comparison]) -> [String] {
    let kinds = Dictionary(grouping: sound) { Benchmark(task: $0.measure.task) }
    return kinds.keys.sorted().compactMap { kind in
      let detectable = (kinds[kind] ?? []).compactMap { ($0.difference.detectable ?? .nan) * $0.measure.shownScale }
        .filter { $0.isFinite && $0 > 0 }
      guard let least = detectable.min(), let greatest = detectable.max() else { return nil }
      let range = [least, greatest].map { Figures.decimal($0, digits: 1) }
      return
        "\(kind.name): a true difference below \(range[0] == range[1] ? range[0] : range.joined(separator: " to "))"
        + " points would more likely than one time in five have been missed."
    }
  }
}

extension Comparison {
  var isMixed: Bool { if case .mixed = standing { true } else { false } }

  /// `1.4B deduped, 21 %`, or the whole name where there is no size.
  var subjectName: String {
    (model.size.isEmpty ? model.name : model.release + " " + model.size) + ", " + arm.name
  }
}
