import CDNNL

/// How matrix products are computed. Everything else is always in 32 bits.
public enum Precision: String, Sendable, CaseIterable {
  /// 32-bit products: what `transformers` computes in fp32, but for the order of sums.
  case float32 = "fp32"
  /// Factors rounded to bfloat16, sums in 32 bits: fast on processors that have such products, and off by up to a few
  /// hundredths per sentence.
  case bfloat16 = "bf16"
  /// Factors as sums of two bfloat16, three products: close to ``float32``, and faster where the processor has AMX.
  case bfloat16x3 = "bf16x3"
}

/// Token ids, and from which on they are scored. The tokens before are context and get no score.
public struct ScoringRequest: Equatable, Sendable {
  public var tokens: [Int32]
  /// Index of the first scored token; at least 1, since the first token has nothing before it.
  public var scoredFrom: Int

  public init(_ tokens: [Int32], scoredFrom: Int = 1) {
    self.tokens = tokens
    self.scoredFrom = scoredFrom
  }
}

/// A request's answer: one entry a scored token.
public struct ScoredTokens: Equatable, Sendable {
  /// Natural logarithm of the probability of each token, given all before it.
  public let logLikelihoods: [Double]
  /// Whether the token is the most probable one; of equal ones the lowest id is.
  public let isGreedy: [Bool]

  /// The log-likelihood of all scored tokens, given the context.
  public var total: Double { logLikelihoods.reduce(0, +) }
  /// Whether greedy generation from the context would have given the scored tokens.
  public var isAllGreedy: Bool { !isGreedy.contains(false) }

  public init(logLikelihoods: [Double], isGreedy: [Bool]) {
    self.logLikelihoods = logLikelihoods
    self.isGreedy = isGreedy
  }
}

/// What a score depends on besides the weights and the tokens: equal fingerprints and equal weights give equal bits.
public struct ScorerFingerprint: Equatable, Hashable, Sendable {
  /// As `oneDNN 2.6.3 (commit)`.
  public let library: String
  /// The instruction set that the library uses on this processor, as `avx512_core_bf16`.
  public let instructionSet: String
  /// The kernel that computes the products, as the library calls it.
  public let kernel: String
  public let precision: Precision
  /// Raised with every change of this room that can change a bit of a score.
  public let revision: Int
}

/// Computes log-likelihoods and greedy continuations with one checkpoint, on the CPU.
///
/// Every answer is the same bit for bit whatever else is asked in the same call, in which order, and on how many threads.
public final class Scorer: @unchecked Sendable {  // immutable after init
  public let checkpoint: Checkpoint
  public let precision: Precision
  public let threads: Int
  public let fingerprint: ScorerFingerprint

  /// How far a call is: `done` of `total` tokens went through the model. Called from one thread at a time.
  public typealias Progress = @Sendable (_ done: Int, _ total: Int) -> Void

  /// Packs the weights for the products: about the time to read them twice, and the memory of the weights in the precision.
  ///
  /// Throws ``ModelFailure`` where the library or the processor cannot compute in this precision.
  public init(checkpoint: Checkpoint, precision: Precision = .float32, threads: Int) throws {
    throw ModelFailure(.unsupported, checkpoint.folder, "not computed yet")
  }

  /// The log-likelihood of every scored token of every request, in the order of the requests. Beginnings that requests share
  /// go through the model once; memory does not grow with the number of requests beyond their tokens.
  ///
  /// Throws ``ModelFailure`` for a token outside the vocabulary, a request longer than the model's positions, or one whose
  /// first scored token has no context.
  public func logLikelihoods(_ requests: [ScoringRequest], progress: Progress? = nil) throws -> [ScoredTokens] {
    []
  }

  /// For every context the log-probabilities of the candidates as its next token, in the order of `candidates`.
  public func nextTokenLogProbabilities(
    after contexts: [[Int32]], of candidates: [Int32], progress: Progress? = nil
  ) throws -> [[Double]] {
    []
  }

  /// What greedy generation appends to each prompt (as `transformers.generate` with `do_sample=False`): always the most
  /// probable token, of equal ones the lowest id.
  ///
  /// A continuation ends before the token `end` (not included), after `maxTokens` tokens, or once `isComplete` says so of the
  /// prompt's index and the tokens so far; it is called from many threads.
  public func continuations(
    of prompts: [[Int32]], maxTokens: Int, end: Int32? = 0,
    until isComplete: (@Sendable (_ prompt: Int, _ tokens: [Int32]) -> Bool)? = nil, progress: Progress? = nil
  ) throws -> [[Int32]] {
    []
  }
}
