import StructuredText

/// Turns conditions into nodes, and the classes they name into bits.
struct ConditionCompiler {
  private let classes: [String: [Located]]
  /// By the bytes of a class's name or a list's words.
  private var bits: [[UInt8]: UInt64] = [:]
  /// By the folded bytes.
  private var wordBits: [[UInt8]: UInt64] = [:]
  static let maximumClasses = 64
  /// A choice that many entries share is laid out for each.
  private static let maximumNodes = 1 << 20

  init(_ definitions: [ClassDefinition]) throws {
    var classes: [String: [Located]] = [:]
    var places: [String: SourcePlace] = [:]
    for definition in definitions {
      guard case .inline(let words) = definition.words else { continue }
      for word in words { try Self.check(word) }
      if let first = places.updateValue(definition.place, forKey: definition.name) {
        throw RulesFailure.definition(
          definition.place, "class '\(definition.name)' stands twice; the first is at \(first)")
      }
      classes[definition.name] = words
    }
    self.classes = classes
  }

  /// A condition's root in `parts.nodes`.
  mutating func compile(
    _ condition: Condition, at place: SourcePlace, into parts: inout TableParts
  ) throws -> UInt32 {
    let root = try compile(condition, into: &parts)
    guard parts.nodes.count <= Self.maximumNodes else {
      throw RulesFailure(
        .limit, at: place, "conditions have more than \(Self.maximumNodes) tests in all entries together")
    }
    return root
  }

  private mutating func compile(_ condition: Condition, into parts: inout TableParts) throws -> UInt32 {
    switch condition {
    case .all(let all): try list(.all, try all.map { try compile($0, into: &parts) }, &parts)
    case .any(let any): try list(.any, try any.map { try compile($0, into: &parts) }, &parts)
    case .not(let inner): try list(.not, [try compile(inner, into: &parts)], &parts)
    case .item(let position, let test): try compile(test, Int8(position), into: &parts)
    case .match(let cases):
      add(Node(operation: .match, bits: cases.reduce(0) { $0 | $1.bit }), &parts)
    }
  }

  private mutating func compile(_ test: ItemTest, _ position: Int8, into parts: inout TableParts) throws -> UInt32 {
    switch test {
    case .all(let all): try list(.all, try all.map { try compile($0, position, into: &parts) }, &parts)
    case .any(let any): try list(.any, try any.map { try compile($0, position, into: &parts) }, &parts)
    case .not(let inner): try list(.not, [try compile(inner, position, into: &parts)], &parts)
    case .kind(let kinds):
      add(Node(operation: .kind, position: position, bits: UInt64(kinds.rawValue)), &parts)
    case .memberOf(let name):
      add(Node(operation: .memberOf, position: position, bits: try bit(ofClass: name)), &parts)
    case .word(let words):
      add(Node(operation: .memberOf, position: position, bits: try bit(ofWords: words)), &parts)
    case .mark(let marks): strings(.mark, position, marks, &parts)
    case .suffix(let endings): strings(.suffix, position, endings, &parts)
    }
  }

  private func add(_ node: Node, _ parts: inout TableParts) -> UInt32 {
    parts.nodes.append(node)
    return UInt32(parts.nodes.count - 1)
  }

  private func list(_ operation: Node.Operation, _ children: [UInt32], _ parts: inout TableParts) throws -> UInt32 {
    let range = TableRange(first: UInt32(parts.children.count), count: UInt32(children.count))
    parts.children += children
    return add(Node(operation: operation, range: range), &parts)
  }

  private func strings(
    _ operation: Node.Operation, _ position: Int8, _ texts: [Located], _ parts: inout TableParts
  ) -> UInt32 {
    let cases = texts.flatMap { Spellings.caseVariants(of: $0.text) }
    let range = TableRange(first: UInt32(parts.slices.count), count: UInt32(cases.count))
    parts.slices += cases.map { parts.text.slice(Spellings.fold($0)) }
    return add(Node(operation: operation, position: position, range: range), &parts)
  }

  private mutating func bit(ofClass name: Located) throws -> UInt64 {
    guard let words = classes[name.text] else {
      let advice = Spelling.advice(for: name.text, among: classes.keys.sorted())
      throw RulesFailure.definition(name.place, "unknown class '\(name.text)'; \(advice)")
    }
    return try bit("in " + name.text, words, name.place)
  }

  /// The parser refuses lists without words.
  private mutating func bit(ofWords words: [Located]) throws -> UInt64 {
    for word in words { try Self.check(word) }
    return try bit("is " + words.map(\.text).joined(separator: " "), words, words[0].place)
  }

  private mutating func bit(_ name: String, _ words: [Located], _ place: SourcePlace) throws -> UInt64 {
    let key = Array(name.utf8)
    if let bit = bits[key] { return bit }
    guard bits.count < Self.maximumClasses else {
      throw RulesFailure(
        .limit, at: place,
        "conditions name more than \(Self.maximumClasses) classes and word lists; a list that several name is one if it is a class"
      )
    }
    let bit = UInt64(1) << UInt64(bits.count)
    bits[key] = bit
    for word in words.flatMap({ Spellings.caseVariants(of: $0.text) }) {
      wordBits[Array(Spellings.fold(word).utf8), default: 0] |= bit
    }
    return bit
  }

  /// The words of the classes that conditions name.
  func usedWords(_ parts: inout TableParts) -> [WordTable.Slot] {
    wordBits.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      WordTable.Slot(word: parts.text.slice(String(decoding: $0.key, as: UTF8.self)), value: $0.value)
    }
  }

  private static func check(_ word: Located) throws {
    let isWord = word.text.unicodeScalars.allSatisfy {
      $0 == "'" || $0 == "’" || $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
    guard isWord, !word.text.isEmpty, word.text.utf8.count <= 64 else {
      throw RulesFailure.definition(word.place, "found '\(word.text)', expected one word of at most 64 letters")
    }
  }
}

extension WordCase {
  var number: Int {
    switch self {
    case .lower: 0
    case .title: 1
    case .upper: 2
    }
  }

  var bit: UInt64 { 1 &<< UInt64(truncatingIfNeeded: number) }
}
