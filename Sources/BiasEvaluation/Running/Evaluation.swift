import ByteIO
import NeoXModel
import Tokenization

/// One model and the benchmarks it is scored on.
///
/// Scores are kept in `FOLDER/items`, one file a benchmark and key, as they come: what is there is not computed again, and a
/// run that was killed goes on where it was.
public final class Evaluation {
  /// What a benchmark came to.
  public struct Outcome: Sendable {
    public let fingerprint: Fingerprint
    public let rows: [ResultRow]
    public let notes: [String]
    public let itemCount: Int
    /// Relative to the output folder.
    public let itemFile: String
    public let itemFileSHA256: String
    /// True if nothing had to be scored.
    public let isReused: Bool
  }

  private struct Work {
    let encoded: EncodedBenchmark
    let fingerprint: Fingerprint
    let store: ItemStore
    let isReused: Bool

    var benchmark: any Benchmark { encoded.benchmark }
    var items: [BenchmarkItem] { encoded.items }
  }

  private let model: any LanguageModel
  private let generated: GeneratedText
  private let folder: String
  private let works: [Work]
  /// Tokens between two writes; enough to keep the model's batches full.
  var tokensAtOnce = 8192
  /// The most that is generated for one answer.
  static let maximumNewTokens = 64

  /// `limit` is the one that the benchmarks were encoded with. `tokenizerHash` is the SHA-256 of the tokenizer's file.
  init(
    _ model: any LanguageModel, tokenizer: Tokenizer, tokenizerHash: String, benchmarks: [EncodedBenchmark],
    limit: Int?, folder: String
  ) throws {
    self.model = model
    self.folder = folder
    generated = GeneratedText(tokenizer: tokenizer)
    try FileSystem.makeDirectory(folder + "/items")
    works = try benchmarks.map { encoded in
      let fingerprint = Fingerprint(
        encoded.benchmark, limit: limit, tokenizer: tokenizerHash, model: model.identity)
      let store = try ItemStore(fingerprint, items: encoded.items, folder: folder + "/items")
      return Work(
        encoded: encoded, fingerprint: fingerprint, store: store, isReused: store.scored.count == encoded.items.count)
    }
  }

  /// Of the benchmarks, in their order.
  var fingerprints: [Fingerprint] { works.map(\.fingerprint) }
  /// Tokens of all questions, and of those that are answered.
  var totalTokens: Int { works.reduce(0) { $0 + $1.encoded.cost } }
  var doneTokens: Int { works.reduce(0) { $0 + $1.encoded.cost(0..<$1.store.scored.count) } }

  /// Answers what is not answered yet; `advance` gets the tokens done since it was called last.
  ///
  /// Throws an ``EvaluationFailure`` for a score that is no finite number; what came before is kept.
  func run(advance: @escaping @Sendable (Int) -> Void = { _ in }) throws -> [Outcome] {
    try works.map { work in
      while work.store.scored.count < work.items.count { try step(work, advance) }
      try work.store.finish()
      return Outcome(
        fingerprint: work.fingerprint, rows: Self.sound(work.benchmark.rows(work.store.scored)),
        notes: work.benchmark.notes,
        itemCount: work.items.count, itemFile: "items/" + FileSystem.name(of: work.store.path),
        itemFileSHA256: try SHA256.hash(file: work.store.path), isReused: work.isReused)
    }
  }

  /// A few items may be too few for a task or a metric, and a perplexity too large for a number: such are left out.
  private static func sound(_ rows: [ResultRow]) -> [ResultRow] {
    let sound = rows.map { ResultRow($0.task, count: $0.count, metrics: $0.metrics.filter(\.isFinite)) }
    return sound.filter { $0.count > 0 && !$0.metrics.isEmpty }
  }

