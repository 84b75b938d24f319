import ByteIO
import StructuredText

/// A pipeline as text for the manifest: what was run, with `--set` applied, and without the machine's folders.
struct PipelineText {
  let text: String

  /// `rules` are the paths under which the output folder keeps the packs, one for each swap; `pairs` is that of the table
  /// of pairs, if one is used.
  init(_ file: PipelineFile, rules: [String], pairs: String? = nil) throws {
    var rules = rules[...]
    var lines: [String] = []
    for entry in try file.tree.entries("a pipeline file") {
      if case .list(let stages) = entry.value.content {
        lines.append("\(entry.key):")
        for stage in stages { lines.append("  - " + (try Self.stage(stage, &rules, pairs))) }
      } else {
        lines.append("\(entry.key): \(Self.inline(entry.value))")
      }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func stage(_ node: YAMLNode, _ rules: inout ArraySlice<String>, _ pairs: String?) throws -> String {
    let entry = try node.entries("a stage")[0]
    if entry.key == "swap", let path = rules.popFirst() { return "swap: {rules: \(path)}" }
    var value = withoutFolders(entry.value, entry.key)
    if entry.key == "emit", let pairs {
      value = try value.setting("pairs", to: YAMLNode(place: value.place, content: .scalar(pairs, isQuoted: true)))
    }
    return "\(entry.key): \(inline(value))"
  }

  /// The data's and results' folders are the machine's; a tokenizer keeps a relative path.
  private static func withoutFolders(_ node: YAMLNode, _ key: String) -> YAMLNode {
    switch node.content {
    case .mapping(let entries):
      var node = node
      for entry in entries where ["idxmap", "pile", "preshuffled", "base", "to", "tokenizer"].contains(entry.key) {
        node = (try? node.setting(entry.key, to: reduced(entry.value, keepRelative: entry.key == "tokenizer"))) ?? node
      }
      return node
    default: return node
    }
  }

  private static func reduced(_ node: YAMLNode, keepRelative: Bool) -> YAMLNode {
    switch node.content {
    case .list(let items):
      return YAMLNode(place: node.place, content: .list(items.map { reduced($0, keepRelative: keepRelative) }))
    case .scalar(let text, _):
      let stays =
        keepRelative && !text.hasPrefix("/") && !text.utf8.split(separator: UInt8(ascii: "/")).contains("..".utf8)
      return YAMLNode(
        place: node.place, content: .scalar(stays ? text : Self.name(of: text), isQuoted: true))
    case .mapping: return node
    }
  }

  private static func name(of path: String) -> String {
    var path = path
    while path.hasSuffix("/") { path.removeLast() }
    return FileSystem.name(of: path)
  }

  private static func inline(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let text, _): isPlain(text) ? text : YAMLText.quoted(text)
    case .list(let items): "[" + items.map(inline).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \(inline($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || "._/<%-".utf8.contains($0)
      } && !text.hasPrefix("-") && !text.hasPrefix("%") && !text.hasPrefix("<")
  }
}

extension Sequence<Substring.UTF8View> {
  fileprivate func contains(_ part: String.UTF8View) -> Bool { contains { $0.elementsEqual(part) } }
}
