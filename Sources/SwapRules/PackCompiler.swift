import StructuredText
import UnicodeText

/// A pack's tables and the names of what they number.
struct Compiled {
  var tables: Tables
  var entries: [RulePack.Rule]
  var branches: [RulePack.Rule]
  var guards: [String]
  var exceptions: [RulePack.Exception]
}

/// Resolves a definition's names and lays it out as tables.
struct PackCompiler {
  private var parts = TableParts()
  private var conditions: ConditionCompiler
  private var entries: [RulePack.Rule] = []
  private var branches: [RulePack.Rule] = []
  private var exceptions: [RulePack.Exception] = []
  private var guards: [String] = []
  private var forms: [CompiledForm] = []
  private let spelling: Spellings

  /// A form before it has its place in the table.
  struct CompiledForm {
    let text: String
    let entry: UInt16
    let place: SourcePlace
  }

  static func compile(_ definition: PackDefinition) throws -> Compiled {
    var compiler = try PackCompiler(definition)
    let choices = try ChoiceLibrary(definition.choices)
    for entry in definition.lexicon { try compiler.add(entry, try choices.branches(of: entry)) }
    try compiler.layOutForms(definition.exceptions)
    try compiler.addGuards(definition.guards)
    try compiler.checkTests(definition)
    return compiler.finished()
  }

  private init(_ definition: PackDefinition) throws {
    conditions = try ConditionCompiler(definition.classes)
    spelling = try Spellings(casePolicy: definition.header.casePolicy)
    parts.apostrophes = definition.header.apostrophes
    parts.casePolicy = definition.header.casePolicy
  }

  private mutating func finished() -> Compiled {
    parts.classes = conditions.usedWords(&parts)
    return Compiled(
      tables: Tables(parts), entries: entries, branches: branches, guards: guards, exceptions: exceptions)
  }

  private mutating func add(_ entry: EntryDefinition, _ choice: [BranchDefinition]) throws {
    try requireUnique(entry.id, among: entries, entry.place, "entry")
    guard let index = UInt16(exactly: entries.count), branches.count + choice.count <= Int(UInt16.max) else {
      throw RulesFailure.definition(entry.place, "more than 65,535 entries or branches")
    }
    for form in entry.forms {
      try spelling.check(form: form)
      forms.append(CompiledForm(text: form.text, entry: index, place: form.place))
    }
    let first = UInt32(branches.count)
    for branch in choice { try add(branch) }
    parts.entries.append(
      Entry(
        branches: TableRange(first: first, count: UInt32(choice.count)),
        clitics: append(try entry.clitics.map(spelling.clitic)),
        counterparts: append(try counterparts(of: entry, choice))))
    entries.append(RulePack.Rule(id: entry.id, place: entry.place))
  }

  /// What the entry's branches write, and what it names itself: single words only.
  private func counterparts(of entry: EntryDefinition, _ choice: [BranchDefinition]) throws -> [String] {
    let written = choice.compactMap { branch in
      if case .to(let text) = branch.outcome { text } else { nil }
    }
    return (written + entry.pairs).map { spelling.folded($0.text) }
  }

  private mutating func append(_ texts: [String]) -> TableRange {
    let range = TableRange(first: UInt32(parts.slices.count), count: UInt32(texts.count))
    parts.slices += texts.map { parts.text.slice($0) }
    return range
  }

  private mutating func add(_ branch: BranchDefinition) throws {
    try requireUnique(branch.id, among: branches, branch.place, "branch")
    let condition = try branch.condition.map { try conditions.compile($0, into: &parts) }
    var replacement: Replacement?
    if case .to(let text) = branch.outcome {
      try spelling.check(replacement: text)
      let cases = spelling.cases(of: text.text)
      replacement = Replacement(
        lower: parts.text.slice(cases.lower), title: parts.text.slice(cases.title),
        upper: parts.text.slice(cases.upper))
    }
    parts.branches.append(
      Branch(
        condition: condition, table: branch.table.flatMap { learntTable($0) }, replacement: replacement,
        isUncertain: branch.isUncertain))
    branches.append(RulePack.Rule(id: branch.id, place: branch.place))
  }

  /// Branches that name the same file share it.
  private mutating func learntTable(_ use: TableUse) -> BranchTable? {
    guard let table = use.table else { return nil }
    let index = parts.learnt.firstIndex { $0.table == table } ?? parts.learnt.count
    if index == parts.learnt.count { parts.learnt.append(LearntScorer(table)) }
    return BranchTable(index: index, threshold: use.threshold.thousandths, doubt: use.doubt.thousandths)
  }

  private func requireUnique(
    _ id: String, among rules: [RulePack.Rule], _ place: SourcePlace, _ what: String
  ) throws {
    guard let other = rules.first(where: { $0.id == id }) else { return }
    throw RulesFailure.definition(place, "\(what) '\(id)' stands twice; the first is at \(other.place)")
  }

