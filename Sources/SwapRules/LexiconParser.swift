import StructuredText

/// Reads lexicon entries, their branches and conditions.
enum LexiconParser {
  static let entryKeys = ["id", "from", "to", "keep", "choose", "words", "clitics", "pairs", "features"]
  static let tokenKeys = ["id", "from", "from-id", "to", "to-id", "features"]
  static let branchKeys = ["id", "when", "table", "threshold", "to", "keep", "uncertain"]

  static func entry(_ node: YAMLNode, _ boundaries: RulePack.Boundaries) throws -> EntryDefinition {
    if boundaries == .tokenID { return try tokenEntry(node) }
    let fields = try node.fields("a lexicon entry", allowed: entryKeys, required: ["id", "from"])
    let id = try fields.required("id").string("an id")
    let outcome = try fields.exactlyOne(of: ["to", "keep", "choose"])
    return EntryDefinition(
      id: id, place: node.place, forms: try words(fields.required("from"), "a form"),
      clitics: try fields["clitics"].map { try words($0, "a clitic such as 's") } ?? [],
      pairs: try fields["pairs"].map { try words($0, "a counterpart") } ?? [],
      features: try fields["features"].map(features) ?? [],
      branches: try branches(outcome, entry: id), choice: try namedChoice(outcome, fields["words"]))
  }

  /// `{id: he, from: " He", from-id: 754, to: " She", to-id: 1500}`: the texts say what the ids stand for.
  private static func tokenEntry(_ node: YAMLNode) throws -> EntryDefinition {
    let fields = try node.fields(
      "an entry of token ids", allowed: tokenKeys, required: ["id", "from", "from-id", "to", "to-id"])
    let id = try fields.required("id").string("an id")
    let to = BranchDefinition.Outcome.to(try PackParser.located(fields.required("to"), "a token's text"))
    return EntryDefinition(
      id: id, place: node.place, forms: [try PackParser.located(fields.required("from"), "a token's text")],
      clitics: [], pairs: [], features: try fields["features"].map(features) ?? [],
      branches: [BranchDefinition(id: id, place: node.place, condition: nil, outcome: to, isUncertain: false)],
      tokens: TokenPair(
        from: try tokenID(fields.required("from-id")), to: try tokenID(fields.required("to-id"))))
  }

  static func tokenID(_ node: YAMLNode) throws -> UInt32 {
    UInt32(try node.integer("a token id", in: 0...Int(Int32.max)))
  }

  /// Named branches that packs share.
  static func choice(_ entry: YAMLNode.Entry) throws -> ChoiceDefinition {
    guard PackParser.isPath(entry.key), !entry.key.contains("/") else {
      throw YAMLFailure(
        entry.keyPlace, "found '\(entry.key)', expected a choice's name of letters, digits, '-', '_' and inner dots")
    }
    return ChoiceDefinition(name: entry.key, place: entry.keyPlace, branches: try branches(entry.value))
  }

  /// `choose` with a name in place of a list.
  private static func namedChoice(_ outcome: YAMLNode.Entry, _ words: YAMLNode?) throws -> NamedChoice? {
    guard outcome.key == "choose", case .scalar = outcome.value.content else {
      guard let words else { return nil }
      throw YAMLFailure(words.place, "'words' belongs to a 'choose' that names one of the pack's choices")
    }
    guard let words else {
      throw YAMLFailure(outcome.keyPlace, "a named choice needs the key 'words', such as words: {object: him}")
    }
    let pairs = try words.entries("words by sense").map { entry in
      (Located(text: entry.key, place: entry.keyPlace), try PackParser.located(entry.value, "a replacement"))
    }
    return NamedChoice(name: try PackParser.located(outcome.value, "a choice's name"), words: pairs)
  }

  /// `true` and `false` are booleans, digits a number, all else a text.
  private static func features(_ node: YAMLNode) throws -> [RulePack.Feature] {
    try node.entries("features such as {neutral-reading: true}").map { entry in
      guard PackParser.isPath(entry.key), !entry.key.contains("/") else {
        throw YAMLFailure(
          entry.keyPlace, "found '\(entry.key)', expected a feature's name of letters, digits, '-', '_' and inner dots")
      }
      return RulePack.Feature(
        name: entry.key, value: RulePack.FeatureValue(try entry.value.string("a feature's value")))
    }
  }

