import StructuredText

/// A table of pairs (`.tsv`) as a pack: each word becomes its partner wherever it stands, but for what the guards
/// have: addresses, code, markup, other languages.
///
/// Two words a line with a tab between them; what follows `#` is a comment, and the comment `# version: 1.0.0` is needed.
/// The pack is called as the file. No word stands twice, so that swapping twice gives the text back.
enum PairTable {
  static func isOne(_ path: String) -> Bool { path.hasSuffix(".tsv") }

  /// The table as the YAML of a pack would be, each word with its place in the table.
  static func pack(_ bytes: [UInt8], file: String) throws -> YAMLNode {
    let top = SourcePlace(file: file, line: 1, column: 1)
    var version: YAMLNode?
    var entries: [YAMLNode] = []
    for (line, place) in try TextLines(bytes, file: file).lines {
      if let value = self.version(line) { version = scalar(value, place) }
      let words = line.prefix { $0 != "#" }
      if !words.trimmingSpaces.isEmpty { entries += try pair(words, place) }
    }
    guard let version else { throw RulesFailure.definition(top, "expected a comment such as '# version: 1.0.0'") }
    return try mapping(
      [
        ("schema", scalar("1", top)), ("pack", scalar(name(file), top)), ("version", version),
        ("lexicon", list(entries, top)), ("guards", try guards(top)),
      ], top)
  }

  private static func version(_ line: Substring) -> String? {
    let mark = "# version: "
    return line.hasPrefix(mark) ? String(line.dropFirst(mark.count).trimmingSpaces) : nil
  }

  private static func pair(_ line: Substring, _ place: SourcePlace) throws -> [YAMLNode] {
    let words = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0.trimmingSpaces) }
    guard words.count == 2, !words.contains("") else {
      throw RulesFailure.definition(place, "found '\(line.trimmingSpaces)', expected two words with a tab between them")
    }
    let second = SourcePlace(file: place.file, line: place.line, column: words[0].unicodeScalars.count + 2)
    return [try entry(words[0], place, words[1]), try entry(words[1], second, words[0])]
  }

  private static func entry(_ word: String, _ place: SourcePlace, _ partner: String) throws -> YAMLNode {
    try mapping([("id", scalar(word, place)), ("from", scalar(word, place)), ("to", scalar(partner, place))], place)
  }

  private static func guards(_ place: SourcePlace) throws -> YAMLNode {
    try mapping([("spans", list(SpanGuard.allCases.map { scalar($0.rawValue, place) }, place))], place)
  }

  private static func name(_ file: String) -> String {
    String((file.split(separator: "/").last ?? "").dropLast(".tsv".count))
  }

  // MARK: Nodes

  private static func scalar(_ text: String, _ place: SourcePlace) -> YAMLNode {
    YAMLNode(place: place, content: .scalar(text, isQuoted: true))
  }

  private static func list(_ items: [YAMLNode], _ place: SourcePlace) -> YAMLNode {
    YAMLNode(place: place, content: .list(items))
  }

  private static func mapping(_ entries: [(String, YAMLNode)], _ place: SourcePlace) throws -> YAMLNode {
    try entries.reduce(YAMLNode(place: place, content: .mapping([]))) { try $0.setting($1.0, to: $1.1) }
  }
}
