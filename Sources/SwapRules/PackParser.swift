import StructuredText

/// Reads a pack's YAML into a ``PackDefinition``. Knows keys and types; names are resolved by the compiler.
enum PackParser {
  /// The keys of a pack, in the order the documentation has them.
  static let keys = [
    "schema", "pack", "version", "status", "language", "description", "citations", "direction", "extends", "case",
    "boundaries", "tokenizer", "apostrophes", "paired_forms", "classes", "choices", "lexicon", "guards", "exceptions",
    "tests",
  ]

  static let classKeys = ["file"]
  static let guardKeys = ["spans", "regex"]
  static let exceptionKeys = ["text", "reason", "case"]
  static let testKeys = ["in", "out", "same", "by", "todo"]

  static func parse(_ root: YAMLNode) throws -> PackDefinition {
    let fields = try root.fields("a rule pack", allowed: keys, required: ["schema", "pack", "version"])
    let schema = try fields.required("schema")
    guard try schema.integer("the rule language's version, 1") == 1 else {
      throw schema.mismatch("1, the rule language that this version reads")
    }
    var definition = PackDefinition(header: try HeaderParser.header(fields))
    let boundaries = definition.header.boundaries
    definition.extends = try fields["extends"]?.list("a list of packs").map(reference) ?? []
    definition.classes = try fields["classes"]?.entries("word classes by name").map(wordClass) ?? []
    definition.choices = try fields["choices"]?.entries("choices by name").map(LexiconParser.choice) ?? []
    definition.lexicon =
      try fields["lexicon"]?.list("a list of lexicon entries").map { try LexiconParser.entry($0, boundaries) } ?? []
    definition.guards = try fields["guards"].map(guards) ?? []
    definition.exceptions = try fields["exceptions"]?.list("a list of exceptions").flatMap(exceptions) ?? []
    definition.tests = try fields["tests"]?.list("a list of tests").map { try test($0, boundaries) } ?? []
    try ReplicaCheck.check(definition, fields)
    return definition
  }

  private static func reference(_ node: YAMLNode) throws -> Reference {
    let text = try node.string("a pack such as base/guards@1")
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let numbers = parts.last?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2, isPath(String(parts[0])), (1...3).contains(numbers.count),
      numbers.allSatisfy({ isNumber($0) })
    else { throw node.mismatch("a pack with the front of its version, such as base/guards@1") }
    return Reference(name: String(parts[0]), version: String(parts[1]), place: node.place)
  }

  private static func wordClass(_ entry: YAMLNode.Entry) throws -> ClassDefinition {
    guard isPath(entry.key), !entry.key.contains("/") else {
      throw YAMLFailure(
        entry.keyPlace, "found '\(entry.key)', expected a class name of letters, digits, '-', '_' and inner dots")
    }
    if case .mapping = entry.value.content {
      let fields = try entry.value.fields("a word class", allowed: classKeys, required: ["file"])
      let file = try located(fields.required("file"), "a file of words")
      return ClassDefinition(name: entry.key, place: entry.keyPlace, words: .file(file))
    }
    let words = try entry.value.list("a list of words, or {file: …}").map { try located($0, "a word") }
    return ClassDefinition(name: entry.key, place: entry.keyPlace, words: .inline(words))
  }

  private static func guards(_ node: YAMLNode) throws -> [GuardDefinition] {
    let fields = try node.fields("guards", allowed: guardKeys)
    let spans = try fields["spans"]?.list("a list of guards").map { node in
      let name = try node.oneOf(SpanGuard.allCases.map(\.rawValue), "guard")
      return GuardDefinition(kind: .span(SpanGuard(rawValue: name) ?? .url), place: node.place)
    }
    let patterns = try fields["regex"]?.list("a list of ICU regular expressions").map { node in
      GuardDefinition(kind: .regex(try node.string("an ICU regular expression")), place: node.place)
    }
    return (spans ?? []) + (patterns ?? [])
  }

  private static func exceptions(_ node: YAMLNode) throws -> [ExceptionDefinition] {
    let fields = try node.fields("an exception", allowed: exceptionKeys, required: ["text", "reason"])
    let reason = try fields.required("reason").string("a reason")
    let letterCase = try fields["case"]?.oneOf(["any", "exact"], "case of an exception") ?? "any"
    return try fields.required("text").oneOrMore("a text").map {
      ExceptionDefinition(text: try located($0, "a text"), reason: reason, isExact: letterCase == "exact")
    }
  }

  private static func test(_ node: YAMLNode, _ boundaries: RulePack.Boundaries) throws -> TestDefinition {
    let fields = try node.fields("a test", allowed: testKeys, required: ["in"])
    let input = try text(fields.required("in"), boundaries)
    let result = try fields.exactlyOne(of: ["out", "same"])
    var expected = input
    if result.key == "out" { expected = try text(result.value, boundaries) }
    if result.key == "same", try !result.value.boolean("same") { throw result.value.mismatch("true, or the key 'out'") }
    return TestDefinition(
      input: input, expected: expected, by: try fields["by"].map { try located($0, "a branch, an entry or a reason") },
      isTodo: try fields["todo"]?.boolean("todo") ?? false, place: node.place)
  }

  /// What a test gives to the pack: a text, or for a `token-id` pack a list of ids, which become a text with spaces.
  private static func text(_ node: YAMLNode, _ boundaries: RulePack.Boundaries) throws -> String {
    guard boundaries == .tokenID else { return try node.string("a text") }
    let ids = try node.list("a list of token ids").map { try LexiconParser.tokenID($0) }
    return ids.map(String.init).joined(separator: " ")
  }

  static func located(_ node: YAMLNode, _ what: String) throws -> Located {
    Located(text: try node.string(what), place: node.place)
  }

  /// A relative path that stays where it is: names of letters, digits, `-`, `_` and inner dots, joined by `/`.
  static func isPath(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      guard let first = part.first, first != UInt8(ascii: "."), part.last != UInt8(ascii: ".") else { return false }
      return part.allSatisfy { $0.isASCIIWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
  }

  /// As Semantic Versioning has them: no zero before other digits, so that a version is written in one way.
  static func isNumber(_ text: Substring) -> Bool {
    (1...9).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIIDigit) && (text == "0" || text.first != "0")
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  /// Letters, digits and the underscore.
  var isASCIIWordByte: Bool { isASCIILetter || isASCIIDigit || self == 0x5F }
  var isASCIISpace: Bool { self == 0x20 || self &- 9 < 5 }
  var foldedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
