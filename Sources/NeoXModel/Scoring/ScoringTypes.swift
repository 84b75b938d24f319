/// How matrix products are computed. Everything else is always in 32 bits.
public enum Precision: String, Sendable, CaseIterable {
  /// 32-bit products: what `transformers` computes in fp32, but for the order of sums.
  case float32 = "fp32"
  /// Factors rounded to bfloat16, sums in 32 bits: fast on processors that have such products, and off by up to a few
  /// hundredths per sentence.
  case bfloat16 = "bf16"
  /// Factors as sums of two bfloat16, three products: close to ``float32``, and faster where the processor has AMX.
  case bfloat16x3 = "bf16x3"

  /// Those that this processor computes at full speed.
  public static var available: [Precision] {
    allCases.filter { $0 == .float32 || productInstructionSet.hasBFloat16Products }
  }
}

extension String {
  fileprivate var hasBFloat16Products: Bool { hasSuffix("_bf16") || hasSuffix("_amx") }
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
  /// Of the products, and of the logarithms and angles: as `oneDNN 2.6.3 (commit), glibc 2.36`.
  public let library: String
  /// The instruction set that the library uses on this processor, as `avx512_core_bf16`.
  public let instructionSet: String
  /// The kernels that compute the products, as the library calls them.
  public let kernel: String
  public let precision: Precision
  /// Raised with every change of this room that can change a bit of a score.
  public let revision: Int
}
