import BiasEvaluation
import NeoXModel
import Synchronization

/// A model without weights: a token's log-likelihood is a hash of all before it, and it always goes on with the same text.
final class StandInModel: LanguageModel {
  let identity: ModelIdentity
  let maximumPositions: Int
  /// What it appends to every prompt, token by token.
  let speech: [Int32]
  /// Fails at the call of this number, from 0; never if nil.
  let failingCall: Int?
  private let calls = Mutex(0)
  var callCount: Int { calls.withLock { $0 } }

  struct Failure: Error {}

  init(
    weights: String = "w", precision: String = "fp32", speech: [Int32] = [], failingCall: Int? = nil,
    maximumPositions: Int = 2048
  ) {
    self.maximumPositions = maximumPositions
    identity = ModelIdentity(
      weights: weights, storedType: "F16", library: "none 1.0", instructionSet: "plain", kernel: "loop",
      precision: precision, revision: 1)
    self.speech = speech
    self.failingCall = failingCall
  }

  func logLikelihoods(_ requests: [ScoringRequest], progress: Scorer.Progress?) throws -> [ScoredTokens] {
    try count()
    return requests.map { request in
      let values = (request.scoredFrom..<request.tokens.count).map { Self.logLikelihood(request.tokens[...$0]) }
      return ScoredTokens(logLikelihoods: values, isGreedy: values.map { $0 > -2 })
    }
  }

  func continuations(
    of prompts: [[Int32]], maxTokens: Int, end: Int32?, until isComplete: (@Sendable (Int, [Int32]) -> Bool)?,
    progress: Scorer.Progress?
  ) throws -> [[Int32]] {
    try count()
    return prompts.indices.map { prompt in
      var tokens: [Int32] = []
      for token in speech.prefix(maxTokens) where token != end {
        tokens.append(token)
        if isComplete?(prompt, tokens) == true { break }
      }
      return tokens
    }
  }

  static func logLikelihood(_ tokens: ArraySlice<Int32>) -> Double {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for token in tokens { hash = (hash ^ UInt64(UInt32(bitPattern: token))) &* 1_099_511_628_211 }
    return -Double(hash >> 40) / 4_000_000
  }

  private func count() throws {
    let call = calls.withLock { calls in
      calls += 1
      return calls - 1
    }
    if call == failingCall { throw Failure() }
  }
}
