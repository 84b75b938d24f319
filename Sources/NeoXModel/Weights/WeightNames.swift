/// One layer's tensors, by what they are called after `gpt_neox.layers.N.`.
enum LayerTensor: String, CaseIterable, Sendable {
  case inputNormWeight = "input_layernorm.weight"
  case inputNormBias = "input_layernorm.bias"
  case postAttentionNormWeight = "post_attention_layernorm.weight"
  case postAttentionNormBias = "post_attention_layernorm.bias"
  case queryKeyValueWeight = "attention.query_key_value.weight"
  case queryKeyValueBias = "attention.query_key_value.bias"
  case attentionOutputWeight = "attention.dense.weight"
  case attentionOutputBias = "attention.dense.bias"
  case expansionWeight = "mlp.dense_h_to_4h.weight"
  case expansionBias = "mlp.dense_h_to_4h.bias"
  case contractionWeight = "mlp.dense_4h_to_h.weight"
  case contractionBias = "mlp.dense_4h_to_h.bias"

  func name(layer: Int) -> String { "gpt_neox.layers.\(layer).\(rawValue)" }

  func shape(in configuration: Configuration) -> [Int] {
    let hidden = configuration.hiddenSize
    let inner = configuration.intermediateSize
    return switch self {
    case .queryKeyValueWeight: [3 * hidden, hidden]
    case .queryKeyValueBias: [3 * hidden]
    case .attentionOutputWeight: [hidden, hidden]
    case .expansionWeight: [inner, hidden]
    case .expansionBias: [inner]
    case .contractionWeight: [hidden, inner]
    default: [hidden]
    }
  }
}

/// The tensors outside the layers.
enum ModelTensor: String, CaseIterable, Sendable {
  case embedding = "gpt_neox.embed_in.weight"
  case finalNormWeight = "gpt_neox.final_layer_norm.weight"
  case finalNormBias = "gpt_neox.final_layer_norm.bias"
  case head = "embed_out.weight"

  /// transformers 5 writes the head under another name.
  static let otherHeadName = "lm_head.weight"

  func shape(in configuration: Configuration) -> [Int] {
    switch self {
    case .embedding, .head: [configuration.vocabularySize, configuration.hiddenSize]
    case .finalNormWeight, .finalNormBias: [configuration.hiddenSize]
    }
  }
}

/// Buffers that older versions saved beside the weights and that nothing needs.
func isIgnoredBuffer(_ name: String) -> Bool {
  [".attention.bias", ".attention.masked_bias", "rotary_emb.inv_freq"].contains { name.hasSuffix($0) }
}
