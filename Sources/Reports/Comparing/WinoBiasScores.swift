/// Net bias and accuracy of the coreference form of WinoBias, from its eight scores (two types, two conditions, two
/// templates), as the published notebook has them.
///
/// Of a type and condition, m = mean over templates and s = √(mean of squared standard errors); net bias is
/// m(pro) − m(anti) with √(s(pro)² + s(anti)²), and both are averaged over the types in the same way. The templates ask
/// about the same sentences, so s takes them for fully dependent: it errs on the side of too wide.
enum WinoBiasScores {
  static let task = "winobias_coreference"

  /// A task's type and condition, `wino_bias_type1_pro`; nil for others.
  static func part(of task: String) -> (type: Int, isPro: Bool)? {
    for prefix in ["wino_bias_type", "winobias_type"] where task.hasPrefix(prefix) {
      let rest = task.dropFirst(prefix.count).split(separator: "_")
      guard rest.count == 2, let type = Int(rest[0]), ["pro", "anti"].contains(rest[1]) else { return nil }
      return (type, rest[1] == "pro")
    }
    return nil
  }

  /// What one evaluation adds up to; empty unless a type has both conditions.
  static func derived(from scores: [Score]) -> [Score] {
    let parts = scores.filter { $0.metric == Metric.exactMatch && part(of: $0.task) != nil }
    guard let example = parts.first, !scores.contains(where: { $0.task == task }) else { return [] }
    let types = Set(parts.compactMap { part(of: $0.task)?.type }).sorted()
    let nets = types.compactMap { net(ofType: $0, parts) }
    guard nets.count == types.count else { return [] }
    func score(_ task: String, _ metric: String, _ value: Value) -> Score {
      Score(
        task: task, metric: metric, fewShot: example.fewShot, value: value.0, standardError: value.1,
        taskVersion: commonVersion(parts))
    }
    return [score(task, Metric.netBias, mean(nets.map(\.net))), score(task, "accuracy", mean(nets.map(\.accuracy)))]
      + zip(types, nets).flatMap { type, net in
        let task = task + "_type\(type)"
        return [score(task, Metric.netBias, net.net), score(task, "accuracy", net.accuracy)]
      }
  }

  private static func commonVersion(_ parts: [Score]) -> String? {
    let versions = Set(parts.map(\.taskVersion))
    return versions.count == 1 ? versions.first ?? nil : nil
  }

  private typealias Value = (Double, Double?)

  private static func net(ofType type: Int, _ scores: [Score]) -> (net: Value, accuracy: Value)? {
    func condition(_ isPro: Bool) -> Value? {
      let these = scores.filter { part(of: $0.task) ?? (0, false) == (type, isPro) }
      return these.isEmpty ? nil : mean(these.map { ($0.value, $0.standardError) })
    }
    guard let pro = condition(true), let anti = condition(false) else { return nil }
    let error = sum(pro.1, anti.1)
    return ((pro.0 - anti.0, error), ((pro.0 + anti.0) / 2, error.map { $0 / 2 }))
  }

  /// √(a² + b²).
  private static func sum(_ one: Double?, _ other: Double?) -> Double? {
    guard let one, let other else { return nil }
    return (one * one + other * other).squareRoot()
  }

  /// With the root of the mean square of the errors.
  private static func mean(_ values: [Value]) -> Value {
    let count = Double(values.count)
    let errors = values.compactMap(\.1)
    let square = errors.reduce(0) { $0 + $1 * $1 } / count
    return (values.reduce(0) { $0 + $1.0 } / count, errors.count == values.count ? square.squareRoot() : nil)
  }
}
