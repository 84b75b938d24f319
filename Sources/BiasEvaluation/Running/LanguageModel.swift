import NeoXModel

/// What answers questions: a ``Scorer``, or a stand-in.
public protocol LanguageModel: Sendable {
  var identity: ModelIdentity { get }
  /// The longest sequence that it takes.
  var maximumPositions: Int { get }

  /// See ``Scorer/logLikelihoods(_:progress:)``.
  func logLikelihoods(_ requests: [ScoringRequest], progress: Scorer.Progress?) throws -> [ScoredTokens]

  /// See ``Scorer/continuations(of:maxTokens:end:until:progress:)``.
  func continuations(
    of prompts: [[Int32]], maxTokens: Int, end: Int32?,
    until isComplete: (@Sendable (_ prompt: Int, _ tokens: [Int32]) -> Bool)?, progress: Scorer.Progress?
  ) throws -> [[Int32]]
}

/// What the bits of a score depend on besides the question.
public struct ModelIdentity: Sendable, Equatable {
  /// SHA-256 over the values of all weights.
  public let weights: String
  /// How they are stored, as `F16`. Scores do not depend on it.
  public let storedType: String
  /// The library of the matrix products, the processor's instructions, and the kernel.
  public let library: String
  public let instructionSet: String
  public let kernel: String
  /// `fp32`, `bf16` or `bf16x3`.
  public let precision: String
  /// Of the scorer.
  public let revision: Int

  public init(
    weights: String, storedType: String, library: String, instructionSet: String, kernel: String, precision: String,
    revision: Int
  ) {
    self.weights = weights
    self.storedType = storedType
    self.library = library
    self.instructionSet = instructionSet
    self.kernel = kernel
    self.precision = precision
    self.revision = revision
  }
}

extension Scorer: LanguageModel {
  public var maximumPositions: Int { checkpoint.configuration.maximumPositions }

  public var identity: ModelIdentity {
    ModelIdentity(
      weights: checkpoint.weightHash, storedType: checkpoint.storedType, library: fingerprint.library,
      instructionSet: fingerprint.instructionSet, kernel: fingerprint.kernel,
      precision: fingerprint.precision.rawValue, revision: fingerprint.revision)
  }
}
