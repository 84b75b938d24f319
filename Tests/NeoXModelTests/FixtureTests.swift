import Foundation
import NeoXModel
import TestSupport
import Testing

/// The committed model and what `transformers` says about it; Tests/Acceptance/make_model_fixture.py makes both.
@Suite struct FixtureTests {
  private struct Expected: Decodable {
    struct Request: Decodable {
      var tokens: [Int32]
      var scoredFrom: Int
    }
    var requests: [Request]
    var logLikelihoods: [[Double]]
    var isGreedy: [[Bool]]
    var prompts: [[Int32]]
    var continuations: [[Int32]]
  }

  static let folder = Assets.root + "/Tests/NeoXModelTests/Fixtures/neox-8"

  @Test func `scores and continuations agree with transformers`() throws {
    let data = try Data(contentsOf: URL(filePath: Self.folder + "/expected.json"))
    let expected = try JSONDecoder().decode(Expected.self, from: data)
    let scorer = try Scorer(checkpoint: Checkpoint(folder: Self.folder, threads: 2), threads: 2)
    let scored = try scorer.logLikelihoods(
      expected.requests.map { ScoringRequest($0.tokens, scoredFrom: $0.scoredFrom) })
    for (index, answer) in scored.enumerated() {
      #expect(abs(answer.total - expected.logLikelihoods[index].reduce(0, +)) < 1e-4)
      for (found, value) in zip(answer.logLikelihoods, expected.logLikelihoods[index]) {
        #expect(abs(found - value) < 2e-5)
      }
    }
    #expect(scored.map(\.isGreedy) == expected.isGreedy)
    #expect(try scorer.continuations(of: expected.prompts, maxTokens: 4) == expected.continuations)
  }
}