  private static func branches(_ outcome: YAMLNode.Entry, entry: String) throws -> [BranchDefinition] {
    guard outcome.key == "choose" else {
      return [
        BranchDefinition(
          id: entry, place: outcome.keyPlace, condition: nil, outcome: try self.outcome(outcome), isUncertain: false)
      ]
    }
    if case .scalar = outcome.value.content { return [] }
    return try branches(outcome.value)
  }

  private static func branches(_ node: YAMLNode) throws -> [BranchDefinition] {
    let nodes = try node.list("a list of branches")
    guard !nodes.isEmpty else { throw node.mismatch("at least one branch") }
    let branches = try nodes.map(branch)
    if let index = branches.firstIndex(where: { $0.condition == nil && $0.table == nil }), index + 1 < branches.count {
      let place = branches[index + 1].place
      throw YAMLFailure(
        place, "never reached: branch '\(branches[index].id)' before it has no 'when'; put that one last")
    }
    return branches
  }

  private static func branch(_ node: YAMLNode) throws -> BranchDefinition {
    let fields = try node.fields("a branch", allowed: branchKeys, required: ["id"])
    let table = try tableUse(fields)
    return BranchDefinition(
      id: try fields.required("id").string("an id"), place: node.place,
      condition: try fields["when"].map { try ConditionParser.condition($0) }, table: table,
      outcome: try outcome(fields.exactlyOne(of: ["to", "keep"])),
      isUncertain: table == nil ? try fields["uncertain"]?.boolean("uncertain") ?? false : false)
  }

  /// `table`, `threshold` and, beside them, `uncertain` as a number.
  private static func tableUse(_ fields: YAMLFields) throws -> TableUse? {
    guard let file = fields["table"] else {
      if let threshold = fields["threshold"] {
        throw YAMLFailure(threshold.place, "'threshold' belongs to a branch with the key 'table'")
      }
      return nil
    }
    guard let threshold = fields["threshold"] else {
      throw YAMLFailure(file.place, "a table needs the key 'threshold', the margin above which the branch holds")
    }
    let doubt = try fields["uncertain"].map(logOdds) ?? LogOdds(thousandths: 0)
    if let node = fields["uncertain"], doubt.thousandths < 0 { throw node.mismatch("a distance from the threshold") }
    return TableUse(
      file: try PackParser.located(file, "a table's file"), threshold: try logOdds(threshold), doubt: doubt)
  }

  private static func logOdds(_ node: YAMLNode) throws -> LogOdds {
    let text = try node.string("a number such as 0.6")
    if let value = LogOdds(text) { return value }
    throw node.mismatch(
      isTooLarge(text)
        ? "a number from -999.999 to 999.999" : "a number such as 0.6, with at most three decimals")
  }

  /// Whether nothing but its size keeps a number from being log-odds.
  private static func isTooLarge(_ text: String) -> Bool {
    let number = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let whole = number.utf8.prefix(while: \.isASCIIDigit)
    return whole.drop { $0 == UInt8(ascii: "0") }.count > 3 && LogOdds(number.dropFirst(whole.count - 3)) != nil
  }

  private static func outcome(_ entry: YAMLNode.Entry) throws -> BranchDefinition.Outcome {
    if entry.key == "to" { return .to(try PackParser.located(entry.value, "a replacement")) }
    guard try entry.value.boolean("keep") else { throw entry.value.mismatch("true, or the key 'to'") }
    return .keep
  }

  private static func words(_ node: YAMLNode, _ what: String) throws -> [Located] {
    try node.oneOrMore(what).map { try PackParser.located($0, what) }
  }
}

