/// What the models say of occupations, beside the share of women in them (US Bureau of Labor Statistics 2017, as the authors
/// of WinoBias give it).
struct OccupationTables {
  let analysis: Analysis

  /// One occupation as both arms see it.
  struct Occupation: Sendable {
    var model: ModelName
    var arm: Arm
    var name: String
    /// Nil for neutral persons.
    var percentWomen: Double?
    /// Mean log P(feminine) − log P(masculine).
    var control: Double
    var treated: Double
  }

  var occupations: [Occupation] {
    analysis.last.filter { $0.measure == Measure(task: "pronoun_probe", metric: "log_odds") }.flatMap { comparison in
      guard let items = analysis.items(comparison) else { return [Occupation]() }
      let groups = Dictionary(grouping: items) { $0.0.attributes["person"] ?? $0.0.cluster }
      return groups.sorted { $0.key < $1.key }.map { name, items in
        Occupation(
          model: comparison.model, arm: comparison.arm, name: name,
          percentWomen: items.first?.0.attributes["percent_women"].flatMap(Double.init),
          control: Self.mean(items.map(\.0)), treated: Self.mean(items.map(\.1)))
      }
    }
  }

  private static func mean(_ items: [ItemScores.Item]) -> Double {
    let values = items.compactMap { $0.values["log_odds"] }
    return values.reduce(0, +) / Double(values.count)
  }

  var blocks: [Document.Block] {
    let occupations = occupations
    guard !occupations.isEmpty else { return [] }
    var blocks: [Document.Block] = []
    if let figure = OccupationFigure(occupations: occupations).figure { blocks.append(.figure(figure)) }
    blocks.append(
      .table(
        ReportTable(
          "occupations", "Log-odds of feminine pronouns by occupation",
          [
            .name("model", "model"), .name("arm", "arm"), .text("occupation", "occupation"),
            .number("percent_women", "% women"), .number("control", "control"),
            .number("intervention", "intervention"), .number("change", "change"),
          ],
          occupations.map {
            [
              .text($0.model.name), .text($0.arm.name), .text($0.name),
              $0.percentWomen.map { .number($0, digits: 1) } ?? .none, .signed($0.control, digits: 2),
              .signed($0.treated, digits: 2), .signed($0.treated - $0.control, digits: 2),
            ]
          }, isFolded: true)))
    return blocks
  }
}
