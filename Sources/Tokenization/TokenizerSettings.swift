import StructuredText

/// The switches of a `tokenizer.json`: all must stand where byte-level BPE of the GPT-2 kind has them.
enum TokenizerSettings {
  static func check(_ root: JSONNode) throws {
    let keys = ["normalizer", "pre_tokenizer", "post_processor", "decoder", "model", "added_tokens"]
    try requireKeys(root, Set(keys + ["version", "truncation", "padding"]))
    try requireNull(root, ["truncation", "padding"])
    try checkPreTokenizer(root.optionalMember("pre_tokenizer"), root)
    try checkPostProcessor(root.optionalMember("post_processor"))
    try checkDecoder(root.optionalMember("decoder"), root)
    try checkModel(root.member("model"))
  }

  /// True for NFC, false for none; any other normalizer is refused.
  static func normalizes(_ root: JSONNode) throws -> Bool {
    guard let node = try root.optionalMember("normalizer"), !node.isNull else { return false }
    try requireType(node, ["NFC"])
    try requireKeys(node, ["type"])
    return true
  }

  private static func checkPreTokenizer(_ node: JSONNode?, _ root: JSONNode) throws {
    guard let node, !node.isNull else {
      throw TokenizerFailure(
        .unsupported, name: root.name, key: "pre_tokenizer", reason: "none given; only ByteLevel is supported")
    }
    try requireType(node, ["ByteLevel"])
    try requireKeys(node, ["type", "add_prefix_space", "trim_offsets", "use_regex"])
    // What is left out is true in the reference.
    try requireBool(node, "add_prefix_space", false, missing: true)
    try requireBool(node, "use_regex", true, missing: true)
  }

  /// Post-processors move offsets and add special tokens on request; we give neither, so that ids do not depend on them.
  private static func checkPostProcessor(_ node: JSONNode?) throws {
    guard let node, !node.isNull else { return }
    try requireType(node, ["ByteLevel", "TemplateProcessing"])
  }

  private static func checkDecoder(_ node: JSONNode?, _ root: JSONNode) throws {
    guard let node, !node.isNull else {
      throw TokenizerFailure(
        .unsupported, name: root.name, key: "decoder", reason: "none given; only ByteLevel is supported")
    }
    try requireType(node, ["ByteLevel"])
    try requireKeys(node, ["type", "add_prefix_space", "trim_offsets", "use_regex"])
  }

  private static func checkModel(_ model: JSONNode) throws {
    // Old files of GPT-2 have no type: the reference takes what has a vocabulary and merges for BPE.
    if try model.optionalMember("type") != nil { try requireType(model, ["BPE"]) }
    try requireKeys(
      model,
      [
        "type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix", "fuse_unk", "byte_fallback",
        "ignore_merges", "vocab", "merges",
      ])
    try requireNull(model, ["dropout", "unk_token"])
    for key in ["continuing_subword_prefix", "end_of_word_suffix"] {
      guard let node = try model.optionalMember(key), !node.isNull, node.value != "" else { continue }
      throw node.unsupported("tokens inside words are spelt plainly in byte-level BPE; only null or \"\" is supported")
    }
    for key in ["fuse_unk", "byte_fallback", "ignore_merges"] { try requireBool(model, key, false, missing: false) }
  }

  private static func requireType(_ node: JSONNode, _ types: [String]) throws {
    let type = try node.member("type").string()
    if types.contains(type) { return }
    throw try node.member("type").unsupported("'\(type)' is not supported, only \(types.joined(separator: " and "))")
  }

  private static func requireKeys(_ node: JSONNode, _ known: Set<String>) throws {
    for (key, member) in try node.members() where !known.contains(key) {
      throw member.unsupported("this key's effect is not known here")
    }
  }

  private static func requireNull(_ node: JSONNode, _ keys: [String]) throws {
    for key in keys {
      if let member = try node.optionalMember(key), !member.isNull {
        throw member.unsupported("only null is supported")
      }
    }
  }

  private static func requireBool(_ node: JSONNode, _ key: String, _ value: Bool, missing: Bool) throws {
    guard let member = try node.optionalMember(key) else {
      if missing == value { return }
      throw node.unsupported("'\(key)' is missing, which means \(missing); only \(value) is supported")
    }
    if try member.bool() != value { throw member.unsupported("only \(value) is supported") }
  }
}
