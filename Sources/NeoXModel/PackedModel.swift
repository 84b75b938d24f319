/// A checkpoint with its weights packed for products.
final class PackedModel: Sendable {
  struct Layer: Sendable {
    let inputNorm: LayerNorm
    let postAttentionNorm: LayerNorm
    let queryKeyValue: Linear
    let attentionOutput: Linear
    let expansion: Linear
    let contraction: Linear
  }

  let configuration: Configuration
  let precision: Precision
  let embedding: StoredTensor
  let layers: [Layer]
  let finalNorm: LayerNorm
  let head: Linear

  init(_ checkpoint: Checkpoint, precision: Precision, threads: Int) throws {
    configuration = checkpoint.configuration
    self.precision = precision
    embedding = checkpoint[.embedding]
    layers = try Workers.map(0..<configuration.layerCount, threads: threads) {
      try Layer(checkpoint, $0, precision: precision)
    }
    finalNorm = LayerNorm(checkpoint[.finalNormWeight], checkpoint[.finalNormBias], configuration)
    head = try Linear(
      checkpoint[.head], precision: precision, options: Linear.Options(isTiled: true), threads: threads)
  }
}

extension PackedModel.Layer {
  fileprivate init(_ checkpoint: Checkpoint, _ layer: Int, precision: Precision) throws {
    func linear(_ weight: LayerTensor, _ bias: LayerTensor, _ options: Linear.Options) throws -> Linear {
      try Linear(
        checkpoint[weight, layer: layer], bias: checkpoint[bias, layer: layer], precision: precision, options: options,
        threads: 1)
    }
    func norm(_ weight: LayerTensor, _ bias: LayerTensor) -> LayerNorm {
      LayerNorm(checkpoint[weight, layer: layer], checkpoint[bias, layer: layer], checkpoint.configuration)
    }
    inputNorm = norm(.inputNormWeight, .inputNormBias)
    postAttentionNorm = norm(.postAttentionNormWeight, .postAttentionNormBias)
    queryKeyValue = try linear(.queryKeyValueWeight, .queryKeyValueBias, Linear.Options())
    attentionOutput = try linear(.attentionOutputWeight, .attentionOutputBias, Linear.Options(accumulates: true))
    expansion = try linear(
      .expansionWeight, .expansionBias, Linear.Options(hasGELU: true, givesBFloat16: precision == .bfloat16))
    contraction = try linear(.contractionWeight, .contractionBias, Linear.Options(accumulates: true))
  }
}

extension LayerNorm {
  fileprivate init(_ weight: StoredTensor, _ bias: StoredTensor, _ configuration: Configuration) {
    self.init(weight: weight.floats(), bias: bias.floats(), epsilon: configuration.layerNormEpsilon)
  }
}
