import NeoXModel
import Synchronization
import TestSupport

@testable import BiasEvaluation

/// The rows of items that were read from a file.
enum CrowsPairsRows {
  static func rows(_ items: [ScoredItem], _ data: SmallBenchmarkData) -> [ResultRow]? {
    try? BenchmarkRegistry.make("crows-pairs", from: BenchmarkSources(folder: data.path)).rows(items)
  }
}

extension Evaluation {
  /// With the small tokenizer, as `t`.
  convenience init(
    _ model: any LanguageModel, benchmarks: [any Benchmark], limit: Int? = nil, folder: String
  ) throws {
    let tokenizer = try smallTokenizer()
    let encoder = QuestionEncoder(tokenizer)
    try self.init(
      model, tokenizer: tokenizer, tokenizerHash: "t",
      benchmarks: benchmarks.map { try EncodedBenchmark($0, limit: limit, encoder) }, limit: limit, folder: folder)
  }
}

final class Counter: Sendable {
  private let sum = Mutex(0)
  var value: Int { sum.withLock { $0 } }
  func add(_ number: Int) { sum.withLock { $0 += number } }
}

/// Says NaN to everything.
struct DamagedModel: LanguageModel {
  let maximumPositions = 2048
  let identity = ModelIdentity(
    weights: "d", storedType: "F16", library: "", instructionSet: "", kernel: "", precision: "fp32", revision: 1)

  func logLikelihoods(_ requests: [ScoringRequest], progress: Scorer.Progress?) throws -> [ScoredTokens] {
    requests.map { _ in ScoredTokens(logLikelihoods: [.nan], isGreedy: [false]) }
  }

  func continuations(
    of prompts: [[Int32]], maxTokens: Int, end: Int32?, until isComplete: (@Sendable (Int, [Int32]) -> Bool)?,
    progress: Scorer.Progress?
  ) throws -> [[Int32]] { [] }
}
