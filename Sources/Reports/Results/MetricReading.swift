import StructuredText

extension JSONNode {
  /// The metrics of one task: each number with its standard error.
  ///
  /// Keys are `NAME`, `NAME_stderr`, or since version 0.4 `NAME,FILTER` and `NAME_stderr,FILTER`. What is known to be no
  /// metric is passed over; all else must be a number, or null: that is NaN here, until
  /// ``Evaluation/withoutMissingNumbers()`` takes it out.
  func metrics(_ base: Score) throws(JSONFailure) -> [Score] {
    var scores: [Score] = []
    var errors: [String: Double] = [:]
    for (key, node) in try members() where !Self.notMetrics.contains(key) {
      let (name, isError) = Self.metricName(key)
      if isError {
        errors[name] = try node.standardError()
      } else {
        var score = base
        score.metric = name
        score.value = node.isNull ? .nan : try node.double()
        scores.append(score)
      }
    }
    return scores.map { score in
      var score = score
      score.standardError = errors[score.metric]
      score.count = score.count ?? score.countFromError
      return score
    }
  }

  /// What the harness and promptsource write beside the metrics of a task.
  private static let notMetrics: Set = [
    "alias", "name", "sample_len", "sample_count", "task_name", "prompt_name", "fixed_answer_choice_list",
    "dataset_path", "dataset_name",
    "subset", "prompt_id", "prompt_jinja", "prompt_original_task", "comment",
  ]

  /// `acc_stderr,none` is the error of `acc`; a filter other than `none` stays part of the name.
  private static func metricName(_ key: String) -> (name: String, isError: Bool) {
    let parts = key.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let isError = parts[0].hasSuffix("_stderr")
    let name = Metric.current(String(isError ? parts[0].dropLast("_stderr".count) : parts[0]))
    return (parts.count == 1 || parts[1] == "none" ? name : name + "," + parts[1], isError)
  }

  /// A number from 0 on; nil for `N/A`, which the harness writes for metrics that have none; NaN for null.
  private func standardError() throws(JSONFailure) -> Double? {
    if isNull { return .nan }
    if case .string(let text) = value, text.hasPrefix("N/A") { return nil }
    let number = try double()
    guard number >= 0 else { throw failure("\(number) is below 0: no standard error") }
    return number
  }

  /// A version as the harness writes it: 0, 1.0, "2".
  func version() throws(JSONFailure) -> String? {
    switch value {
    case .null: nil
    case .string(let text): text
    case .double(let number) where number == number.rounded() && abs(number) < 1e9: "\(Int(number))"
    case .double(let number): "\(number)"
    default: "\(try int())"
    }
  }

  func text(_ key: String) throws(JSONFailure) -> String? {
    guard let member = try optionalMember(key), !member.isNull else { return nil }
    return try member.string()
  }

  /// A number that may be missing or null.
  func count(_ key: String) throws(JSONFailure) -> Int? {
    guard let member = try optionalMember(key), !member.isNull else { return nil }
    return try member.int(in: 0...Int.max)
  }
}

extension Score {
  /// Items behind a share, from se = √(p(1 − p)/(n − 1)); nil where that gives no whole number of items and of hits.
  var countFromError: Int? {
    guard Metric.isProportion(metric), let standardError, standardError > 1e-6, value > 0, value < 1 else { return nil }
    let exact = value * (1 - value) / (standardError * standardError) + 1
    guard exact < 1e9 else { return nil }
    let count = exact.rounded()
    let hits = value * count
    let isWhole = abs(exact - count) < 1e-4 * count && abs(hits - hits.rounded()) < 1e-4
    return isWhole && count > 1 ? Int(count) : nil
  }

  /// Items that went one way, of a share of a known number of them.
  var hits: Int? {
    guard Metric.isProportion(metric), let count, 0...1 ~= value else { return nil }
    let exact = value * Double(count)
    return abs(exact - exact.rounded()) < 1e-3 ? Int(exact.rounded()) : nil
  }
}
