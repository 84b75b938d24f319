import TestSupport
import Testing

@testable import Reports

/// Section 3 of the specification of the published numbers.
@Suite(.enabled(if: Published.folder != nil, "TIRESIAS_ASSETS is not set")) struct PublishedComparisonTests {
  func claims(_ release: String) throws -> [Comparison] {
    try Published.analysis.get().claims.filter { $0.model.release == release }
  }

  @Test func `gender pairs of the second release at the last step`() throws {
    let gender = try claims("v1").filter(\.isCrowsPairs)
    #expect(
      gender.map { "\($0.model.size) \($0.arm.name) \($0.control.hits ?? 0) \($0.treated.hits ?? 0)" } == [
        "70M 7 % 180 185", "410M 7 % 198 198", "1.4B 7 % 197 197", "1.4B 21 % 197 194", "6.9B 7 % 215 217",
      ])
    #expect(gender.allSatisfy { abs($0.difference.z ?? 9) <= 0.405 && $0.control.count == 320 && $0.standing == .same })
    #expect(gender.allSatisfy { $0.checkpoint == Checkpoint(step: 143_000, of: 143_000) })
  }

  @Test func `net bias of WinoBias`() throws {
    let net = try claims("v1").filter { !$0.isCrowsPairs }
    func rounded(_ score: Score) -> Int { Int((score.value * 1000).rounded()) }
    #expect(
      net.map { "\($0.model.size) \($0.arm.name) \(rounded($0.control)) \(rounded($0.treated))" } == [
        "410M 7 % 81 75", "1.4B 7 % 73 111", "1.4B 21 % 73 91", "6.9B 7 % 119 146",
      ])
    #expect(net.allSatisfy { !$0.isSignificant })
    #expect(net.allSatisfy { $0.standing == .unverified(["evaluator", "build", "precision", "task version"]) })
  }

  @Test func `perplexity of LAMBADA`() throws {
    let measure = Measure(task: "lambada_openai", metric: "perplexity")
    let these = try Published.analysis.get().last.filter { $0.measure == measure && $0.model.release == "v1" }
    func text(_ score: Score) -> String { "\((score.value * 1000).rounded() / 1000)" }
    #expect(
      these.map { "\($0.model.size) \($0.arm.name) \(text($0.control)) \(text($0.treated))" }.filter {
        !$0.hasPrefix("410M")
      } == [
        "70M 7 % 139.102 140.388", "1.4B 7 % 6.105 6.068", "1.4B 21 % 6.105 6.222", "6.9B 7 % 4.155 4.146",
      ])
  }

  @Test func `different builds are not compared, and the outlying one is marked`() throws {
    let analysis = try Published.analysis.get()
    #expect(analysis.outlying.sources.count == 125)
    let excluded = analysis.exclusions.filter { !$0.isMissing }
    #expect(
      excluded.map { "\($0.model.size) \($0.arm.name) \($0.checkpoints.count)" } == [
        "410M 7 % 10", "1.4B 7 % 8", "1.4B 21 % 9",
      ])
    let first = try claims("v0").filter(\.isCrowsPairs)
    #expect(first.map(\.isOutlying) == [true, true, true, true])
  }

  @Test func `told to, it compares them and says so`() throws {
    let mixed = try Analysis(Published.results.get(), allowMixed: true)
    let small = mixed.claims.first { $0.model.name == "Pythia v0 410M deduped" && $0.isCrowsPairs }
    #expect(small?.standing == .mixed(["build d36f623 against 8164ebc"]))
    #expect(!mixed.exclusions.contains { !$0.isMissing })
  }
}
