import NeoXModel
import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct QuestionEncoderTests {
  @Test func `a text without context stands after the end of a text`() throws {
    let tokenizer = try smallTokenizer()
    let request = try QuestionEncoder(tokenizer).request(.logLikelihood(context: "", continuation: "the win"))
    #expect(request == .score(ScoringRequest(try [0] + ids("the win", tokenizer), scoredFrom: 1)))
  }

  @Test func `a continuation is encoded with its context, whose spaces at the end belong to it`() throws {
    let tokenizer = try smallTokenizer()
    let encoder = QuestionEncoder(tokenizer)
    let whole = try ids("the win the", tokenizer)
    let start = try ids("the win", tokenizer).count
    let expected = QuestionEncoder.Request.score(ScoringRequest(whole, scoredFrom: start))
    #expect(try encoder.request(.logLikelihood(context: "the win", continuation: " the")) == expected)
    #expect(try encoder.request(.logLikelihood(context: "the win ", continuation: "the")) == expected)
  }

  @Test func `what adds no token is refused`() throws {
    let encoder = QuestionEncoder(try smallTokenizer())
    #expect(failure { try encoder.request(.logLikelihood(context: "a", continuation: "")) }?.code == .data)
    #expect(failure { try encoder.request(.logLikelihood(context: "", continuation: "")) }?.code == .data)
    #expect(failure { try encoder.request(.greedy(prompt: "", words: 1)) }?.code == .data)
  }

  @Test func `tokens are scored from the second on`() throws {
    let encoder = QuestionEncoder(try smallTokenizer())
    #expect(try encoder.request(.tokens([5, 6, 7])) == .score(ScoringRequest([5, 6, 7], scoredFrom: 1)))
  }

  @Test(
    "the first words are those of Python's strip and split",
    arguments: [
      (" the developer\n\nThe", 2, "the developer\n\nThe"), ("\n the  dev x", 3, "the  dev"), ("one", 2, "one"),
      (" a b c d", 2, "a b"), ("x y\n###\nz", 3, "x y"), ("", 1, ""),
    ])
  func firstWords(text: String, words: Int, expected: String) throws {
    let tokenizer = try smallTokenizer()
    #expect(GeneratedText(tokenizer: tokenizer).firstWords(words, of: try ids(text, tokenizer)) == expected)
  }

  @Test func `stopping early never changes the words`() throws {
    let tokenizer = try smallTokenizer()
    let generated = GeneratedText(tokenizer: tokenizer)
    var random = SeededGenerator(seed: 12)
    for _ in 0..<500 {
      let pieces = ["the", " ", "\n", "win", " a", "é", "."]
      let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let all = try ids(text, tokenizer)
      let words = Int.random(in: 1...3, using: &random)
      let whole = generated.firstWords(words, of: all)
      for count in 0...all.count where generated.isComplete(words, Array(all[..<count])) {
        #expect(generated.firstWords(words, of: Array(all[..<count])) == whole)
      }
    }
  }

  @Test func `special tokens and ids without a token leave no trace`() throws {
    let tokenizer = try smallTokenizer()
    let tokens = try [1] + ids("the", tokenizer) + [50_000, -1]
    #expect(GeneratedText(tokenizer: tokenizer).firstWords(1, of: tokens) == "the")
  }
}
