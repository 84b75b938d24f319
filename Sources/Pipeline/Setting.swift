import StructuredText

/// A change to a pipeline file from the command line: `stage.key=value`, or `name=value` at the top.
///
/// Where a stage stands more than once, `swap[2].rules=…` names the second. The value is read as YAML.
struct Setting {
  private let text: String
  private let stage: String?
  private let occurrence: Int?
  private let key: String
  private let value: YAMLNode

  init(_ text: String) throws {
    self.text = text
    let place = SourcePlace(file: "--set \(text)", line: 1, column: 1)
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, names.count <= 2, let key = names.last, !key.isEmpty else {
      throw YAMLFailure(place, "expected STAGE.KEY=VALUE, such as select.fraction=0.25")
    }
    guard !Self.isBlank(halves[1]) else {
      throw YAMLFailure(place, "expected a value behind '='; an empty text is written \(text)''")
    }
    self.key = String(key)
    (stage, occurrence) = names.count == 2 ? try Self.stage(String(names[0]), place) : (nil, nil)
    value = try YAMLNode.parse(Array(halves[1].utf8), file: "--set \(text)")
  }

  private static func isBlank(_ text: Substring) -> Bool {
    text.first { !$0.isWhitespace }.map { $0 == "#" } ?? true
  }

  private static func stage(_ text: String, _ place: SourcePlace) throws -> (String, Int?) {
    guard let bracket = text.firstIndex(of: "[") else { return (text, nil) }
    guard text.hasSuffix("]"), let number = Int(text[text.index(after: bracket)...].dropLast()), number >= 1 else {
      throw YAMLFailure(place, "expected a number in the brackets, such as swap[2].rules=…")
    }
    return (String(text[..<bracket]), number)
  }

  func applied(to tree: YAMLNode) throws -> YAMLNode {
    guard let stage else { return try tree.setting(key, to: value) }
    let stages = try tree.fields("a pipeline file", allowed: ["pipeline", "name", "description", "stages"]).required(
      "stages")
    var list = try stages.list("a list of stages")
    let matches = try list.indices.filter { try list[$0].entries("a stage").first?.key == stage }
    guard let index = matches.dropFirst((occurrence ?? 1) - 1).first, occurrence != nil || matches.count == 1 else {
      let found =
        matches.count > 1 ? "\(matches.count) such stages; say which, as in \(stage)[2].\(key)" : "no such stage"
      throw YAMLFailure(value.place, "'\(stage)': the pipeline has \(found)")
    }
    let entry = try list[index].entries("a stage")[0]
    list[index] = try list[index].setting(stage, to: entry.value.setting(key, to: value))
    return try tree.setting("stages", to: YAMLNode(place: stages.place, content: .list(list)))
  }
}
