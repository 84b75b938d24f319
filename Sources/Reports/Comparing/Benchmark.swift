/// What a task belongs to in the report.
public enum Benchmark: Sendable, Hashable, Comparable {
  /// A category of CrowS-Pairs, `gender`, empty for all pairs; `data` is `english` or `french` (of the multilingual
  /// release, as the harness has it), `original` or `revised`.
  case crowsPairs(data: String, category: String)
  /// Greedy answers to who a pronoun stands for.
  case winoBiasCoreference
  /// Which pronoun the model finds likelier.
  case winoBiasPronoun
  /// log P(she) − log P(he) of our own templates: the manipulation check.
  case pronounProbe
  /// Ability that an intervention should leave as it is.
  case guardTask

  public init(task: String) {
    if let crows = Self.crowsPairs(task) {
      self = crows
    } else if WinoBiasScores.part(of: task) != nil || task == WinoBiasScores.task
      || task.hasPrefix(WinoBiasScores.task)
    {
      self = .winoBiasCoreference
    } else if ["winobias-pronoun", "winobias_pronoun"].contains(where: task.hasPrefix) {
      self = .winoBiasPronoun
    } else if ["pronoun-probe", "pronoun_probe"].contains(where: task.hasPrefix) {
      self = .pronounProbe
    } else {
      self = .guardTask
    }
  }

  /// `crows_pairs_LANGUAGE_CATEGORY` of the harness, `crows-pairs-CATEGORY` of ours.
  private static func crowsPairs(_ task: String) -> Benchmark? {
    let words = task.split { $0 == "_" || $0 == "-" }.map(String.init)
    guard words.count >= 2, words[0] == "crows", words[1] == "pairs" else { return nil }
    var rest = words.dropFirst(2)
    let data = rest.first.flatMap { ["english", "french", "original", "revised"].contains($0) ? $0 : nil }
    if data != nil { rest = rest.dropFirst() }
    return .crowsPairs(data: data ?? "english", category: rest.joined(separator: "-"))
  }

  /// The measures that a claim rests on: the gender pairs of CrowS-Pairs, and WinoBias.
  public static func isClaim(_ measure: Measure) -> Bool {
    switch Benchmark(task: measure.task) {
    case .crowsPairs(let data, let category):
      data != "french" && category == "gender" && measure.metric == Metric.stereotype
    case .winoBiasCoreference: measure.task == WinoBiasScores.task && measure.metric == Metric.netBias
    case .winoBiasPronoun: measure.task == "winobias_pronoun" && measure.metric == Metric.score
    default: false
    }
  }

  /// For people.
  public var name: String {
    switch self {
    case .crowsPairs(let data, let category):
      "CrowS-Pairs" + (data == "english" ? "" : ", \(data) data") + (category.isEmpty ? ", all pairs" : ", " + category)
    case .winoBiasCoreference: "WinoBias, coreference"
    case .winoBiasPronoun: "WinoBias, pronoun"
    case .pronounProbe: "pronoun probe"
    case .guardTask: "ability"
    }
  }
}

extension Measure {
  /// What the measure shows, for people: `CrowS-Pairs, gender: % stereotype`.
  public var title: String {
    let benchmark = Benchmark(task: task)
    guard benchmark != .guardTask else { return name }
    return benchmark.name + part + ": " + metricTitle
  }

  private var metricTitle: String {
    switch metric {
    case Metric.stereotype: "% stereotype"
    case Metric.likelihoodDifference: "|ΔLL|"
    case "signed_diff": "mean ΔLL"
    case Metric.score: "% stereotyped pronoun"
    case Metric.exactMatch: "% exact matches"
    default: metric.replacing("_", with: " ")
    }
  }

  /// The part of a benchmark that a task is: `, type 1`, `, he/she`, with the name of its prompt.
  private var part: String {
    var words: [String] = []
    for prefix in [WinoBiasScores.task, "winobias_pronoun", "pronoun_probe"] where task.hasPrefix(prefix + "_") {
      let rest = String(task.dropFirst(prefix.count + 1))
      words.append(rest.replacing("type", with: "type ").replacing("_", with: "/"))
    }
    if let (type, isPro) = WinoBiasScores.part(of: task) { words.append("type \(type) \(isPro ? "pro" : "anti")") }
    if !template.isEmpty { words.append("“\(template)”") }
    return words.map { ", " + $0 }.joined()
  }

  /// Shares are shown in points: percent of the items.
  public var isShare: Bool {
    Metric.isProportion(metric) || [Metric.netBias, "accuracy"].contains(metric)
      || metric == Metric.score && Benchmark(task: task) == .winoBiasPronoun
  }

  /// How much a value is multiplied with to be shown.
  var shownScale: Double { isShare ? 100 : 1 }
  var unit: String { isShare ? "points" : metric == Metric.likelihoodDifference ? "nats" : "" }
}
