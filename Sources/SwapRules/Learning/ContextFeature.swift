/// Which sides of which items a learnt table looks at together: one to three of them, in the text's order.
///
/// Written as `prev.word+next.class`.
struct ContextTemplate: Hashable, Sendable {
  static let maximumParts = 3

  /// One side of one item.
  struct Part: Hashable, Sendable {
    /// -3 … 3 without 0, as in ``Condition``.
    let position: Int
    let aspect: Aspect
  }

  enum Aspect: String, CaseIterable, Sendable {
    /// The word or mark itself, whatever its case.
    case word
    /// A word's last three letters.
    case ending
    /// A word class, or a kind of mark: what ``ContextClasses`` says.
    case wordClass = "class"
  }

  let parts: [Part]

  init?(_ text: some StringProtocol) {
    var parts: [Part] = []
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      let names = part.split(separator: ".", omittingEmptySubsequences: false)
      guard names.count == 2, let position = ConditionParser.positions[String(names[0])],
        let aspect = Aspect(rawValue: String(names[1]))
      else { return nil }
      parts.append(Part(position: position, aspect: aspect))
    }
    let isOrdered = zip(parts, parts.dropFirst()).allSatisfy { $0.position < $1.position }
    guard isOrdered, (1...Self.maximumParts).contains(parts.count) else { return nil }
    self.parts = parts
  }
}

extension ContextTemplate: CustomStringConvertible {
  var description: String {
    parts.map { part in
      let name = ConditionParser.positions.first { $0.value == part.position }?.key ?? ""
      return name + "." + part.aspect.rawValue
    }.joined(separator: "+")
  }
}

/// A template with what was seen there, written as `prev.word+next.class=gave determiner`.
struct ContextFeature: Hashable, Sendable {
  let template: ContextTemplate
  /// One for each part, folded, without spaces.
  let values: [String]

  init(template: ContextTemplate, values: [String]) {
    self.template = template
    self.values = values
  }

  init?(_ text: some StringProtocol) {
    guard let equals = text.firstIndex(of: "="), let template = ContextTemplate(text[..<equals]) else { return nil }
    let values = text[text.index(after: equals)...].split(separator: " ", omittingEmptySubsequences: false)
    guard values.count == template.parts.count, values.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.template = template
    self.values = values.map { String($0) }
  }
}

extension ContextFeature: CustomStringConvertible {
  var description: String { "\(template)=" + values.joined(separator: " ") }
}