  private mutating func addGuards(_ definitions: [GuardDefinition]) throws {
    for definition in definitions {
      var rule: GuardRule
      switch definition.kind {
      case .span(let span):
        if guards.contains(span.rawValue) { continue }
        guards.append(span.rawValue)
        rule = GuardRule(span: span, regex: 0)
      case .regex(let pattern):
        rule = GuardRule(span: .regex, regex: parts.regexes.count)
        parts.regexes.append(try RegexPattern(pattern, at: definition.place))
        guards.append("regex:\(parts.regexes.count)")
      }
      parts.guards.append(rule)
    }
  }

  /// `by` must name something that can decide.
  private func checkTests(_ definition: PackDefinition) throws {
    let names =
      (entries + branches).map(\.id) + branches.map { "keep:\($0.id)" } + guards.map { "guard:\($0)" }
      + exceptions.map { "exception:\($0.reason)" } + ["edge", "case", "boundary", "combining", "paired", "none"]
    for test in definition.tests {
      guard let by = test.by, !names.contains(by) else { continue }
      throw RulesFailure.definition(
        test.place, "unknown rule '\(by)' in a test's 'by'; \(Spelling.advice(for: by, among: names))")
    }
  }
}

// Forms and the exceptions that contain them.
extension PackCompiler {
  /// Sorts the forms by their first letter run, the longest first, and gives each its exceptions.
  private mutating func layOutForms(_ definitions: [ExceptionDefinition]) throws {
    try requireDistinctForms()
    let patterns = try exceptionPatterns(definitions)
    let keyed = forms.enumerated().flatMap { index, form in
      Set(spelling.variants(of: form.text).map { spelling.folded(Self.firstRun(of: $0)) }).map {
        (key: $0, index: index)
      }
    }
    let ordered = keyed.sorted {
      let (left, right) = (forms[$0.index].text.utf8.count, forms[$1.index].text.utf8.count)
      return ($0.key, right, $0.index) < ($1.key, left, $1.index)
    }
    for item in ordered { append(forms[item.index], key: item.key, patterns[item.index] ?? []) }
  }

  private mutating func append(_ form: CompiledForm, key: String, _ patterns: [ExceptionPattern]) {
    let cases = spelling.cases(of: form.text)
    for text in spelling.variants(of: form.text) { parts.firstBytes[Int(Array(text.utf8)[0])] = 1 }
    let range = TableRange(first: UInt32(parts.exceptions.count), count: UInt32(patterns.count))
    parts.exceptions += patterns
    let word = parts.text.slice(key)
    if parts.formIndex.last?.word == word {
      parts.formIndex[parts.formIndex.count - 1].value += 1
    } else {
      parts.formIndex.append(WordTable.Slot(word: word, value: UInt64(parts.forms.count) << 32 | 1))
    }
    parts.forms.append(
      Form(
        entry: form.entry, lower: parts.text.slice(cases.lower), title: parts.text.slice(cases.title),
        upper: parts.text.slice(cases.upper), exceptions: range))
  }

  private func requireDistinctForms() throws {
    var places: [String: SourcePlace] = [:]
    for form in forms {
      if let first = places.updateValue(form.place, forKey: spelling.folded(form.text)) {
        throw RulesFailure.definition(form.place, "form '\(form.text)' stands twice; the first is at \(first)")
      }
    }
  }

  private static func firstRun(of text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix { CharacterClass.of($0.value) == .letter }))
  }

  /// For each form, by index, the exceptions in which it stands as a word.
  private mutating func exceptionPatterns(_ definitions: [ExceptionDefinition]) throws -> [Int: [ExceptionPattern]] {
    var patterns: [Int: [ExceptionPattern]] = [:]
    for definition in definitions {
      guard let number = UInt16(exactly: exceptions.count) else {
        throw RulesFailure.definition(definition.text.place, "more than 65,535 exceptions")
      }
      var isUsed = false
      for (index, form) in forms.enumerated() {
        for (before, word, after) in Self.occurrences(of: spelling.folded(form.text), in: definition.text.text) {
          isUsed = true
          let pattern = ExceptionPattern(
            index: number, word: parts.text.slice(word), before: parts.text.slice(before),
            after: parts.text.slice(after), isExact: definition.isExact)
          patterns[index, default: []].append(pattern)
        }
      }
      guard isUsed || definition.isInherited else {
        throw RulesFailure.definition(definition.text.place, "no form of the lexicon stands in this exception")
      }
      exceptions.append(
        RulePack.Exception(
          text: definition.text.text, reason: definition.reason, place: definition.text.place))
    }
    return patterns
  }

  /// Where a folded form stands in a text, not next to a letter or digit.
  private static func occurrences(of form: String, in text: String) -> [(String, String, String)] {
    let scalars = Array(text.unicodeScalars)
    let count = form.unicodeScalars.count
    guard scalars.count >= count else { return [] }
    return (0...(scalars.count - count)).compactMap { start in
      let word = string(scalars[start..<start + count])
      guard Spellings.fold(word) == form, start == 0 || !isWordScalar(scalars[start - 1]),
        start + count == scalars.count || !isWordScalar(scalars[start + count])
      else { return nil }
      return (string(scalars[..<start]), word, string(scalars[(start + count)...]))
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    [.letter, .number].contains(CharacterClass.of(scalar.value)) || isCombiningMark(scalar.value)
  }
}
