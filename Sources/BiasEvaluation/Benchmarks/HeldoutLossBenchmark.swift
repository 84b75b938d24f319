import Glibc
import TokenDataset

/// The mean loss per token on text that was not trained on, the items of a tokenized data set: what the trainer would report.
///
/// Each item is one sequence; its first token is context, all others are scored. A guard for language ability that costs no
/// benchmark data: the control's window, or the validation part of the Pile.
struct HeldoutLossBenchmark: Benchmark {
  static let name = "heldout-loss"
  static let version = 1
  static let summary = "Mean loss per token on items of an idxmap (--heldout PREFIX, --heldout-items 0..<64)."

  let data: [DataFile]
  let settings: [Attribute]
  let items: [BenchmarkItem]

  /// Reads the items of a range; what an item has beyond `maximumTokens` is left out, and items of fewer than two tokens are.
  init(prefix: String, items range: Range<Int>, maximumTokens: Int) throws {
    let dataset = try TokenDataset(prefix: prefix)
    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= dataset.itemCount else {
      throw EvaluationFailure(
        .request, prefix, "items \(range.lowerBound)..<\(range.upperBound) are asked for; it has \(dataset.itemCount)")
    }
    var (items, stored) = ([BenchmarkItem](), [UInt8]())
    for item in range {
      let tokens = try Self.tokens(dataset, item, maximumTokens)
      for token in tokens { withUnsafeBytes(of: token.littleEndian) { stored.append(contentsOf: $0) } }
      // Keeps where one item ends and the next begins in the hash.
      stored.append(contentsOf: [0xFF, 0xFF, 0xFF, 0xFF])
      if tokens.count < 2 { continue }
      items.append(BenchmarkItem(id: String(item), attributes: [], questions: [.tokens(tokens)]))
    }
    guard !items.isEmpty else { throw EvaluationFailure(.request, prefix, "no item of the range has two tokens") }
    self.items = items
    settings = [
      Attribute("items", "\(range.lowerBound)..<\(range.upperBound)"),
      Attribute("maximum_tokens", String(maximumTokens)),
    ]
    // The tokens that are scored, not the whole file, which may be hundreds of gigabytes.
    data = [DataFile(name: "heldout tokens", path: prefix, bytes: stored)]
  }

  private static func tokens(_ dataset: TokenDataset, _ item: Int, _ limit: Int) throws -> [Int32] {
    let count = min(dataset.size(of: item), limit)
    var wide = [UInt32](repeating: 0, count: count)
    try wide.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { try dataset.copyTokens(item: item, count: count, into: start) }
    }
    return try wide.map { token in
      guard let token = Int32(exactly: token) else {
        throw EvaluationFailure(.data, dataset.prefix, "item \(item) has token \(token), which no model has")
      }
      return token
    }
  }

  func values(of item: BenchmarkItem, _ answers: [Answer]) -> [NamedValue] {
    guard case .logLikelihood(let value, let tokens, _) = answers[0] else { return [] }
    return [NamedValue("loss", -value / Double(tokens)), NamedValue("tokens", Double(tokens))]
  }

  /// The loss is over tokens; its standard error is over items, each weighted by its tokens.
  func rows(_ items: [ScoredItem]) -> [ResultRow] {
    let pairs = items.map { (loss: $0.value("loss") ?? .nan, tokens: $0.value("tokens") ?? 0) }
    let tokens = pairs.reduce(0) { $0 + $1.tokens }
    let loss = pairs.reduce(0) { $0 + $1.loss * $1.tokens } / tokens
    let squares = pairs.reduce(0) { $0 + ($1.tokens * ($1.loss - loss)) * ($1.tokens * ($1.loss - loss)) }
    let count = Double(pairs.count)
    let error = count > 1 ? (squares * count / (count - 1)).squareRoot() / tokens : nil
    return [
      ResultRow(
        "heldout_loss", count: items.count,
        metrics: [
          Metric("loss", loss, standardError: error, higherIsBetter: false),
          Metric("perplexity", exp(loss), standardError: error.map { $0 * exp(loss) }, higherIsBetter: false),
          Metric("tokens", tokens),
        ])
    ]
  }
}
