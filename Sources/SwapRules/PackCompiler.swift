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
  var parts = TableParts()
  private var conditions: ConditionCompiler
  private var entries: [RulePack.Rule] = []
  private var branches: [RulePack.Rule] = []
  /// Where ids stand: a pack of names has tens of thousands.
  private var placesOfEntries: [String: SourcePlace] = [:]
  private var placesOfBranches: [String: SourcePlace] = [:]
  var exceptions: [RulePack.Exception] = []
  private var guards: [String] = []
  /// Learnt tables by their files' names.
  private var tables: [String: Int] = [:]
  var forms: [CompiledForm] = []
  let spelling: Spellings
  private let boundaries: RulePack.Boundaries

  /// A form before it has its place in the table.
  struct CompiledForm {
    let text: String
    let entry: UInt16
    let place: SourcePlace
  }

  static func compile(_ definition: PackDefinition) throws -> Compiled {
    if definition.header.direction == .both { try InverseCheck.check(definition.lexicon) }
    var compiler = try PackCompiler(definition)
    for entry in definition.lexicon { try compiler.add(entry) }
    if definition.header.direction == .both { compiler.linkInverses(definition.lexicon) }
    try compiler.layOutForms(definition)
    try compiler.addGuards(definition.guards)
    try compiler.checkTests(definition)
    return compiler.finished(definition)
  }

  private init(_ definition: PackDefinition) throws {
    conditions = try ConditionCompiler(definition.classes)
    spelling = try Spellings(casePolicy: definition.header.casePolicy)
    boundaries = definition.header.boundaries
    parts.apostrophes = definition.header.apostrophes
    parts.swapsPairedForms = definition.header.pairedForms == .swap
  }

  private mutating func finished(_ definition: PackDefinition) -> Compiled {
    parts.classes = conditions.usedWords(&parts)
    // See ``Tables/pairedBranch``.
    if parts.swapsPairedForms, let first = definition.lexicon.first {
      branches.append(RulePack.Rule(id: "paired", place: first.place))
    }
    return Compiled(
      tables: Tables(parts), entries: entries, branches: branches, guards: guards, exceptions: exceptions)
  }

  private mutating func add(_ entry: EntryDefinition) throws {
    try Self.note(entry.id, at: entry.place, in: &placesOfEntries, "entry")
    guard let index = UInt16(exactly: entries.count), branches.count + entry.branches.count <= Int(UInt16.max) else {
      throw RulesFailure(.limit, at: entry.place, "more than 65,535 entries or branches")
    }
    if boundaries == .uax29 {
      for form in entry.forms {
        try spelling.check(form: form)
        forms.append(CompiledForm(text: Spellings.straight(form.text), entry: index, place: form.place))
      }
    }
    let first = UInt32(branches.count)
    for branch in entry.branches { try boundaries == .uax29 ? add(branch) : addReplicated(branch) }
    if boundaries == .asciiSpace { try addSpacedWords(entry, index) }
    parts.entries.append(
      Entry(
        branches: TableRange(first: first, count: UInt32(entry.branches.count)),
        clitics: append(try entry.clitics.map(spelling.clitic)),
        counterparts: append(try counterparts(of: entry))))
    entries.append(RulePack.Rule(id: entry.id, place: entry.place, features: entry.features))
  }

  /// What the entry's branches write, and what it names itself: single words only.
  private func counterparts(of entry: EntryDefinition) throws -> [String] {
    (entry.branches.compactMap(\.word) + entry.pairs.map(\.text)).flatMap { word in
      Spellings.caseVariants(of: word).map(Spellings.fold)
    }
  }

  private mutating func linkInverses(_ lexicon: [EntryDefinition]) {
    let forms = lexicon.enumerated().flatMap { index, entry in entry.forms.map { ($0.text, index) } }
    let entries = Dictionary(forms) { first, _ in first }
    for (index, branch) in lexicon.flatMap(\.branches).enumerated() {
      guard let other = branch.word.flatMap({ entries[$0] }), lexicon[other].branches.count > 1 else { continue }
      parts.branches[index].inverse = UInt16(other)
    }
  }

  /// A replica's branch always holds; what it writes is not made in the matcher's way.
  private mutating func addReplicated(_ branch: BranchDefinition) throws {
    try Self.note(branch.id, at: branch.place, in: &placesOfBranches, "branch")
    parts.branches.append(Branch(condition: nil, replacement: nil, isUncertain: false))
    branches.append(RulePack.Rule(id: branch.id, place: branch.place))
  }

  /// Without the spaces around them. `text.replace`, word after word, is the same as deciding each place once as long as
  /// no word that is written is searched for later.
  private mutating func addSpacedWords(_ entry: EntryDefinition, _ index: UInt16) throws {
    guard case .to(let to)? = entry.branches.first?.outcome else { return }
    let written = parts.text.slice(String(to.text.dropFirst().dropLast()))
    try spelling.check(replacement: Located(text: String(to.text.dropFirst().dropLast()), place: to.place))
    for form in entry.forms {
      let word = parts.text.slice(String(form.text.dropFirst().dropLast()))
      guard !parts.spacedWords.contains(where: { $0.from == word || $0.to == word }) else {
        throw RulesFailure.definition(form.place, "'\(form.text)' is searched for or written before")
      }
      parts.spacedWords.append(SpacedWord(entry: index, from: word, to: written))
    }
  }

  private mutating func append(_ texts: [String]) -> TableRange {
    let range = TableRange(first: UInt32(parts.slices.count), count: UInt32(texts.count))
    parts.slices += texts.map { parts.text.slice($0) }
    return range
  }

  private mutating func add(_ branch: BranchDefinition) throws {
    try Self.note(branch.id, at: branch.place, in: &placesOfBranches, "branch")
    if spelling.casePolicy == .exact, branch.condition?.asksForCase == true {
      throw RulesFailure.definition(
        branch.place,
        "under 'case: exact' a form is matched as it is written: in place of 'match' give each case an entry")
    }
    let condition = try branch.condition.map { try conditions.compile($0, at: branch.place, into: &parts) }
    var replacement: Replacement?
    if case .to(let text) = branch.outcome {
      try spelling.check(replacement: text)
      let words = spelling.words(of: text.text).count
      replacement = Replacement(cases: append(spelling.cases(of: text.text)), words: words)
    }
    parts.branches.append(
      Branch(
        condition: condition, table: try branch.table.flatMap { try learntTable($0) }, replacement: replacement,
        isUncertain: branch.isUncertain))
    branches.append(RulePack.Rule(id: branch.id, place: branch.place))
  }

  /// Branches that name the same file share it.
  private mutating func learntTable(_ use: TableUse) throws -> BranchTable? {
    guard let table = use.table else { return nil }
    let index = tables[use.file.text] ?? parts.learnt.count
    if index == parts.learnt.count {
      guard index < Self.maximumTables else {
        throw RulesFailure(.limit, at: use.file.place, "more than \(Self.maximumTables) learnt tables")
      }
      parts.learnt.append(LearntScorer(table))
      tables[use.file.text] = index
    }
    return BranchTable(index: index, threshold: use.threshold.thousandths, doubt: use.doubt.thousandths)
  }

  /// What each sees of a word is remembered with the word (see ``WordMemory``).
  private static let maximumTables = 16

  /// Entries that name the same choice share its branches.
  private static func note(
    _ id: String, at place: SourcePlace, in places: inout [String: SourcePlace], _ what: String
  ) throws {
    guard let other = places.updateValue(places[id] ?? place, forKey: id), other != place else { return }
    throw RulesFailure.definition(place, "\(what) '\(id)' stands twice; the first is at \(other)")
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
        // Each is asked about at every match.
        guard parts.regexes.count < 256 else {
          throw RulesFailure(.limit, at: definition.place, "more than 256 regular expressions in guards")
        }
        rule = GuardRule(span: .regex, regex: parts.regexes.count)
        parts.regexes.append(try RegexPattern(pattern, at: definition.place))
        guards.append("regex:\(parts.regexes.count)")
      }
      guard parts.guards.count < Int(UInt16.max) else {
        throw RulesFailure(.limit, at: definition.place, "more than 65,535 guards")
      }
      parts.guards.append(rule)
    }
  }

  /// `by` must name something that can decide.
  private func checkTests(_ definition: PackDefinition) throws {
    let names =
      (entries + branches).map(\.id) + branches.map { "keep:\($0.id)" } + guards.map { "guard:\($0)" }
      + exceptions.map { "exception:\($0.reason)" } + ["edge", "case", "boundary", "combining", "paired", "none"]
    let known = Set(names)
    for test in definition.tests {
      guard let by = test.by, !known.contains(by.text) else { continue }
      throw RulesFailure.definition(
        by.place, "unknown rule '\(by.text)' in a test's 'by'; \(Spelling.advice(for: by.text, among: names))")
    }
  }
}
