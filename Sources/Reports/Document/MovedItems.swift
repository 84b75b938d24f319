/// Items whose signed likelihood differences an intervention changed most, and ties.
struct MovedItems {
  static let limit = 10
  let analysis: Analysis

  var blocks: [Document.Block] {
    let rows = analysis.last.filter { Self.isListed($0.measure) }.flatMap(rows)
    guard !rows.isEmpty else { return [] }
    return [
      .text(
        "The \(Self.limit) items of each bias benchmark and arm whose margin moved most: LL(more) − LL(less) for CrowS-Pairs, the"
          + " log-odds of the stereotyped pronoun for WinoBias. Towards the stereotype is positive."),
      .table(
        ReportTable(
          "moved-items", "Items that moved most",
          [
            .name("model", "model"), .name("arm", "arm"), .text("benchmark", "benchmark"), .text("item", "item"),
            .number("control", "control"), .number("intervention", "intervention"), .number("change", "change"),
            .sentence("text", "text"),
          ], rows)),
    ]
  }

  private static func isListed(_ measure: Measure) -> Bool {
    Benchmark.isClaim(measure) && measure.metric != Metric.netBias
  }

  private func rows(_ comparison: Comparison) -> [[ReportTable.Cell]] {
    guard let items = analysis.items(comparison) else { return [] }
    let moved = items.compactMap { control, treated -> (Double, Double, ItemScores.Item)? in
      guard let before = ItemPairs.margin(control), let after = ItemPairs.margin(treated) else { return nil }
      return (before, after, control)
    }.sorted { (abs($1.1 - $1.0), $0.2.id) < (abs($0.1 - $0.0), $1.2.id) }
    return moved.prefix(Self.limit).map { before, after, item in
      [
        .text(comparison.model.name), .text(comparison.arm.name), .text(Benchmark(task: comparison.measure.task).name),
        .text(item.id), .signed(before, digits: 2), .signed(after, digits: 2), .signed(after - before, digits: 2),
        .text(Self.text(item)),
      ]
    }
  }

  private static func text(_ item: ItemScores.Item) -> String {
    if let more = item.attributes["sent_more"], let less = item.attributes["sent_less"] { return more + " / " + less }
    return item.attributes["sentence"] ?? item.attributes["context"] ?? ""
  }
}

extension Analysis {
  /// The items behind a comparison, where both arms have them; of several seeds the means.
  func items(_ comparison: Comparison) -> [(control: ItemScores.Item, treated: ItemScores.Item)]? {
    func observation(_ source: String, _ score: Score) -> Observation? {
      files.evaluations.first { $0.source == source }.map { Observation(evaluation: $0, score: score) }
    }
    let seeds = comparison.pairs.map { pair -> ItemPairs? in
      guard let control = observation(pair.controlSource, pair.control),
        let treated = observation(pair.treatedSource, pair.treated)
      else { return nil }
      return ItemPairs(control, treated)
    }
    let known = seeds.compactMap { $0 }
    return known.count == seeds.count ? ItemPairs.means(of: known) : nil
  }
}
