import ByteIO
import NeoXModel

/// A GPT-NeoX of two dimensions: as a folder, one file of which is the input.
private enum SmallModel {
  static let configuration = [UInt8](
    utf8: """
      {"architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "hidden_act": "gelu", "hidden_size": 2,
       "intermediate_size": 2, "layer_norm_eps": 1e-5, "max_position_embeddings": 4, "num_attention_heads": 1,
       "num_hidden_layers": 1, "rotary_emb_base": 10000, "rotary_pct": 1, "tie_word_embeddings": true,
       "use_parallel_residual": true, "vocab_size": 3}
      """)

  private static let tensors: [(name: String, shape: [Int])] = {
    let layer = "gpt_neox.layers.0."
    let norms = ["input_layernorm", "post_attention_layernorm"].flatMap {
      [(layer + $0 + ".weight", [2]), (layer + $0 + ".bias", [2])]
    }
    let products = [
      ("attention.query_key_value", 6, 2), ("attention.dense", 2, 2), ("mlp.dense_h_to_4h", 2, 2),
      ("mlp.dense_4h_to_h", 2, 2),
    ].flatMap { [(layer + $0.0 + ".weight", [$0.1, $0.2]), (layer + $0.0 + ".bias", [$0.1])] }
    return [("gpt_neox.embed_in.weight", [3, 2])] + norms + products
      + [("gpt_neox.final_layer_norm.weight", [2]), ("gpt_neox.final_layer_norm.bias", [2])]
  }()

  static let weights = safetensors(tensors[...])
  static let halves = [safetensors(tensors[..<6]), safetensors(tensors[6...])]

  static let shardIndex: [UInt8] = {
    let places = tensors.enumerated().map { #""\#($0.element.name)": "\#($0.offset < 6 ? 0 : 1).safetensors""# }
    return [UInt8](utf8: "{\"metadata\": {}, \"weight_map\": {\(places.joined(separator: ", "))}}")
  }()

  private static func safetensors(_ tensors: ArraySlice<(name: String, shape: [Int])>) -> [UInt8] {
    var end = 0
    let entries = tensors.map { tensor in
      let start = end
      end += 2 * tensor.shape.reduce(1, *)
      return #""\#(tensor.name)":{"dtype":"F16","shape":\#(tensor.shape),"data_offsets":[\#(start),\#(end)]}"#
    }
    let header = [UInt8](utf8: "{\(entries.joined(separator: ","))}")
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    // 1.0 throughout.
    return length + header + (0..<end).map { $0 % 2 == 0 ? 0 : 0x3C }
  }

  static func score(_ folder: String) throws {
    let checkpoint = try Checkpoint(folder: folder)
    // What fits together but is large belongs to the machine, not to the reader.
    guard checkpoint.configuration.vocabularySize * checkpoint.configuration.hiddenSize < 1 << 20,
      checkpoint.configuration.layerCount < 4, checkpoint.configuration.maximumPositions < 1 << 16
    else { return }
    let scorer = try Scorer(checkpoint: checkpoint, threads: 1)
    _ = try scorer.logLikelihoods([ScoringRequest([0, 1, 2])])
  }
}

extension FuzzTarget {
  /// Weights, with the configuration that they should have.
  static let safetensors = FuzzTarget("safetensors", seeds: [SmallModel.weights]) { folder in
    try InputOfFile(folder, "config.json").fill(SmallModel.configuration)
    let file = try InputOfFile(folder, "model.safetensors")
    return { bytes in
      try file.fill(bytes)
      try SmallModel.score(folder)
    }
  }

  /// `config.json`, with weights that fit one.
  static let modelConfiguration = FuzzTarget("model-config", seeds: [SmallModel.configuration]) { folder in
    try InputOfFile(folder, "model.safetensors").fill(SmallModel.weights)
    let file = try InputOfFile(folder, "config.json")
    return { bytes in
      try file.fill(bytes)
      try SmallModel.score(folder)
    }
  }

  /// The index of weights in shards.
  static let shardIndex = FuzzTarget("model-index", seeds: [SmallModel.shardIndex]) { folder in
    try InputOfFile(folder, "config.json").fill(SmallModel.configuration)
    for (number, half) in SmallModel.halves.enumerated() { try InputOfFile(folder, "\(number).safetensors").fill(half) }
    let file = try InputOfFile(folder, "model.safetensors.index.json")
    return { bytes in
      try file.fill(bytes)
      _ = try Checkpoint(folder: folder)
    }
  }
}
