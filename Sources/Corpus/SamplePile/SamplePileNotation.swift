extension SamplePile {
  /// Reads grammar sources into a ``Grammar``; its notation is described there.
  ///
  /// The sources are part of the program: a mistake in them stops it, and a test compiles them all.
  struct Notation {
    private var grammar = Grammar()
    private var indices: [String: Int] = [:]
    /// The productions of each symbol, by the symbol's number.
    private var productions: [[Range<Int>]] = []

    /// Reads one source; it may use symbols of sources that come later.
    mutating func read(_ source: String) {
      var symbol: Int?
      var production: [Unicode.Scalar] = []
      for line in source.unicodeScalars.split(separator: "\n") {
        if line.first == "|" && (line.count == 1 || line.dropFirst().first == " ") {
          production.append("\n")
          production += line.dropFirst(2)
          continue
        }
        define(symbol, production)
        if line.starts(with: ["=", " "]) {
          symbol = reference(to: Notation.text(line.dropFirst(2)))
          production = []
        } else {
          production = Array(line)
        }
      }
      define(symbol, production)
    }

    /// Lays the productions out symbol by symbol. Every symbol that is used must have some.
    mutating func finish() -> Grammar {
      for index in grammar.symbols.indices {
        let name = grammar.symbols[index].name
        precondition(!productions[index].isEmpty, "the sample grammar uses {\(name)} and does not define it")
        let start = grammar.productions.count
        grammar.productions += productions[index]
        grammar.symbols[index].productions = start..<grammar.productions.count
      }
      return grammar
    }

    private mutating func define(_ symbol: Int?, _ production: [Unicode.Scalar]) {
      if production.isEmpty { return }
      guard let symbol else { preconditionFailure("a production before any symbol: \(Notation.text(production[...]))") }
      productions[symbol].append(compile(production[...]))
    }

    private mutating func reference(to name: String) -> Int {
      if let index = indices[name] { return index }
      indices[name] = grammar.symbols.count
      productions.append([])
      grammar.symbols.append(.init(name: name))
      return grammar.symbols.count - 1
    }

    /// Compiles one production to a run of steps; the choices inside it become symbols of their own.
    private mutating func compile(_ production: ArraySlice<Unicode.Scalar>) -> Range<Int> {
      var rest = production
      var steps: [Grammar.Step] = []
      var literal: [UInt8] = []
      while let scalar = rest.popFirst() {
        let special: Grammar.Step?
        switch scalar {
        case "{" where rest.first != "{": special = step(for: Notation.takeSlot(&rest))
        case "{", "}":
          precondition(rest.popFirst() == scalar, "a single brace in: \(Notation.text(production))")
          special = nil
        case "\\":
          literal += Notation.takeEscape(&rest)
          continue
        default: special = Mark(scalar).map { .mark($0) }
        }
        guard let special else {
          literal += UTF8.encode(scalar)!
          continue
        }
        flush(&literal, into: &steps)
        steps.append(special)
      }
      flush(&literal, into: &steps)
      grammar.steps += steps
      return grammar.steps.count - steps.count..<grammar.steps.count
    }

    private mutating func flush(_ literal: inout [UInt8], into steps: inout [Grammar.Step]) {
      if literal.isEmpty { return }
      steps.append(.literal(start: grammar.literals.count, count: literal.count))
      grammar.literals += literal
      literal = []
    }

    /// What a slot's inside means.
    private mutating func step(for slot: ArraySlice<Unicode.Scalar>) -> Grammar.Step {
      if let choices = Notation.choices(slot) { return .symbol(anonymous(choices), .asIs) }
      var name = Notation.text(slot)
      if name.hasPrefix("#") { return Notation.number(name.dropFirst()) }
      if name.hasPrefix("an ") { return .article(anonymous([["{"] + slot.dropFirst(3) + ["}"]])) }
      let casing = Notation.takeCasing(&name)
      if let scope = Grammar.Scope(name.first) {
        let parts = name.dropFirst().split(separator: ":")
        return .memo(reference(to: String(parts[0])), parts.count > 1 ? UInt64(parts[1])! : 0, scope, casing)
      }
      if let (form, role, own) = PersonForm.parse(name) {
        return .person(role: role, form, casing == .asIs ? own : casing)
      }
      return .symbol(reference(to: name), casing)
    }

    private mutating func anonymous(_ choices: [ArraySlice<Unicode.Scalar>]) -> Int {
      let symbol = reference(to: "choice \(grammar.symbols.count)")
      for choice in choices { productions[symbol].append(compile(choice)) }
      return symbol
    }
  }
}

extension SamplePile.Notation {
  static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// What stands before the brace that closes a slot, slots inside it included; takes the brace too.
  private static func takeSlot(_ rest: inout ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    var depth = 1
    for index in rest.indices {
      if rest[index] == "{" { depth += 1 }
      if rest[index] == "}" { depth -= 1 }
      if depth == 0 {
        defer { rest = rest[(index + 1)...] }
        return rest[..<index]
      }
    }
    preconditionFailure("a brace is open at: \(text(rest))")
  }

  /// The alternatives of `a|b|c`; nil if there is no bar outside inner slots.
  private static func choices(_ slot: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>]? {
    var depth = 0
    var start = slot.startIndex
    var parts: [ArraySlice<Unicode.Scalar>] = []
    for index in slot.indices {
      if slot[index] == "{" { depth += 1 }
      if slot[index] == "}" { depth -= 1 }
      if slot[index] == "|" && depth == 0 {
        parts.append(slot[start..<index])
        start = index + 1
      }
    }
    return parts.isEmpty ? nil : parts + [slot[start...]]
  }

  private static func takeEscape(_ rest: inout ArraySlice<Unicode.Scalar>) -> [UInt8] {
    switch rest.popFirst() {
    case "n": return [0x0A]
    case "t": return [0x09]
    case "f": return [0x0C]
    case "r": return [0x0D]
    case "s": return [0x20]
    case "\\": return [0x5C]
    case "C": return [SamplePile.LineMark.centre.rawValue]
    case "B": return [SamplePile.LineMark.block.rawValue]
    case "Q": return [SamplePile.LineMark.quote.rawValue]
    case "V": return [SamplePile.LineMark.verbatim.rawValue]
    case "u":
      rest.removeFirst()
      let digits = text(takeSlot(&rest))
      return Array(UTF8.encode(Unicode.Scalar(UInt32(digits, radix: 16)!)!)!)
    case let other: preconditionFailure("unknown escape \\\(other.map { String($0) } ?? "") in the sample grammar")
    }
  }

  private static func number(_ range: Substring) -> SamplePile.Grammar.Step {
    let bounds = range.split(separator: "-")
    return .number(
      Int(bounds[0])!...Int(bounds[1])!, digits: bounds[0].count > 1 && bounds[0].hasPrefix("0") ? bounds[1].count : 0)
  }

  private static func takeCasing(_ name: inout String) -> SamplePile.Grammar.Casing {
    switch name.first {
    case "^": name.removeFirst(); return .capital
    case "!": name.removeFirst(); return .upper
    case "_": name.removeFirst(); return .lower
    default: return .asIs
    }
  }
}
