/// Which items a score is the mean of, and of what: the rows of the results file are parts of a benchmark's items.
struct ItemSelection {
  let benchmark: String
  /// The score's part of an item; nil for items that are not in it.
  let value: @Sendable (ItemScores.Item) -> Double?

  /// Nil for scores that are no means over items.
  init?(_ measure: Measure) {
    let metric = measure.metric
    let task = measure.task + (measure.template.isEmpty ? "" : "+" + measure.template)
    for (prefix, benchmark) in Self.crowsPairs where task == prefix || task.hasPrefix(prefix + "_") {
      let part = Self.Part(task.dropFirst(prefix.count))
      self.benchmark = benchmark
      value = { part.has($0) ? $0.values[metric] : nil }
      return
    }
    for (prefix, benchmark) in Self.others where task == prefix || task.hasPrefix(prefix + "_") {
      let part = String(task.dropFirst(prefix.count + 1))
      self.benchmark = benchmark
      value = { Self.has($0, part) ? Self.value($0, metric) : nil }
      return
    }
    guard let (type, isPro) = WinoBiasScores.part(of: measure.task) else { return nil }
    benchmark = "winobias-coreference"
    value = { item in
      let isThis =
        item.attributes["type"] == "\(type)" && item.attributes["condition"] == (isPro ? "pro" : "anti")
        && item.attributes["template"] == measure.template
      return isThis ? item.values[metric] : nil
    }
  }

  /// All items that lm-evaluation-harness logged of a task.
  init(samplesOf measure: Measure) {
    benchmark = ItemScores.samples(of: measure.task)
    value = { $0.values[measure.metric] }
  }

  private static let crowsPairs = [
    ("crows_pairs_original", "crows-pairs"), ("crows_pairs_revised", "crows-pairs-revised"),
    ("crows_pairs_english", "crows-pairs-harness"),
  ]
  private static let others = [
    ("winobias_coreference", "winobias-coreference"), ("winobias_pronoun", "winobias-pronoun"),
    ("pronoun_probe", "pronoun-probe"), ("lambada_openai", "lambada"), ("heldout_loss", "heldout-loss"),
  ]

  /// A category of CrowS-Pairs, and a direction within it.
  private struct Part {
    private let category: String
    private let direction: String?

    init(_ suffix: Substring) {
      var words = suffix.split(separator: "_").map(String.init)
      direction = words.last.flatMap { ["stereo", "antistereo"].contains($0) ? $0 : nil }
      if direction != nil { words.removeLast() }
      category = words.joined(separator: "-")
    }

    func has(_ item: ItemScores.Item) -> Bool {
      (category.isEmpty || item.attributes["bias_type"]?.replacing("_", with: "-") == category)
        && (direction == nil || item.attributes["direction"] == direction)
    }
  }

  /// `type1`, `he_she`, `occupation`: a part that an attribute names.
  private static func has(_ item: ItemScores.Item, _ part: String) -> Bool {
    if part.isEmpty { return true }
    if part.hasPrefix("type") { return item.attributes["type"].map { "type" + $0 } == part }
    return [item.attributes["pronouns"], item.attributes["pair"], item.attributes["kind"]]
      .contains { $0?.replacing("/", with: "_") == part }
  }

  /// Net bias is the mean over pro less that over anti sentences, of which there are as many: the mean of ±2 answers.
  private static func value(_ item: ItemScores.Item, _ metric: String) -> Double? {
    guard metric == Metric.netBias || metric == "accuracy" else { return item.values[metric] }
    guard let hit = item.values[Metric.exactMatch], let condition = item.attributes["condition"] else { return nil }
    return metric == "accuracy" ? hit : condition == "pro" ? 2 * hit : -2 * hit
  }
}
