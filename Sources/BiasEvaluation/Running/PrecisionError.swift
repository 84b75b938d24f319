import ByteIO
import NeoXModel
import StructuredText

/// How far a precision is from fp32, on a sample of the questions.
public struct PrecisionError: Sendable, Equatable {
  public let questions: Int
  /// Of the differences of log-likelihoods of whole continuations, without their signs, in nats.
  public let mean: Double
  public let greatest: Double

  init(questions: Int, mean: Double, greatest: Double) {
    self.questions = questions
    self.mean = mean
    self.greatest = greatest
  }

  /// Of an object as ``json`` is; nil for null.
  init?(_ node: JSONNode) throws(JSONFailure) {
    if node.isNull { return nil }
    self.init(
      questions: try node.member("questions").int(), mean: try node.member("mean_abs").double(),
      greatest: try node.member("max_abs").double())
  }

  var json: JSONValue {
    ["questions": .integer(Int64(questions)), "mean_abs": .double(mean), "max_abs": .double(greatest)]
  }

  /// Of two measurements the one with the greatest error.
  static func greater(_ one: PrecisionError?, _ other: PrecisionError?) -> PrecisionError? {
    guard let one, let other else { return one ?? other }
    return other.greatest > one.greatest ? other : one
  }
}

/// A few questions of the first benchmark that asks for log-likelihoods, spread evenly over it.
struct PrecisionSample {
  static let count = 64
  /// Longer questions take long, and say nothing more.
  static let longest = 256

  private let requests: [ScoringRequest]

  /// Nil where no benchmark has such questions.
  init?(_ benchmarks: [EncodedBenchmark]) {
    let requests = benchmarks.lazy.map(Self.requests).first { !$0.isEmpty }
    guard let requests else { return nil }
    self.requests = requests
  }

  private static func requests(_ benchmark: EncodedBenchmark) -> [ScoringRequest] {
    let questions = benchmark.requests.flatMap { $0 }
    return stride(from: 0, to: questions.count, by: max(1, questions.count / count)).prefix(count).compactMap { index in
      guard case .score(let request) = questions[index], request.tokens.count <= longest else { return nil }
      return request
    }
  }

  /// How far a model's log-likelihoods are from exact ones. What was measured before is in `folder`, by all that it depends
  /// on: the weights, the questions, and both scorers. `exact` is used first, and not while the other one is.
  func error(
    of model: some LanguageModel, from exact: consuming some LanguageModel, folder: String
  ) throws -> PrecisionError {
    let key = try key(model.identity, exact.identity)
    // Not `.json`: a report takes that for a result.
    let path = "\(folder)/precision-\(key.prefix(16)).jsonl"
    if let known = try? Self.read(path, key) { return known }
    let right = try totals(exact)
    _ = consume exact
    let differences = try zip(totals(model), right).map { abs($0 - $1) }
    let error = PrecisionError(
      questions: differences.count, mean: differences.reduce(0, +) / Double(differences.count),
      greatest: differences.max() ?? 0)
    let line: JSONValue = ["tiresias_precision": 1, "key": .string(key), "error": error.json]
    try AtomicFile.replace(path, with: try line.serialized(.oneLine) + [0x0A])
    return error
  }

  private static func read(_ path: String, _ key: String) throws -> PrecisionError? {
    let node = try JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 16), name: path)
    return try node.member("key").string() == key ? PrecisionError(node.member("error")) : nil
  }

  private func totals(_ model: some LanguageModel) throws -> [Double] {
    try model.logLikelihoods(requests, progress: nil).map(\.total)
  }

  private func key(_ models: ModelIdentity...) throws -> String {
    let questions = requests.map { request in
      JSONValue.array(([Int32(request.scoredFrom)] + request.tokens).map { .integer(Int64($0)) })
    }
    let whole: JSONValue = [
      "models": .array(models.map { ["scorer": Fingerprint.scorer($0), "weights": .string($0.weights)] }),
      "questions": .array(questions),
    ]
    return SHA256.hash(try whole.serialized(.oneLine))
  }
}
