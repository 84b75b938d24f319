/// Tasks that an intervention on pronouns should leave as they are.
struct AbilityGuards {
  let analysis: Analysis

  var blocks: [Document.Block] {
    let all = analysis.last.filter { Benchmark(task: $0.measure.task) == .guardTask }
    guard !all.isEmpty else {
      return [.warning("No ability tasks: whether the intervention cost the model anything else cannot be told.")]
    }
    let main = all.filter { !Self.isPartOfGroup($0.measure.task) && Self.isMain($0.measure) }
    let groups = TaskGroups(all).comparisons
    let shown = main + groups
    var blocks: [Document.Block] = [.text(Self.summary(all))]
    let outlying = all.count { $0.pairs.contains { analysis.outlying.sources.contains($0.treatedSource) } }
    if outlying > 0 {
      blocks.append(
        .text(
          "\(ClaimSentences.count(outlying, "comparison")) between files whose CrowS-Pairs likelihoods are outlying: whether"
            + " that build of the evaluator scored these tasks as they are is not known."))
    }
    if let figure = AbilityFigure(comparisons: shown).figure { blocks.append(.figure(figure)) }
    blocks.append(.table(matrix(shown)))
    blocks.append(.table(ComparisonTable.of("ability", "Ability tasks, one by one", shown, isFolded: true)))
    blocks.append(.table(ComparisonTable.of("ability-all", "All ability tasks and metrics", all, isFolded: true)))
    return blocks
  }

  private static func summary(_ all: [Comparison]) -> String {
    let tested = all.filter { $0.difference.pValue != nil && !$0.isMixed }
    let significant = tested.filter(\.isSignificant)
    let shots = Set(all.map(\.measure.fewShot)).sorted().map { $0 == 0 ? "zero-shot" : "\($0)-shot" }
    let head =
      "\(ClaimSentences.count(tested.count, "comparison")) of ability at the last step, \(shots.joined(separator: " and "))"
    guard !significant.isEmpty else { return head + ": none is significant after correction over the tasks of an arm." }
    let names = significant.prefix(12).map { "\($0.subjectName): \($0.measure.name)" }.joined(separator: "; ")
    return head + ": \(significant.count) significant after correction: \(names)\(significant.count > 12 ? "; …" : "")."
  }

  /// One question a task: its accuracy, perplexity or loss.
  static func isMain(_ measure: Measure) -> Bool {
    [Metric.accuracy, Metric.perplexity, "word_perplexity", "loss", "exact_match"].contains(measure.metric)
  }

  static func isPartOfGroup(_ task: String) -> Bool { TaskGroups.group(of: task) != nil }

  /// Tasks down, arms across: the difference, marked where it is significant.
  private func matrix(_ comparisons: [Comparison]) -> ReportTable {
    struct Arms: Hashable, Comparable {
      var model: ModelName
      var arm: Arm
      static func < (one: Arms, other: Arms) -> Bool { (one.model, one.arm) < (other.model, other.arm) }
    }
    let arms = Set(comparisons.map { Arms(model: $0.model, arm: $0.arm) }).sorted()
    let measures = Set(comparisons.map(\.measure)).sorted()
    var cells: [Measure: [Arms: Comparison]] = [:]
    for comparison in comparisons {
      cells[comparison.measure, default: [:]][Arms(model: comparison.model, arm: comparison.arm)] = comparison
    }
    return ReportTable(
      "ability-differences", "Differences in ability, intervention minus control",
      [.text("task", "task")]
        + arms.map {
          .number(
            "\($0.model.name) \($0.arm.name)".replacing(" ", with: "_"),
            "\($0.model.release) \($0.model.size.isEmpty ? $0.model.family : $0.model.size) \($0.arm.name)")
        },
      measures.map { measure in
        [.text(measure.name)] + arms.map { cells[measure]?[$0].map(Self.cell) ?? .none }
      })
  }

  private static func cell(_ comparison: Comparison) -> ReportTable.Cell {
    let value = comparison.difference.value * comparison.measure.shownScale
    let cell = ReportTable.Cell.signed(value, digits: 2)
    return comparison.isSignificant ? .marked(cell.shown + " *") : cell
  }
}

/// Families of tasks whose mean is one number: the 57 subjects of hendrycksTest, the 67 phenomena of BLiMP.
struct TaskGroups {
  private let all: [Comparison]

  init(_ comparisons: [Comparison]) { all = comparisons }

  static func group(of task: String) -> String? {
    ["hendrycksTest-", "mmlu_", "blimp_"].first(where: task.hasPrefix).map { String($0.dropLast()) }
  }

  private struct Key: Hashable {
    var model: ModelName
    var arm: Arm
    var group: String
    var fewShot: Int
  }

  /// Means of accuracy over the tasks that both arms have.
  var comparisons: [Comparison] {
    let parts = all.filter { Self.group(of: $0.measure.task) != nil && $0.measure.metric == Metric.accuracy }
    let groups = Dictionary(grouping: parts) {
      Key(model: $0.model, arm: $0.arm, group: Self.group(of: $0.measure.task) ?? "", fewShot: $0.measure.fewShot)
    }
    return groups.values.compactMap(Self.mean).sorted {
      ($0.model, $0.arm, $0.measure) < ($1.model, $1.arm, $1.measure)
    }
  }

  private static func mean(_ parts: [Comparison]) -> Comparison? {
    guard var result = parts.first, let group = group(of: result.measure.task) else { return nil }
    let name = "\(group), mean of \(parts.count)"
    result.control = mean(name, parts.map(\.control))
    result.treated = mean(name, parts.map(\.treated))
    result.measure = result.control.measure
    result.pairs = pairs(name, parts)
    result.difference =
      result.isPooled
      ? Difference(pooling: result.pairs, items: []) : Difference(from: result.control, to: result.treated)
    result.adjusted = nil
    return result
  }

  /// Seed by seed, where all tasks have the same ones.
  private static func pairs(_ name: String, _ parts: [Comparison]) -> [Comparison.Pair] {
    guard Set(parts.map { $0.pairs.map(\.seed) }).count == 1 else { return Array(parts[0].pairs.prefix(1)) }
    return parts[0].pairs.indices.map { index in
      var pair = parts[0].pairs[index]
      pair.control = mean(name, parts.map { $0.pairs[index].control })
      pair.treated = mean(name, parts.map { $0.pairs[index].treated })
      pair.difference = Difference(from: pair.control, to: pair.treated)
      return pair
    }
  }

  private static func mean(_ name: String, _ scores: [Score]) -> Score {
    let count = Double(scores.count)
    let errors = scores.compactMap(\.standardError)
    let error = errors.reduce(0) { $0 + $1 * $1 }.squareRoot() / count
    return Score(
      task: name, metric: Metric.accuracy, fewShot: scores[0].fewShot,
      value: scores.reduce(0) { $0 + $1.value } / count,
      standardError: errors.count == scores.count ? error : nil)
  }
}
