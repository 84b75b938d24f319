import Tokenization

/// What is done to the samples of a window. Immutable, shared by all workers.
public struct InterventionPlan: Sendable {
  public let tokenizer: Tokenizer
  public let stages: [SwapStage]
  public let length: LengthPolicy
  /// What `pad` fills samples with.
  let paddingToken: UInt32?
  let marks: TokenMarks
  /// Tokens of a sample: L+1.
  public let sampleLength: Int
  /// The only stage, if its pack maps token ids.
  let tokenMap: TokenMapStage?

  public init(tokenizer: Tokenizer, stages: [SwapStage], length: LengthPolicy, sampleLength: Int) throws {
    paddingToken = length == .pad ? tokenizer.specialToken("<|padding|>") : nil
    guard length != .pad || paddingToken != nil else { throw InterventionError.noPaddingToken }
    tokenMap = try TokenMapStage(stages, tokenizer)
    marks = TokenMarks(tokenizer, packs: stages.map(\.pack))
    self.tokenizer = tokenizer
    self.stages = stages
    self.length = length
    self.sampleLength = sampleLength
  }
}
