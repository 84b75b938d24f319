import Foundation
import TestSupport

/// A GPT-NeoX of random weights, to be written as a folder, whole or spoilt.
struct RandomModel {
  struct Tensor {
    var shape: [Int]
    var values: [Float]
  }

  var vocabulary = 37
  var hidden = 24
  var layers = 2
  var heads = 3
  var inner = 40
  var rotaryShare = 0.5
  var isParallel = true
  var isTied = false
  var positions = 32
  var tensors: [String: Tensor] = [:]

  init(seed: UInt64, _ shape: (inout RandomModel) -> Void = { _ in }) {
    shape(&self)
    var random = SeededGenerator(seed: seed)
    func add(_ name: String, _ shape: [Int], around centre: Float = 0, _ spread: Float) {
      let values = (0..<shape.reduce(1, *)).map { _ in
        // Numbers that every stored type holds exactly.
        (centre + Float.random(in: -spread...spread, using: &random)).asBFloat16
      }
      tensors[name] = Tensor(shape: shape, values: values)
    }
    add("gpt_neox.embed_in.weight", [vocabulary, hidden], 1)
    for layer in 0..<layers {
      let prefix = "gpt_neox.layers.\(layer)."
      for norm in ["input_layernorm", "post_attention_layernorm"] {
        add(prefix + norm + ".weight", [hidden], around: 1, 0.3)
        add(prefix + norm + ".bias", [hidden], 0.2)
      }
      for (name, rows, columns) in [
        ("attention.query_key_value", 3 * hidden, hidden), ("attention.dense", hidden, hidden),
        ("mlp.dense_h_to_4h", inner, hidden), ("mlp.dense_4h_to_h", hidden, inner),
      ] {
        add(prefix + name + ".weight", [rows, columns], 0.5)
        add(prefix + name + ".bias", [rows], 0.3)
      }
    }
    add("gpt_neox.final_layer_norm.weight", [hidden], around: 1, 0.3)
    add("gpt_neox.final_layer_norm.bias", [hidden], 0.2)
    if !isTied { add("embed_out.weight", [vocabulary, hidden], 0.7) }
  }

  /// As transformers 4 writes it.
  var configuration: [String: Any] {
    [
      "architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "hidden_act": "gelu", "hidden_size": hidden,
      "intermediate_size": inner, "layer_norm_eps": 1e-5, "max_position_embeddings": positions,
      "num_attention_heads": heads, "num_hidden_layers": layers, "rotary_emb_base": 10000, "rotary_pct": rotaryShare,
      "tie_word_embeddings": isTied, "use_parallel_residual": isParallel, "vocab_size": vocabulary,
    ]
  }

  /// Writes `config.json` and the weights, in one file or in shards with an index.
  @discardableResult
  func write(_ folder: TemporaryFolder, as type: String = "F32", shards: Int = 1) throws -> String {
    try write(configuration, to: folder.file("config.json"))
    let names = tensors.keys.sorted()
    if shards == 1 {
      try safetensors(names, type).write(to: URL(filePath: folder.file("model.safetensors")))
      return folder.path
    }
    var places: [String: String] = [:]
    for shard in 0..<shards {
      let file = "model-0000\(shard + 1)-of-0000\(shards).safetensors"
      let own = names.indices.filter { $0 % shards == shard }.map { names[$0] }
      for name in own { places[name] = file }
      try safetensors(own.reversed(), type).write(to: URL(filePath: folder.file(file)))
    }
    try write(["metadata": [:], "weight_map": places], to: folder.file("model.safetensors.index.json"))
    return folder.path
  }

  private func write(_ json: [String: Any], to path: String) throws {
    try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys]).write(to: URL(filePath: path))
  }

  func safetensors(_ names: [String], _ type: String) throws -> Data {
    var header: [String: Any] = ["__metadata__": ["format": "pt"]]
    var body = Data()
    for name in names {
      guard let tensor = tensors[name] else { continue }
      let start = body.count
      for value in tensor.values { body.append(value.stored(as: type)) }
      header[name] = ["dtype": type, "shape": tensor.shape, "data_offsets": [start, body.count]] as [String: Any]
    }
    return Safetensors.file(
      header: try JSONSerialization.data(withJSONObject: header, options: [.sortedKeys]), body: body)
  }
}

enum Safetensors {
  static func file(header: Data, body: Data, length: UInt64? = nil) -> Data {
    withUnsafeBytes(of: (length ?? UInt64(header.count)).littleEndian) { Data($0) } + header + body
  }
}

extension Float {
  var asBFloat16: Float { Float(bitPattern: bitPattern & 0xFFFF_0000) }

  fileprivate func stored(as type: String) -> Data {
    switch type {
    case "BF16": withUnsafeBytes(of: UInt16(truncatingIfNeeded: bitPattern >> 16).littleEndian) { Data($0) }
    case "F16": withUnsafeBytes(of: Float16(self).bitPattern.littleEndian) { Data($0) }
    default: withUnsafeBytes(of: bitPattern.littleEndian) { Data($0) }
    }
  }
}
