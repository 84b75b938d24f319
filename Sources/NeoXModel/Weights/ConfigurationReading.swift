import ByteIO
import StructuredText

extension Configuration {
  /// Reads `config.json` as `transformers` 4 and 5 write it. Throws ``ModelFailure`` for another architecture, and for
  /// variants of this one that are not computed here.
  static func read(_ path: String) throws -> Configuration {
    do {
      let root = try JSONNode.parse(FileSystem.contents(of: path, limit: 1 << 24), name: path)
      try requireArchitecture(root)
      return try Configuration(root)
    } catch let error as JSONFailure {
      throw ModelFailure(
        .format, path, at: error.offset, error.path.isEmpty ? error.reason : "\(error.path): \(error.reason)")
    }
  }

  private static func requireArchitecture(_ root: JSONNode) throws {
    let type = try root.member("model_type").string()
    guard type == "gpt_neox" else {
      throw ModelFailure(.architecture, root.name, "model_type is '\(type)'; only 'gpt_neox' is computed")
    }
    let names = try root.optionalMember("architectures").map {
      try $0.isNull ? [] : $0.elements().map { try $0.string() }
    }
    if let names, !names.isEmpty, !names.contains("GPTNeoXForCausalLM") {
      throw ModelFailure(
        .architecture, root.name, "architectures are \(names); only 'GPTNeoXForCausalLM' gives log-likelihoods")
    }
    try require(root, "hidden_act", is: "gelu")
    if let bias = try root.optionalMember("attention_bias"), try !bias.bool() {
      throw ModelFailure(.architecture, root.name, "attention_bias is false; attention without it is not computed")
    }
    if let scaling = try root.optionalMember("rope_scaling"), !scaling.isNull {
      throw ModelFailure(.architecture, root.name, "rope_scaling is not computed; only plain rotary positions are")
    }
    if let rotary = try root.optionalMember("rope_parameters") { try require(rotary, "rope_type", is: "default") }
  }

  private static func require(_ node: JSONNode, _ key: String, is expected: String) throws {
    guard let value = try node.optionalMember(key)?.string(), value != expected else { return }
    throw ModelFailure(.architecture, node.name, "\(key) is '\(value)'; only '\(expected)' is computed")
  }

  private init(_ root: JSONNode) throws {
    func size(_ key: String) throws -> Int { try root.member(key).int(in: 1...1 << 24) }
    vocabularySize = try size("vocab_size")
    hiddenSize = try size("hidden_size")
    layerCount = try root.member("num_hidden_layers").int(in: 1...4096)
    headCount = try size("num_attention_heads")
    intermediateSize = try size("intermediate_size")
    maximumPositions = try size("max_position_embeddings")
    guard hiddenSize % headCount == 0 else {
      throw ModelFailure(
        .architecture, root.name, "hidden_size \(hiddenSize) is no multiple of num_attention_heads \(headCount)")
    }
    rotaryDimensions = try Self.rotaryDimensions(root, headSize: hiddenSize / headCount)
    rotaryBase = try Self.number(root, "rotary_emb_base", or: "rope_theta") ?? 10000
    layerNormEpsilon = Float(try root.optionalMember("layer_norm_eps")?.double() ?? 1e-5)
    usesParallelResidual = try root.optionalMember("use_parallel_residual")?.bool() ?? true
    tiesEmbeddings = try root.optionalMember("tie_word_embeddings")?.bool() ?? false
    guard rotaryBase > 0, rotaryBase.isFinite, layerNormEpsilon >= 0, layerNormEpsilon.isFinite else {
      throw ModelFailure(.architecture, root.name, "the rotary base and layer_norm_eps must be positive numbers")
    }
  }

  /// transformers 5 keeps what belongs to rotary positions in an object of its own.
  private static func number(_ root: JSONNode, _ key: String, or newKey: String) throws -> Double? {
    let new = try root.optionalMember("rope_parameters")?.optionalMember(newKey)
    return try (new ?? root.optionalMember(key))?.double()
  }

  private static func rotaryDimensions(_ root: JSONNode, headSize: Int) throws -> Int {
    let share = try number(root, "rotary_pct", or: "partial_rotary_factor") ?? 0.25
    let dimensions = Double(headSize) * share
    guard share >= 0, share <= 1, Int(dimensions) % 2 == 0 else {
      throw ModelFailure(
        .architecture, root.name, "a rotary share of \(share) of \(headSize) dimensions is no even number of them")
    }
    return Int(dimensions)
  }
}
