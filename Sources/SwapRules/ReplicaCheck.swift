import StructuredText

/// Keys that depend on one another: what replicas leave out, and what a true swap needs.
enum ReplicaCheck {
  /// Keys that belong to matching words; a replica that named them would not do what they say.
  private static let wordKeys = [
    "extends", "case", "apostrophes", "paired_forms", "classes", "choices", "guards", "exceptions",
  ]

  static func check(_ definition: PackDefinition, _ fields: YAMLFields) throws {
    let header = definition.header
    if header.boundaries != .uax29 {
      for entry in fields.entries where wordKeys.contains(entry.key) {
        throw YAMLFailure(
          entry.keyPlace, "'\(entry.key)' cannot stand beside 'boundaries: \(header.boundaries.rawValue)'")
      }
    }
    try checkTokenizer(header, fields)
    if header.pairedForms == .swap, header.direction != .both {
      throw YAMLFailure(
        fields["paired_forms"]?.place ?? fields.place, "'paired_forms: swap' needs 'direction: both'")
    }
    switch header.boundaries {
    case .uax29: break
    case .asciiSpace: try definition.lexicon.forEach(checkString)
    case .tokenID: try checkTokens(definition.lexicon)
    }
  }

  private static func checkTokenizer(_ header: Header, _ fields: YAMLFields) throws {
    let isNeeded = header.boundaries == .tokenID
    guard isNeeded != (header.tokenizer != nil) else { return }
    throw YAMLFailure(
      fields["tokenizer"]?.place ?? fields.place,
      isNeeded ? "'boundaries: token-id' needs the key 'tokenizer'" : "'tokenizer' needs 'boundaries: token-id'")
  }

  private static func checkTokens(_ lexicon: [EntryDefinition]) throws {
    var places: [UInt32: SourcePlace] = [:]
    for entry in lexicon {
      guard let tokens = entry.tokens, let first = places.updateValue(entry.place, forKey: tokens.from) else {
        continue
      }
      throw RulesFailure.definition(entry.place, "token \(tokens.from) stands twice; the first is at \(first)")
    }
  }

  /// `{id: he, from: " he ", to: " she "}` and nothing else.
  private static func checkString(_ entry: EntryDefinition) throws {
    guard entry.choice == nil, entry.clitics.isEmpty, entry.pairs.isEmpty, entry.branches.count == 1,
      entry.branches[0].condition == nil, case .to(let to) = entry.branches[0].outcome
    else {
      throw RulesFailure.definition(entry.place, "an 'ascii-space' entry has 'id', 'from', 'to' and 'features' only")
    }
    for text in entry.forms + [to] {
      let inner = text.text.utf8.dropFirst().dropLast()
      guard text.text.hasPrefix(" "), text.text.hasSuffix(" "), (1...64).contains(inner.count), !inner.contains(0x20)
      else {
        throw RulesFailure.definition(
          text.place, "found '\(text.text)', expected one word of at most 64 bytes between two spaces, such as ' he '")
      }
    }
  }
}
