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
    head = try Linear(checkpoint[.head], precision: precision, options: .head, threads: threads)
  }
}

extension PackedModel.Layer {
  fileprivate init(_ checkpoint: Checkpoint, _ layer: Int, precision: Precision) throws {
    func linear(_ weight: LayerTensor, _ bias: LayerTensor) throws -> Linear {
      try Linear(
        checkpoint[weight, layer: layer], bias: checkpoint[bias, layer: layer], precision: precision,
        options: Linear.Options(weight, precision), threads: 1)
    }
    func norm(_ weight: LayerTensor, _ bias: LayerTensor) -> LayerNorm {
      LayerNorm(checkpoint[weight, layer: layer], checkpoint[bias, layer: layer], checkpoint.configuration)
    }
    inputNorm = norm(.inputNormWeight, .inputNormBias)
    postAttentionNorm = norm(.postAttentionNormWeight, .postAttentionNormBias)
    queryKeyValue = try linear(.queryKeyValueWeight, .queryKeyValueBias)
    attentionOutput = try linear(.attentionOutputWeight, .attentionOutputBias)
    expansion = try linear(.expansionWeight, .expansionBias)
    contraction = try linear(.contractionWeight, .contractionBias)
  }
}

extension PackedModel {
  /// The kernels of all products, each once: what packing the weights of such a model would choose.
  static func kernels(_ configuration: Configuration, _ precision: Precision) throws -> String {
    let weights: [LayerTensor] = [.queryKeyValueWeight, .attentionOutputWeight, .expansionWeight, .contractionWeight]
    var kernels = try weights.map { weight in
      let shape = weight.shape(in: configuration)
      let plan = Linear.Plan(
        inputs: shape[1], precision: precision, options: Linear.Options(weight, precision), hasBias: true)
      return try Linear.kernel(plan, outputs: shape[0])
    }
    let head = Linear.Plan(
      inputs: configuration.hiddenSize, precision: precision, options: .head, hasBias: false)
    kernels.append(try Linear.kernel(head, outputs: configuration.vocabularySize))
    return Set(kernels).sorted().joined(separator: "+")
  }
}

extension Linear.Options {
  fileprivate static let head = Linear.Options(isTiled: true)

  /// What a layer's weights are multiplied for.
  fileprivate init(_ weight: LayerTensor, _ precision: Precision) {
    switch weight {
    case .attentionOutputWeight, .contractionWeight: self.init(accumulates: true)
    case .expansionWeight: self.init(hasGELU: true, givesBFloat16: precision == .bfloat16)
    default: self.init()
    }
  }
}

extension LayerNorm {
  fileprivate init(_ weight: StoredTensor, _ bias: StoredTensor, _ configuration: Configuration) {
    self.init(weight: weight.floats(), bias: bias.floats(), epsilon: configuration.layerNormEpsilon)
  }
}
