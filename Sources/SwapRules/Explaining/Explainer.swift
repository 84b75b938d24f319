import StructuredText

/// Asks again, one by one, what the matcher asked of a candidate.
///
/// The answers come from the matcher's own functions, and the verdict is the matcher's: only the order in which things
/// are told is written here, and a test holds that what is told leads to the verdict.
extension Matcher {
  /// Explains a candidate that ``candidates(in:from:to:into:)`` found in this segment.
  public func explanation(of candidate: Candidate, in segment: SegmentText) -> Explanation {
    let view = TextView(segment, around: candidate.start, candidate.end)
    let match = match(at: candidate.start, segment)
    var explanation = Explanation(
      candidate: candidate, word: Self.string(view, candidate.start, candidate.end),
      entry: pack.entries[Int(candidate.entry)].id,
      letterCase: match.map { $0.letterCase?.name ?? "mixed" } ?? "as written",
      rule: pack.rule(of: candidate),
      written: candidate.isReplaced
        ? String(decoding: pack.replacement(of: candidate, in: segment), as: UTF8.self) : nil)
    guard let match else { return explanation }
    explanation.checks = checks(match, view)
    guard var around = surroundings(of: match, candidate, view) else { return explanation }
    explanation.items = items(&around)
    explanation.checks.append(paired(match, candidate, &around))
    // What keeps the word settles it.
    if explanation.checks.contains(where: { $0.answer == .yes }) { return explanation }
    if tables.swapsPairedForms { explanation.partner = partner(match, candidate, &around) }
    if explanation.partner == nil { explanation.trials = trials(candidate, &around) }
    return explanation
  }

  /// Whether a paired form keeps the word.
  private func paired(
    _ match: Match, _ candidate: Candidate, _ around: inout Surroundings
  ) -> Explanation.Check {
    let counterparts = tables.entries[Int(candidate.entry)].counterparts
    guard tables.swapsPairedForms else {
      return check("paired", around.isPaired(counterparts, wordStart: match.start, wordEnd: match.end))
    }
    switch swappedPairing(match, tables.entries[Int(candidate.entry)], &around) {
    case .none, .word: return check("paired", .no)
    case .unknown: return check("paired", .unknown)
    case .fixed: return check("paired", .yes)
    }
  }

  /// In a pack that swaps paired forms, the other half, which the word becomes; nil where no branch writes it.
  private func partner(_ match: Match, _ candidate: Candidate, _ around: inout Surroundings) -> String? {
    let entry = tables.entries[Int(candidate.entry)]
    guard case .word(let word, _) = swappedPairing(match, entry, &around),
      branch(of: entry, writing: word) != nil
    else { return nil }
    return String(decoding: tables.text[word], as: UTF8.self)
  }

  /// Nil where the word's end is not known, or it is written in a mix of cases.
  private func surroundings(of match: Match, _ candidate: Candidate, _ view: TextView) -> Surroundings? {
    let entry = tables.entries[Int(candidate.entry)]
    guard let letterCase = match.letterCase, case .known(let cliticEnd) = cliticEnd(entry, match.end, view) else {
      return nil
    }
    return Surroundings(view, tables, nil, wordCase: letterCase.first, start: match.start, end: cliticEnd ?? match.end)
  }

  private static func string(_ view: TextView, _ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: view.bytes[start..<end]), as: UTF8.self)
  }
}

// What stands around the match.
extension Matcher {
  private func items(_ around: inout Surroundings) -> [Explanation.Item] {
    let classes = classesByWord
    var items: [Explanation.Item] = []
    for (position, number) in ConditionParser.positions.sorted(by: { $0.value < $1.value }) {
      items.append(item(position, around.item(Int8(number)), around.view, classes))
    }
    return items
  }

