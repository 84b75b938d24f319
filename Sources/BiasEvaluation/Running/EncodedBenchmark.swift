/// A benchmark with its questions as tokens: the same for every model.
struct EncodedBenchmark: Sendable {
  let benchmark: any Benchmark
  let items: [BenchmarkItem]
  /// One a question, by item.
  let requests: [[QuestionEncoder.Request]]

  /// `limit` takes the first items.
  init(_ benchmark: any Benchmark, limit: Int?, _ encoder: QuestionEncoder) throws {
    self.benchmark = benchmark
    items = Array(limit.map { benchmark.items.prefix($0) } ?? benchmark.items[...])
    requests = try items.map { try $0.questions.map(encoder.request) }
  }

  /// Tokens that go through the model, about.
  var cost: Int { cost(items.indices) }

  func cost(_ range: Range<Int>) -> Int { requests[range].reduce(0) { $0 + $1.reduce(0) { $0 + $1.cost } } }
}
