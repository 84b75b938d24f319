/// The shape of a GPT-NeoX model, as `config.json` gives it.
public struct Configuration: Equatable, Sendable {
  /// Rows of the embedding and of the output head, padding rows included: the softmax runs over all of them.
  public let vocabularySize: Int
  public let hiddenSize: Int
  public let layerCount: Int
  public let headCount: Int
  /// Width of the MLP's inner layer.
  public let intermediateSize: Int
  /// How many of a head's first dimensions are rotated.
  public let rotaryDimensions: Int
  public let rotaryBase: Double
  public let layerNormEpsilon: Float
  /// True: x + attention(LN1(x)) + mlp(LN2(x)). False: one after the other.
  public let usesParallelResidual: Bool
  /// True: the output head is the embedding.
  public let tiesEmbeddings: Bool
  /// The longest sequence that the model was made for.
  public let maximumPositions: Int

  public var headSize: Int { hiddenSize / headCount }
}
