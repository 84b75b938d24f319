import StructuredText

/// Reads a pack's YAML into a ``PackDefinition``. Knows keys and types; names are resolved by the compiler.
enum PackParser {
  /// The keys of a pack, in the order the documentation has them.
  static let keys = [
    "schema", "pack", "version", "status", "language", "description", "citations", "extends", "case", "boundaries",
    "apostrophes", "paired_forms", "classes", "choices", "lexicon", "guards", "exceptions", "tests",
  ]

  static func parse(_ root: YAMLNode) throws -> PackDefinition {
    let fields = try root.fields("a rule pack", allowed: keys, required: ["schema", "pack", "version"])
    let schema = try fields.required("schema")
    guard try schema.integer("the rule language's version, 1") == 1 else {
      throw schema.mismatch("1, the rule language that this version reads")
    }
    var definition = PackDefinition(header: try header(fields))
    definition.extends = try fields["extends"]?.list("a list of packs").map(reference) ?? []
    definition.classes = try fields["classes"]?.entries("word classes by name").map(wordClass) ?? []
    definition.choices = try fields["choices"]?.entries("lists of branches by name").map(LexiconParser.choice) ?? []
    definition.lexicon = try fields["lexicon"]?.list("a list of lexicon entries").map(LexiconParser.entry) ?? []
    definition.guards = try fields["guards"].map(guards) ?? []
    definition.exceptions = try fields["exceptions"]?.list("a list of exceptions").flatMap(exceptions) ?? []
    definition.tests = try fields["tests"]?.list("a list of tests").map(test) ?? []
    return definition
  }

  private static func header(_ fields: YAMLFields) throws -> Header {
    try refuseReplicas(fields)
    let status = try fields["status"]?.oneOf(RulePack.Status.allCases.map(\.rawValue), "status") ?? "experimental"
    let casePolicy = try fields["case"]?.oneOf(CasePolicy.allCases.map(\.rawValue), "case policy") ?? "preserve"
    return Header(
      name: try name(fields.required("pack")), version: try version(fields.required("version")),
      status: RulePack.Status(rawValue: status) ?? .experimental,
      language: try fields["language"]?.string("a language code") ?? "und",
      description: try fields["description"]?.string("a description") ?? "",
      citations: try fields["citations"]?.strings("a list of citation keys") ?? [],
      casePolicy: CasePolicy(rawValue: casePolicy) ?? .preserve,
      apostrophes: try fields["apostrophes"].map(apostrophes) ?? ["'", "’"], place: fields.place)
  }

  /// Parts of the language that are for the replicas and for true swaps.
  private static func refuseReplicas(_ fields: YAMLFields) throws {
    if let node = fields["boundaries"] {
      let value = try node.oneOf(["uax29", "ascii-space", "token-id"], "boundaries")
      guard value == "uax29" else { throw RulesFailure.unsupported(node.place, "boundaries: \(value)") }
    }
    if let node = fields["paired_forms"] {
      let value = try node.oneOf(["keep", "swap"], "paired_forms")
      guard value == "keep" else { throw RulesFailure.unsupported(node.place, "paired_forms: \(value)") }
    }
  }

  /// `pronouns-m2f` or `base/guards`: also the pack's path, so letters, digits, `-`, `_` and `/` only.
  private static func name(_ node: YAMLNode) throws -> String {
    let text = try node.string("a pack name")
    guard isPath(text) else { throw node.mismatch("a pack name of letters, digits, '-', '_' and '/'") }
    return text
  }

  private static func version(_ node: YAMLNode) throws -> String {
    let text = try node.string("a version such as 1.0.0")
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ isNumber($0) }) else { throw node.mismatch("a version such as 1.0.0") }
    return text
  }

  private static func apostrophes(_ node: YAMLNode) throws -> [String] {
    let marks = try node.strings("a list of apostrophes")
    guard marks.allSatisfy({ ["'", "’"].contains($0) }) else { throw node.mismatch("a list of ' and ’") }
    return marks
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
      throw YAMLFailure(entry.keyPlace, "found '\(entry.key)', expected a class name of letters, digits, '-' and '_'")
    }
    if case .mapping = entry.value.content {
      let fields = try entry.value.fields("a word class", allowed: ["file"], required: ["file"])
      let file = try located(fields.required("file"), "a file of words")
      return ClassDefinition(name: entry.key, place: entry.keyPlace, words: .file(file))
    }
    let words = try entry.value.list("a list of words, or {file: …}").map { try located($0, "a word") }
    return ClassDefinition(name: entry.key, place: entry.keyPlace, words: .inline(words))
  }

  private static func guards(_ node: YAMLNode) throws -> [GuardDefinition] {
    let fields = try node.fields("guards", allowed: ["spans", "regex"])
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
    let fields = try node.fields("an exception", allowed: ["text", "reason", "case"], required: ["text", "reason"])
    let reason = try fields.required("reason").string("a reason")
    let letterCase = try fields["case"]?.oneOf(["any", "exact"], "case of an exception") ?? "any"
    let texts = try fields.required("text")
    let nodes = if case .list(let items) = texts.content { items } else { [texts] }
    return try nodes.map {
      ExceptionDefinition(text: try located($0, "a text"), reason: reason, isExact: letterCase == "exact")
    }
  }

  private static func test(_ node: YAMLNode) throws -> TestDefinition {
    let fields = try node.fields("a test", allowed: ["in", "out", "same", "by", "todo"], required: ["in"])
    let input = try fields.required("in").string("a text")
    let result = try fields.exactlyOne(of: ["out", "same"])
    var expected = input
    if result.key == "out" { expected = try result.value.string("a text") }
    if result.key == "same", try !result.value.boolean("same") { throw result.value.mismatch("true, or the key 'out'") }
    return TestDefinition(
      input: input, expected: expected, by: try fields["by"]?.string("a branch, an entry or a reason"),
      isTodo: try fields["todo"]?.boolean("todo") ?? false, place: node.place)
  }

  static func located(_ node: YAMLNode, _ what: String) throws -> Located {
    Located(text: try node.string(what), place: node.place)
  }

  /// A relative path that stays where it is: names of letters, digits, `-`, `_` and inner dots, joined by `/`.
  static func isPath(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      guard let first = part.first, first != UInt8(ascii: ".") else { return false }
      return part.allSatisfy { $0.isASCIIWordByte || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
  }

  private static func isNumber(_ text: Substring) -> Bool {
    (1...9).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIIDigit)
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
