import Glibc
import Statistics

/// `lambada_openai` of lm-evaluation-harness: can the model guess a passage's last word? A guard for language ability.
struct LambadaBenchmark: Benchmark {
  static let name = "lambada"
  static let version = 1
  static let summary = "LAMBADA (OpenAI's file): perplexity and accuracy of the last word."
  static let file = "lambada/lambada_test.jsonl"

  let data: [DataFile]
  private let lambada: Lambada

  init(_ file: DataFile) throws {
    data = [file]
    lambada = try Lambada(file)
  }

  var items: [BenchmarkItem] {
    lambada.passages.map { passage in
      BenchmarkItem(
        id: String(passage.line), attributes: [Attribute("target", String(passage.continuation.dropFirst()))],
        questions: [.logLikelihood(context: passage.context, continuation: passage.continuation)])
    }
  }

  func values(of item: BenchmarkItem, _ answers: [Answer]) -> [NamedValue] {
    guard case .logLikelihood(let value, _, let isGreedy) = answers[0] else { return [] }
    return [NamedValue("log_likelihood", value), NamedValue("acc", isGreedy ? 1 : 0)]
  }

  /// Perplexity is exp(−mean), its standard error that of the mean times the perplexity (the delta method; the harness
  /// draws a bootstrap).
  func rows(_ items: [ScoredItem]) -> [ResultRow] {
    let mean = Metric.mean("log_likelihood", of: items)
    let perplexity = exp(-mean.value)
    return [
      ResultRow(
        "lambada_openai", count: items.count,
        metrics: [
          Metric(
            "perplexity", perplexity, standardError: mean.standardError.map { $0 * perplexity }, higherIsBetter: false),
          .mean("acc", of: items, higherIsBetter: true),
        ])
    ]
  }
}
