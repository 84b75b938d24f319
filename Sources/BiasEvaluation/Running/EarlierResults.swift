import ByteIO
import StructuredText

/// A results file that is there already. What it has of other benchmarks is kept, where it was scored in the same way.
struct EarlierResults {
  let path: String
  let precisionError: PrecisionError?
  private let weights: String
  private let arm: JSONValue
  private let parts: [ResultsPart]

  /// Nil where there is no such file. Throws where it is none of ours.
  init?(path: String) throws {
    guard FileSystem.exists(path) else { return nil }
    do {
      let root = try JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 28), name: path)
      let record = try root.member("tiresias")
      guard try record.member("format").int() == ResultsFile.format else {
        throw record.failure("another format than \(ResultsFile.format)")
      }
      self.path = path
      weights = try record.member("model").member("weights_sha256").string()
      arm = try record.member("arm").value
      precisionError = try PrecisionError(record.member("precision_error"))
      parts = try record.member("benchmarks").elements().map { try ResultsPart($0, of: root) }
    } catch let failure as JSONFailure {
      throw EvaluationFailure(
        .output, path, "no results file that can be added to (\(failure.path) \(failure.reason)). Move it away.")
    }
  }

  /// The benchmarks that are not scored now. Throws where they, or the model, are not what is scored now: one file holds
  /// the scores of one model, made in one way.
  func kept(beside fingerprints: [Fingerprint], arm: ArmRecord?) throws -> [ResultsPart] {
    guard let first = fingerprints.first else { return parts }
    if weights != first.model.weights {
      throw refusal("of other weights (SHA-256 \(weights.prefix(12))…, these have \(first.model.weights.prefix(12))…)")
    }
    let scored = Set(fingerprints.map(\.benchmark))
    let kept = parts.filter { !scored.contains($0.name) }
    let now = Self.circumstances(first.json)
    for part in kept {
      let then = Self.circumstances(part.record["fingerprint"] ?? .null)
      if let (key, _) = zip(now, then).first(where: { $0 != $1 }).map({ ($0.name, $1) }) {
        throw refusal("of \(part.name) with another \(key)")
      }
    }
    if !kept.isEmpty, self.arm != arm?.json ?? .null { throw refusal("of \(kept[0].name) as another arm") }
    return kept
  }

  private func refusal(_ what: String) -> EvaluationFailure {
    EvaluationFailure(
      .output, path,
      "it has scores \(what). Give another --output or --name, or move the file away: scored items are kept.")
  }

  private struct Circumstance: Equatable {
    let name: String
    let value: JSONValue?
  }

  /// What all benchmarks of a file share of their fingerprints.
  private static func circumstances(_ fingerprint: JSONValue) -> [Circumstance] {
    ["precision", "library", "instruction_set", "kernel", "revision"].map {
      Circumstance(name: $0, value: fingerprint["scorer"]?[$0])
    } + ["limit", "evaluator", "tokenizer_sha256"].map { Circumstance(name: $0, value: fingerprint[$0]) }
  }
}
