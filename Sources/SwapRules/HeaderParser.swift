import StructuredText

/// Reads what a pack says about itself: all keys but `extends`, the words and the tests.
enum HeaderParser {
  static func header(_ fields: YAMLFields) throws -> Header {
    Header(
      name: try name(fields.required("pack")), version: try version(fields.required("version")),
      status: try value(fields["status"], "status") ?? .experimental,
      language: try fields["language"]?.string("a language code") ?? "und",
      description: try fields["description"]?.string("a description") ?? "",
      citations: try fields["citations"]?.strings("a list of citation keys") ?? [],
      direction: try value(fields["direction"], "direction"),
      boundaries: try value(fields["boundaries"], "boundaries") ?? .uax29,
      tokenizer: try fields["tokenizer"]?.string("the name of a tokenizer"),
      pairedForms: try value(fields["paired_forms"], "paired_forms") ?? .keep,
      casePolicy: try value(fields["case"], "case policy") ?? .preserve,
      apostrophes: try fields["apostrophes"].map(apostrophes) ?? ["'", "’"], place: fields.place)
  }

  /// A value among the cases of an enumeration.
  private static func value<Value: RawRepresentable & CaseIterable>(
    _ node: YAMLNode?, _ what: String
  ) throws -> Value? where Value.RawValue == String {
    guard let node else { return nil }
    return Value(rawValue: try node.oneOf(Value.allCases.map(\.rawValue), what))
  }

  /// `pronouns-m2f` or `base/guards`: also the pack's path, so letters, digits, `-`, `_`, `/` and inner dots only.
  private static func name(_ node: YAMLNode) throws -> String {
    let text = try node.string("a pack name")
    guard PackParser.isPath(text) else {
      throw node.mismatch("a pack name of letters, digits, '-', '_', '/' and inner dots")
    }
    return text
  }

  private static func version(_ node: YAMLNode) throws -> String {
    let text = try node.string("a version such as 1.0.0")
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ PackParser.isNumber($0) }) else {
      throw node.mismatch("a version such as 1.0.0")
    }
    return text
  }

  private static func apostrophes(_ node: YAMLNode) throws -> [String] {
    let marks = try node.strings("a list of apostrophes")
    for (item, mark) in zip(node.items, marks) where !["'", "’"].contains(mark) { throw item.mismatch("' or ’") }
    return marks
  }
}
