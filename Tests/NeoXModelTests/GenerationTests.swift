import NeoXModel
import TestSupport
import Testing

@Suite struct GenerationTests {
  /// The most probable next token, by asking for all of them.
  private func next(_ scorer: Scorer, _ context: [Int32], vocabulary: Int) throws -> Int32 {
    let all = try scorer.nextTokenLogProbabilities(after: [context], of: (0..<Int32(vocabulary)).map { $0 })[0]
    return Int32(all.firstIndex(of: all.max()!)!)
  }

  @Test(arguments: Precision.available)
  func `each token is the most probable one after all before it`(_ precision: Precision) throws {
    let model = RandomModel(seed: 20)
    let scorer = try ScorerTests.scorer(model, precision, threads: 2)
    let prompts: [[Int32]] = [[0], [0, 7, 7], [0, 7, 8, 1], [3], [0, 7, 7], [0, 7, 8, 1, 2, 30]]
    let made = try scorer.continuations(of: prompts, maxTokens: 5, end: nil)
    for (prompt, tokens) in zip(prompts, made) {
      var text = prompt
      for _ in 0..<5 { text.append(try next(scorer, text, vocabulary: model.vocabulary)) }
      #expect(tokens == Array(text.dropFirst(prompt.count)))
    }
    #expect(try prompts.map { try scorer.continuations(of: [$0], maxTokens: 5, end: nil)[0] } == made)
  }

  @Test func `of equally probable tokens the lowest is taken`() throws {
    var model = RandomModel(seed: 21) {
      $0.vocabulary = 2000; $0.layers = 1
    }
    let row = Array(model.tensors["embed_out.weight"]!.values[..<24])
    model.tensors["embed_out.weight"]!.values = (0..<2000).flatMap { $0 % 3 == 1 ? row : row.map { $0 / 2 } }
    let scorer = try ScorerTests.scorer(model)
    let prompts: [[Int32]] = (0..<8).map { [Int32($0 * 7 + 1)] }
    let first = try scorer.continuations(of: prompts, maxTokens: 1, end: nil).map { $0[0] }
    #expect(first.allSatisfy { $0 == 0 || $0 == 1 })
    let scored = try scorer.logLikelihoods(prompts.map { ScoringRequest($0 + [1, 4]) })
    #expect(zip(first, scored).allSatisfy { ($0 == 1) == $1.isGreedy[0] })
    #expect(scored.allSatisfy { !$0.isGreedy[1] })
  }

  @Test func `a continuation ends before the end token, or when it is complete`() throws {
    let model = RandomModel(seed: 22)
    let scorer = try ScorerTests.scorer(model, threads: 2)
    let prompts: [[Int32]] = [[0, 1], [0, 2], [5, 6, 7]]
    let free = try scorer.continuations(of: prompts, maxTokens: 6, end: nil)
    let end = free[1][2]
    let ended = try scorer.continuations(of: prompts, maxTokens: 6, end: end)
    #expect(ended == free.map { Array($0.prefix { $0 != end }) })
    let complete = try scorer.continuations(of: prompts, maxTokens: 6, end: nil) { prompt, tokens in
      tokens.count > prompt
    }
    #expect(complete == free.enumerated().map { Array($1.prefix($0 + 1)) })
    #expect(try scorer.continuations(of: prompts, maxTokens: 0) == [[], [], []])
    #expect(try scorer.continuations(of: [], maxTokens: 3).isEmpty)
  }

  @Test func `prompts that leave no room are refused`() throws {
    let scorer = try ScorerTests.scorer(RandomModel(seed: 23))
    #expect(throws: ModelFailure.self) { try scorer.continuations(of: [[]], maxTokens: 1) }
    #expect(throws: ModelFailure.self) { try scorer.continuations(of: [[40]], maxTokens: 1) }
    #expect(throws: ModelFailure.self) {
      try scorer.continuations(of: [Array(repeating: 0, count: 30)], maxTokens: 3)
    }
  }
}
