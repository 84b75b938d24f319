import Foundation
import TestSupport
import Testing
import TokenDataset

@testable import BiasEvaluation

@Suite struct HeldoutLossTests {
  static func dataset(_ items: [[UInt16]], at prefix: String) throws {
    let writer = try TokenDatasetWriter(prefix, type: .uint16)
    for item in items { try writer.append(item.map { UInt32($0) }) }
    try writer.finish()
  }

  @Test func `items are read from a range, cut to length, and scored from their second token on`() throws {
    let folder = TemporaryFolder()
    try Self.dataset([[1, 2, 3, 4, 5], [6], [7, 8], [9, 10]], at: folder.file("held"))
    let benchmark = try HeldoutLossBenchmark(prefix: folder.file("held"), items: 0..<3, maximumTokens: 4)
    #expect(benchmark.items.map(\.id) == ["0", "2"])
    #expect(benchmark.items.map(\.questions) == [[.tokens([1, 2, 3, 4])], [.tokens([7, 8])]])
    let other = try HeldoutLossBenchmark(prefix: folder.file("held"), items: 1..<4, maximumTokens: 4)
    #expect(benchmark.data[0].sha256 != other.data[0].sha256)
    #expect(failure { try HeldoutLossBenchmark(prefix: folder.file("held"), items: 0..<5, maximumTokens: 4) } != nil)
    #expect(failure { try HeldoutLossBenchmark(prefix: folder.file("held"), items: 1..<2, maximumTokens: 4) } != nil)
  }

  @Test func `the loss is over tokens, not over items`() throws {
    let folder = TemporaryFolder()
    try Self.dataset([[1, 2, 3, 4], [7, 8]], at: folder.file("held"))
    let benchmark = try HeldoutLossBenchmark(prefix: folder.file("held"), items: 0..<2, maximumTokens: 9)
    let items = zip(benchmark.items, [(-6.0, 3), (-4.0, 1)]).map { item, score in
      let answers = [Answer.logLikelihood(score.0, tokens: score.1, isGreedy: false)]
      return ScoredItem(item, answers: answers, values: benchmark.values(of: item, answers))
    }
    let metrics = benchmark.rows(items)[0].metrics
    #expect(metrics[0].value == 2.5 && metrics[2].value == 4)
    #expect(abs(metrics[1].value - exp(2.5)) < 1e-12)
    // √(2·((3·0.5)² + (1·1.5)²)) / 4
    #expect(abs(try #require(metrics[0].standardError) - 0.75) < 1e-12)
  }
}
