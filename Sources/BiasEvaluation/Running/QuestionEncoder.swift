import NeoXModel
import Tokenization

/// Turns questions into tokens, and tokens that were generated into text, as lm-evaluation-harness does.
final class QuestionEncoder {
  /// A question as the model gets it.
  enum Request: Equatable {
    case score(ScoringRequest)
    case generate(prompt: [Int32], words: Int)

    /// Tokens that go through the model, about.
    var cost: Int {
      switch self {
      case .score(let request): request.tokens.count
      case .generate(let prompt, let words): prompt.count + 4 * words
      }
    }
  }

  /// `<|endoftext|>`: stands where a text has no context, and ends what is generated.
  static let endOfText: Int32 = 0

  private let encoder: Encoder

  init(_ tokenizer: Tokenizer) { encoder = Encoder(tokenizer) }

  func request(_ question: Question) throws -> Request {
    switch question {
    case .logLikelihood(let context, let continuation): .score(try score(context, continuation))
    case .tokens(let tokens): .score(ScoringRequest(tokens))
    case .greedy(let prompt, let words): .generate(prompt: try tokens(prompt), words: words)
    }
  }

  /// Spaces at the context's end belong to the continuation; then both are encoded as one text, and the context's own
  /// tokens are cut off its front.
  private func score(_ context: String, _ continuation: String) throws -> ScoringRequest {
    guard !context.isEmpty else { return ScoringRequest([Self.endOfText] + (try tokens(continuation))) }
    let bare = String(context.reversed().drop(while: \.isWhitespace).reversed())
    let whole = try tokens(context + continuation)
    let start = try tokens(bare).count
    guard start > 0, start < whole.count else {
      throw EvaluationFailure(.data, "'\(context)'", "'\(continuation)' adds no token to it")
    }
    return ScoringRequest(whole, scoredFrom: start)
  }

  private func tokens(_ text: String) throws -> [Int32] {
    let ids = try encoder.encode(Array(text.utf8))
    // The tokenizer refuses ids from 2²⁴ on.
    let tokens = ids.map { Int32(truncatingIfNeeded: $0) }
    guard !tokens.isEmpty else { throw EvaluationFailure(.data, "'\(text)'", "the text has no tokens") }
    return tokens
  }
}

/// The text of generated tokens, and when enough of it is there.
struct GeneratedText: Sendable {
  let tokenizer: Tokenizer

  /// Where few-shot examples are separated, the harness' promptsource branch stops.
  private static let stop = "\n###\n"

  /// The first `words` words, as Python's `strip` and `split(" ")` find them: two spaces hold an empty word between them.
  func firstWords(_ words: Int, of tokens: [Int32]) -> String {
    let text = Self.stripped(text(tokens))
    return text.split(separator: " ", omittingEmptySubsequences: false).prefix(words).joined(separator: " ")
  }

  /// True where no further token can change the first `words` words.
  func isComplete(_ words: Int, _ tokens: [Int32]) -> Bool {
    let text = text(tokens).drop(while: \.isWhitespace)
    return text.count { $0 == " " } >= words && text.last?.isWhitespace == false
  }

  /// Special tokens and ids without a token are left out.
  private func text(_ tokens: [Int32]) -> String {
    let ids = tokens.map { UInt32(bitPattern: $0) }.filter { tokenizer.contains($0) && !tokenizer.isSpecial($0) }
    let text = String(decoding: ids.flatMap { tokenizer.bytes(of: $0) }, as: UTF8.self)
    return text.split(separator: Self.stop, maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
  }

  private static func stripped(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