  private func item(
    _ position: String, _ item: Item, _ view: TextView, _ classes: [String: [String]]
  ) -> Explanation.Item {
    let isText = !item.isBarrier && item.end > item.start
    let text = isText ? Self.string(view, item.start, item.end) : ""
    var kinds = ItemKinds.named.filter { !item.kinds.isDisjoint(with: $0.value) }.map(\.key)
    if item.isUnknown || item.isPartial { kinds.append("unknown") }
    return Explanation.Item(
      position: position, text: text, kinds: kinds, classes: classes[Spellings.caseless(text)] ?? [])
  }

  private var classesByWord: [String: [String]] {
    pack.definition.classes.reduce(into: [:]) { classes, definition in
      guard case .inline(let words) = definition.words else { return }
      for word in Set(words.map { Spellings.caseless($0.text) }) { classes[word, default: []].append(definition.name) }
    }
  }
}

// What leaves words alone.
extension Matcher {
  private func checks(_ match: Match, _ view: TextView) -> [Explanation.Check] {
    let form = tables.forms[match.form]
    let entry = tables.entries[Int(form.entry)]
    var checks = [
      check("combining", Ternary(match.standing == .joined)), check("boundary", !standsAlone(match, entry, view)),
      check("case", Ternary(match.letterCase == nil)),
    ]
    for (index, rule) in tables.guards.enumerated() {
      checks.append(check("guard:\(pack.guards[index])", isGuarded(match, rule, view)))
    }
    for index in tables.exceptions(ofForm: match.form, match.letterCase?.first ?? .lower).pointee.range.indices {
      let pattern = tables.exceptions[index]
      let exception = pack.exceptions[Int(pattern.index)]
      let answer = pattern.matches(view, tables, match.start, match.end)
      checks.append(check("exception:\(exception.reason)", answer, exception.text))
    }
    return checks
  }

  private func check(_ reason: String, _ answer: Ternary, _ detail: String = "") -> Explanation.Check {
    Explanation.Check(reason: reason, detail: detail, answer: Explanation.Answer(answer))
  }
}

// What is written.
extension Matcher {
  private func trials(_ candidate: Candidate, _ around: inout Surroundings) -> [Explanation.Trial] {
    let definition = pack.definition.lexicon[Int(candidate.entry)]
    let decided = decidedBranch(of: candidate)
    var trials: [Explanation.Trial] = []
    for (index, branch) in zip(tables.entries[Int(candidate.entry)].branches.indices, definition.branches) {
      trials.append(trial(index, branch, isAsked: decided.map { index <= $0 } ?? true, &around))
    }
    return trials
  }

  private func decidedBranch(of candidate: Candidate) -> Int? {
    switch candidate.verdict {
    case .replace: Int(candidate.branch)
    case .keep(.branch(let index)): Int(index)
    case .keep: nil
    }
  }

  private func trial(
    _ index: Int, _ definition: BranchDefinition, isAsked: Bool, _ around: inout Surroundings
  ) -> Explanation.Trial {
    let root = tables.branches[index].condition
    var predicate: Explanation.Predicate?
    if let root, let condition = definition.condition { predicate = self.predicate(condition, root, &around) }
    return Explanation.Trial(
      branch: definition.id, writes: definition.word,
      answer: Explanation.Answer(around.holds(tables.branches[index]).holds), predicate: predicate,
      margin: tables.branches[index].table.map { margin($0, &around) }, isAsked: isAsked)
  }
}

extension Matcher {
  private func margin(_ use: BranchTable, _ around: inout Surroundings) -> Explanation.Margin {
    Explanation.Margin(
      thousandths: tables.learnt[use.index].margin(&around, table: use.index).map { Int($0) },
      threshold: Int(use.threshold),
      doubt: Int(use.doubt))
  }
}

extension LetterCase {
  fileprivate var name: String {
    let name: String =
      switch first {
      case .lower: "lower"
      case .title: "Title"
      case .upper: "UPPER"
      }
    return words == 1 || carried(to: 1) != nil ? name : name + " and others"
  }
}