  /// The next items, up to `tokensAtOnce` tokens.
  private func step(_ work: Work, _ advance: @escaping @Sendable (Int) -> Void) throws {
    let start = work.store.scored.count
    var (end, cost) = (start, 0)
    while end < work.items.count, end == start || cost < tokensAtOnce {
      cost += work.encoded.cost(end..<end + 1)
      end += 1
    }
    let answers = try naming(work, start..<end) {
      try self.answers(to: Array(work.encoded.requests[start..<end].joined()), Share(cost: cost, advance))
    }
    var next = 0
    try work.store.append(
      (start..<end).map { index in
        let item = work.items[index]
        let own = Array(answers[next..<next + item.questions.count])
        next += own.count
        return try Self.scored(item, own, work.benchmark)
      })
  }

  /// A request that the model refuses is a fault of these items, or a model that is none for them.
  private func naming<Result>(_ work: Work, _ range: Range<Int>, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let failure as ModelFailure where failure.code == .request {
      throw EvaluationFailure(
        .request, work.fingerprint.benchmark,
        "items \(work.items[range.lowerBound].id) to \(work.items[range.upperBound - 1].id): \(failure.reason)")
    }
  }

  private static func scored(
    _ item: BenchmarkItem, _ answers: [Answer], _ benchmark: any Benchmark
  ) throws -> ScoredItem {
    let values = benchmark.values(of: item, answers)
    let isSound = values.allSatisfy(\.value.isFinite)
    guard isSound else {
      throw EvaluationFailure(
        .score, type(of: benchmark).name,
        "item \(item.id) has a score that is no finite number. The model is damaged, or --precision is too low for it.")
    }
    return ScoredItem(item, answers: answers, values: values)
  }

  private func answers(to requests: [QuestionEncoder.Request], _ share: Share) throws -> [Answer] {
    var (scores, prompts) = ([ScoringRequest](), [(tokens: [Int32], words: Int)]())
    for request in requests {
      switch request {
      case .score(let request): scores.append(request)
      case .generate(let prompt, let words): prompts.append((prompt, words))
      }
    }
    let scored = scores.isEmpty ? [] : try model.logLikelihoods(scores, progress: share.report)
    let texts = prompts.isEmpty ? [] : try continuations(prompts, share)
    share.finish()
    var (nextScore, nextText) = (0, 0)
    return requests.map { request in
      switch request {
      case .score:
        let tokens = scored[nextScore]
        nextScore += 1
        return .logLikelihood(
          tokens.total, tokens: tokens.logLikelihoods.count, isGreedy: tokens.isAllGreedy)
      case .generate:
        nextText += 1
        return .text(texts[nextText - 1])
      }
    }
  }

  /// At most ``maximumNewTokens`` each, or as many as a prompt leaves of the model's positions: that is decided for each
  /// prompt alone, so that no answer depends on the others.
  private func continuations(_ prompts: [(tokens: [Int32], words: Int)], _ share: Share) throws -> [String] {
    let room = prompts.map { min(Self.maximumNewTokens, max(1, model.maximumPositions - $0.tokens.count)) }
    var texts = [String](repeating: "", count: prompts.count)
    for limit in Set(room).sorted() {
      let places = prompts.indices.filter { room[$0] == limit }
      let (words, generated) = (places.map { prompts[$0].words }, generated)
      let tokens = try model.continuations(
        of: places.map { prompts[$0].tokens }, maxTokens: limit, end: QuestionEncoder.endOfText,
        until: { generated.isComplete(words[$0], $1) }, progress: share.report)
      for (index, place) in places.enumerated() {
        texts[place] = generated.firstWords(words[index], of: tokens[index])
      }
    }
    return texts
  }
}

/// Turns a model's own count of what is done into tokens of questions, so that the sum is right in the end.
private final class Share: @unchecked Sendable {  // called from one thread at a time
  private let cost: Int
  private let advance: @Sendable (Int) -> Void
  private var said = 0

  init(cost: Int, _ advance: @escaping @Sendable (Int) -> Void) {
    self.cost = cost
    self.advance = advance
  }

  func report(_ done: Int, _ total: Int) {
    let now = total > 0 ? min(cost, Int(Double(cost) * Double(done) / Double(total))) : 0
    if now > said { advance(now - said) }
    said = max(said, now)
  }

  func finish() {
    if cost > said { advance(cost - said) }
    said = cost
  }
}