/// Reads what a branch's `when` says.
enum ConditionParser {
  static let positions: [String: Int] = ["prev3": -3, "prev2": -2, "prev": -1, "next": 1, "next2": 2, "next3": 3]
  static let conditionKeys =
    ["prev3", "prev2", "prev", "next", "next2", "next3", "match", "all", "any", "not"]
  static let itemKeys = ["in", "not-in", "is", "any", "mark", "suffix", "all", "not"]

  static func condition(_ node: YAMLNode) throws -> Condition {
    let fields = try node.fields("a condition", allowed: conditionKeys)
    guard !fields.entries.isEmpty else { throw node.mismatch("a condition such as next: {in: [preposition]}") }
    let parts = try fields.entries.map(part)
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func part(_ entry: YAMLNode.Entry) throws -> Condition {
    switch entry.key {
    case "all": .all(try list(entry.value, "conditions").map(condition))
    case "any": .any(try list(entry.value, "conditions").map(condition))
    case "not": .not(try condition(entry.value))
    case "match": .match(try cases(entry.value))
    default: .item(position: positions[entry.key] ?? 1, try itemTest(entry.value))
    }
  }

  private static func cases(_ node: YAMLNode) throws -> [WordCase] {
    try node.oneOrMore("a letter case").compactMap {
      WordCase(rawValue: try $0.oneOf(WordCase.allCases.map(\.rawValue), "letter case"))
    }
  }

  private static func itemTest(_ node: YAMLNode) throws -> ItemTest {
    let fields = try node.fields("a test of a word", allowed: itemKeys)
    guard !fields.entries.isEmpty else { throw node.mismatch("a test such as {in: [preposition]}") }
    let parts = try fields.entries.map(itemPart)
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private static func itemPart(_ entry: YAMLNode.Entry) throws -> ItemTest {
    switch entry.key {
    case "in": .any(try classes(entry.value))
    case "not-in": .not(.any(try classes(entry.value)))
    case "is": .word(try located(entry.value, "a word"))
    case "mark": .mark(try located(entry.value, "a mark").map(mark))
    case "suffix": .suffix(try located(entry.value, "an ending").map(ending))
    case "any": .any(try list(entry.value, "kinds and tests").map(kindOrTest))
    case "all": .all(try list(entry.value, "kinds and tests").map(kindOrTest))
    default: .not(try itemTest(entry.value))
    }
  }

  private static func kindOrTest(_ node: YAMLNode) throws -> ItemTest {
    if case .mapping = node.content { return try itemTest(node) }
    let name = try node.oneOf(ItemKinds.named.map(\.key), "kind of item")
    return .kind(ItemKinds.named.first { $0.key == name }?.value ?? .word)
  }

  private static func classes(_ node: YAMLNode) throws -> [ItemTest] {
    try located(node, "a class").map(ItemTest.memberOf)
  }

  private static func located(_ node: YAMLNode, _ what: String) throws -> [Located] {
    try node.oneOrMore(what).map { try PackParser.located($0, what) }
  }

  /// Of an empty list "all" would hold everywhere and "any" nowhere, which nobody means.
  private static func list(_ node: YAMLNode, _ what: String) throws -> [YAMLNode] {
    let items = try node.list("a list of \(what)")
    guard !items.isEmpty else { throw node.mismatch("one or more \(what)") }
    return items
  }

  /// What can stand in a text as one mark; see ``TextView/mark(from:hasSpace:)``.
  private static func mark(_ text: Located) throws -> Located {
    let scalars = text.text.unicodeScalars
    let isMark = { (scalar: Unicode.Scalar) in
      !TextView.isWordScalar(scalar.value) && !scalar.properties.isWhitespace
    }
    guard let first = scalars.first, isMark(first),
      scalars.count == 1 || TextView.runs(first.value) && scalars.allSatisfy({ $0 == first })
    else {
      throw YAMLFailure(text.place, "found '\(text.text)', expected one mark, or several of the same of . - ' and `")
    }
    return text
  }

  private static func ending(_ text: Located) throws -> Located {
    guard !text.text.isEmpty, !text.text.unicodeScalars.contains(where: \.properties.isWhitespace) else {
      throw YAMLFailure(text.place, "found '\(text.text)', expected the ending of a word")
    }
    return text
  }
}
