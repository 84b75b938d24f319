import Foundation
import NeoXModel
import TestSupport
import Testing

@Suite struct ScorerTests {
  static let shapes: [@Sendable (inout RandomModel) -> Void] = [
    { _ in },
    { $0.isParallel = false },
    {
      $0.rotaryShare = 0.25; $0.heads = 1; $0.hidden = 8; $0.inner = 32
    },
    {
      $0.rotaryShare = 1; $0.hidden = 20; $0.heads = 5; $0.inner = 21; $0.vocabulary = 131
    },
    {
      $0.rotaryShare = 0; $0.layers = 1; $0.isTied = true
    },
    {
      $0.hidden = 64; $0.heads = 2; $0.inner = 70; $0.layers = 1; $0.vocabulary = 9
    },
  ]

  /// Texts of which many share beginnings, some twice.
  static func requests(_ model: RandomModel, count: Int, seed: UInt64) -> [ScoringRequest] {
    var random = SeededGenerator(seed: seed)
    var texts: [[Int32]] = [[0]]
    for _ in 0..<count {
      let base = texts.randomElement(using: &random)!
      let start = base.prefix(Int.random(in: 1...base.count, using: &random))
      let more = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        Int32.random(in: 0..<Int32(model.vocabulary), using: &random)
      }
      texts.append(Array((start + more).prefix(model.positions)))
    }
    return texts.dropFirst().map {
      ScoringRequest($0, scoredFrom: Bool.random(using: &random) ? 1 : Int.random(in: 1...$0.count, using: &random))
    }
  }

  static func scorer(_ model: RandomModel, _ precision: Precision = .float32, threads: Int = 1) throws -> Scorer {
    let folder = TemporaryFolder()
    return try Scorer(
      checkpoint: Checkpoint(folder: try model.write(folder)), precision: precision, threads: threads)
  }

  @Test(arguments: shapes.indices) func `scores equal those of a slow and obvious model`(_ index: Int) throws {
    let model = RandomModel(seed: UInt64(index), Self.shapes[index])
    let requests = Self.requests(model, count: 12, seed: 1)
    let scored = try Self.scorer(model).logLikelihoods(requests)
    let plain = PlainModel(model)
    for (request, answer) in zip(requests, scored) {
      let all = plain.logProbabilities(request.tokens)
      for (offset, index) in (request.scoredFrom..<request.tokens.count).enumerated() {
        let expected = all[index - 1][Int(request.tokens[index])]
        #expect(abs(answer.logLikelihoods[offset] - expected) < 1e-4)
        #expect(answer.isGreedy[offset] == (all[index - 1].allSatisfy { $0 <= expected }))
      }
      #expect(answer.logLikelihoods.count == request.tokens.count - request.scoredFrom)
    }
  }

  @Test(arguments: Precision.available)
  func `an answer is the same bit for bit in any company, order and number of threads`(_ precision: Precision) throws {
    let model = RandomModel(seed: 5) {
      $0.hidden = 40; $0.heads = 5
    }
    let requests = Self.requests(model, count: 60, seed: 2)
    let together = try Self.scorer(model, precision, threads: 1).logLikelihoods(requests)
    let scorer = try Self.scorer(model, precision, threads: 3)
    #expect(try scorer.logLikelihoods(requests) == together)
    #expect(try scorer.logLikelihoods(requests.reversed()) == together.reversed())
    for index in stride(from: 0, to: requests.count, by: 7) {
      #expect(try scorer.logLikelihoods([requests[index]]) == [together[index]])
    }
  }

  @Test func `a part of one text longer than the others' parts does not change them`() throws {
    let model = RandomModel(seed: 6) { $0.positions = 300 }
    var random = SeededGenerator(seed: 3)
    let texts = [30, 299, 150, 1, 64, 65].map { length in
      ScoringRequest([0] + (0..<length).map { _ in Int32.random(in: 0..<37, using: &random) })
    }
    let scorer = try Self.scorer(model, threads: 2)
    let together = try scorer.logLikelihoods(texts)
    for (text, answer) in zip(texts, together) { #expect(try scorer.logLikelihoods([text]) == [answer]) }
  }

  @Test(.enabled(if: Precision.available.count > 1))
  func `precisions differ from 32 bits by as much as they should`() throws {
    let model = RandomModel(seed: 7) {
      $0.hidden = 64; $0.heads = 4; $0.inner = 128
    }
    let requests = Self.requests(model, count: 30, seed: 4)
    let exact = try Self.scorer(model).logLikelihoods(requests).map(\.total)
    func largestError(_ precision: Precision) throws -> Double {
      let totals = try Self.scorer(model, precision).logLikelihoods(requests).map(\.total)
      return zip(exact, totals).map { abs($0 - $1) }.max() ?? 0
    }
    let coarse = try largestError(.bfloat16)
    let fine = try largestError(.bfloat16x3)
    #expect(coarse < 2)
    #expect(fine < coarse / 50)
    #expect(coarse > 1e-3)
  }

  @Test func `next-token probabilities equal scores of the contexts with each token`() throws {
    let model = RandomModel(seed: 8)
    let scorer = try Self.scorer(model, threads: 2)
    let contexts: [[Int32]] = [[0], [0, 4, 5], [0, 4, 5], [0, 4]]
    let candidates: [Int32] = [9, 3, 36, 3]
    let found = try scorer.nextTokenLogProbabilities(after: contexts, of: candidates)
    for (context, row) in zip(contexts, found) {
      let requests = candidates.map { ScoringRequest(context + [$0], scoredFrom: context.count) }
      #expect(try scorer.logLikelihoods(requests).map(\.total) == row)
    }
  }

  @Test func `nothing scored is an empty answer`() throws {
    let scorer = try Self.scorer(RandomModel(seed: 9))
    #expect(try scorer.logLikelihoods([]).isEmpty)
    let answer = try scorer.logLikelihoods([ScoringRequest([0, 1], scoredFrom: 2)])
    #expect(answer == [ScoredTokens(logLikelihoods: [], isGreedy: [])])
  }

  @Test func `requests that cannot be scored are refused by number`() throws {
    let scorer = try Self.scorer(RandomModel(seed: 9))
    let fine = ScoringRequest([0, 1])
    for bad in [
      ScoringRequest([0, 37]), ScoringRequest([-1, 0]), ScoringRequest([0, 1], scoredFrom: 0),
      ScoringRequest([0, 1], scoredFrom: 3), ScoringRequest([]), ScoringRequest(Array(repeating: 0, count: 34)),
    ] {
      let failure = #expect(throws: ModelFailure.self) { try scorer.logLikelihoods([fine, bad]) }
      #expect(failure?.code == .request)
      #expect(failure?.path == "request 1")
    }
    #expect(throws: Never.self) { try scorer.logLikelihoods([ScoringRequest(Array(repeating: 0, count: 33))]) }
  }

  @Test func `weights so large that sums overflow are an error, not a score`() throws {
    var model = RandomModel(seed: 10)
    model.tensors["embed_out.weight"]!.values = model.tensors["embed_out.weight"]!.values.map { $0 * 3e38 }
    let scorer = try Self.scorer(model)
    #expect(throws: ModelFailure.self) { try scorer.logLikelihoods([ScoringRequest([0, 1, 2])]) }
    #expect(throws: ModelFailure.self) { try scorer.continuations(of: [[0, 1]], maxTokens: 2) }
  }

  @Test func `progress ends at its total`() throws {
    let scorer = try Self.scorer(RandomModel(seed: 11), threads: 2)
    let last = Locked((0, 1))
    _ = try scorer.logLikelihoods(Self.requests(RandomModel(seed: 11), count: 9, seed: 5)) { last.value = ($0, $1) }
    #expect(last.value.0 == last.value.1)
  }

  @Test func `the fingerprint names library, processor and precision`() throws {
    let fingerprint = try Self.scorer(RandomModel(seed: 12)).fingerprint
    #expect(fingerprint.library.hasPrefix("oneDNN "))
    #expect(!fingerprint.instructionSet.isEmpty && !fingerprint.kernel.isEmpty)
    #expect(fingerprint.precision == .float32)
  }
}

/// A value that threads share.
final class Locked<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: Value
  init(_ value: Value) { stored = value }
  var value: Value {
    get { lock.withLock { stored } }
    set { lock.withLock { stored = newValue } }
  }
}
