/// CrowS-Pairs by category and direction, WinoBias by type and pronoun, at the last step.
struct CategoryTables {
  let analysis: Analysis

  var blocks: [Document.Block] {
    let crows = analysis.last.filter { $0.isCrowsPairs && $0.measure.metric == Metric.stereotype }
    let wino = analysis.last.filter { isPart($0.measure) }
    var blocks: [Document.Block] = []
    if let figure = CategoryFigure(comparisons: crows).figure { blocks.append(.figure(figure)) }
    let likelihood = analysis.last.filter { $0.isCrowsPairs && $0.measure.metric != Metric.stereotype }
    for (name, title, rows) in [
      ("crows-pairs-categories", "CrowS-Pairs, every category: % stereotype", crows),
      ("crows-pairs-likelihood", "CrowS-Pairs, every category: likelihood differences", likelihood),
      ("winobias-parts", "WinoBias by type, pronoun and template", wino),
    ] where !rows.isEmpty {
      blocks.append(.table(ComparisonTable.of(name, title, rows, isFolded: true)))
    }
    return blocks
  }

  private func isPart(_ measure: Measure) -> Bool {
    switch Benchmark(task: measure.task) {
    case .winoBiasCoreference, .winoBiasPronoun: !Benchmark.isClaim(measure)
    default: false
    }
  }
}
