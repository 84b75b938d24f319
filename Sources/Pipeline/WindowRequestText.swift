import StructuredText

extension WindowRequest {
  /// As a plan keeps it: the keys and values are those of the manifest.
  public var json: JSONValue {
    [
      "pipeline": pipeline.json, "rules": .array(rules.map(\.json)), "pairs": .array(pairs.map(\.json)),
      "tokenizer": tokenizer.json, "unicode": unicode.json, "base": base.json, "run": run.json, "window": window.json,
      "selection": .array(selection.map(\.json)), "length": .string(length.rawValue),
    ]
  }

  public init(_ node: JSONNode) throws(JSONFailure) {
    try node.requireKeys([
      "pipeline", "rules", "pairs", "tokenizer", "unicode", "base", "run", "window", "selection", "length",
    ])
    pipeline = try Manifest.PipelineText(node.member("pipeline"))
    rules = try node.member("rules").list(Manifest.RulePackRecord.init)
    pairs = try node.member("pairs").list(Manifest.HashedFile.init)
    tokenizer = try Manifest.TokenizerRecord(node.member("tokenizer"))
    unicode = try Manifest.UnicodeRecord(node.member("unicode"))
    base = try Manifest.Base(node.member("base"))
    run = try Manifest.Run(node.member("run"))
    window = try Manifest.WindowRecord(node.member("window"))
    selection = try node.member("selection").list(Manifest.Selection.init)
    length = try node.member("length").choice()
  }
}
