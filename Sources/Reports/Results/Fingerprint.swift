/// What made a score: the scores of two evaluations may be compared only where these agree.
public struct Fingerprint: Sendable, Hashable {
  /// One property of the evaluator.
  public enum Part: String, Sendable, CaseIterable {
    case evaluator, build, precision, limit, tokenizer, kernel
  }

  /// A part that is missing was not stated.
  public private(set) var parts: [Part: String]

  public init(_ parts: [Part: String] = [:]) { self.parts = parts }

  public subscript(part: Part) -> String? {
    get { parts[part] }
    set { parts[part] = newValue }
  }

  /// For people, `neox 8164ebc, fp16`.
  public var name: String {
    guard let evaluator = parts[.evaluator] else { return "not stated" }
    let head = evaluator + (parts[.build].map { " " + $0 } ?? " (build not stated)")
    let rest = [parts[.precision], parts[.limit].map { "limit \($0)" }, parts[.kernel]].compactMap { $0 }
    return ([head] + rest).joined(separator: ", ")
  }
}

/// Whether two scores may be compared.
public enum Comparability: Sendable, Equatable {
  /// As far as both files say, the same evaluator, task and data.
  case same
  /// One file does not say what the other does.
  case unverified([String])
  /// They say different things.
  case different([String])

  /// Of two scores of one measure with the fingerprints of their files.
  public static func of(
    _ one: Score, _ oneFingerprint: Fingerprint, _ other: Score, _ otherFingerprint: Fingerprint
  ) -> Comparability {
    var pairs = Fingerprint.Part.allCases.map { ($0.rawValue, oneFingerprint[$0], otherFingerprint[$0]) }
    pairs.append(("task version", one.taskVersion, other.taskVersion))
    pairs.append(("data", one.dataHash, other.dataHash))
    pairs.append(("number of items", one.count.map(String.init), other.count.map(String.init)))
    let different = pairs.filter { $0.1 != nil && $0.2 != nil && $0.1 != $0.2 }
    if different.isEmpty, let hash = one.comparison, let otherHash = other.comparison, hash != otherHash {
      return .different(["fingerprint \(hash.prefix(12)) against \(otherHash.prefix(12))"])
    }
    if !different.isEmpty {
      return .different(different.map { "\($0.0) \($0.1 ?? "") against \($0.2 ?? "")" })
    }
    // How many items there were is no property of the evaluator: a file that does not say hides nothing.
    let unstated = pairs.filter { ($0.1 == nil) != ($0.2 == nil) && $0.0 != "number of items" }
    return unstated.isEmpty ? .same : .unverified(unstated.map(\.0))
  }
}
