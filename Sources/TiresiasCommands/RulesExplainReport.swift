import SwapRules
import UnicodeText

/// What 'rules explain' prints of one word.
struct RulesExplainReport {
  let style: TerminalStyle

  func text(of explanation: Explanation) -> String {
    ([headline(explanation)] + around(explanation) + checks(explanation) + trials(explanation)).joined(separator: "\n")
      + "\n"
  }

  /// `his → hers  by his-after-of  (entry his, lower, bytes 12..<15)`
  private func headline(_ explanation: Explanation) -> String {
    let word = VisibleText.line(explanation.word)
    let change =
      explanation.written.map { "\(style.paint(word, .removed)) → \(style.paint(VisibleText.line($0), .added))" }
      ?? "\(style.paint(word, .strong)) stays"
    let candidate = explanation.candidate
    let details = "entry \(explanation.entry), \(explanation.letterCase), bytes \(candidate.start)..<\(candidate.end)"
    return "\(change)  by \(style.paint(explanation.rule, .strong))\(candidate.isUncertain ? ", uncertain" : "")"
      + style.paint("  (\(details))", .dim)
  }

  private func around(_ explanation: Explanation) -> [String] {
    let rows = explanation.items.map { item in
      (item.position, item.text.isEmpty ? "" : VisibleText.line(item.text), item.kinds, item.classes)
    }
    let width = rows.map { DisplayWidth.of($0.1) }.max() ?? 0
    return rows.map { position, text, kinds, classes in
      let space = String(repeating: " ", count: width - DisplayWidth.of(text))
      let classes = classes.isEmpty ? "" : "  in \(classes.joined(separator: ", "))"
      let label = position + String(repeating: " ", count: 6 - position.utf8.count)
      return "  \(style.paint(label, .dim)) \(text)\(space)  \(kinds.joined(separator: " "))\(classes)"
    }
  }

  /// Those that said no in two lines, each that did not in its own.
  private func checks(_ explanation: Explanation) -> [String] {
    let passed = explanation.checks.filter { $0.answer == .no }
    let exceptions = passed.count { !$0.detail.isEmpty }
    let names = passed.filter { $0.detail.isEmpty && !$0.reason.hasPrefix("guard:") }.map(\.reason)
    let guards = passed.filter { $0.reason.hasPrefix("guard:") }.map { String($0.reason.dropFirst(6)) }
    let others = exceptions > 0 ? ["\(exceptions) exception\(exceptions == 1 ? "" : "s")"] : []
    let partner = explanation.partner.map {
      "  \(mark(.yes)) half of a paired form with '\($0)': the halves change places"
    }
    return passedLine("", names + others) + passedLine("guards ", guards)
      + explanation.checks.filter { $0.answer != .no }.map(line) + (partner.map { [$0] } ?? [])
  }

  private func passedLine(_ label: String, _ names: [String]) -> [String] {
    names.isEmpty ? [] : ["  \(mark(.no)) " + style.paint(label + names.joined(separator: ", "), .dim)]
  }

  private func line(_ check: Explanation.Check) -> String {
    let detail = check.detail.isEmpty ? "" : " '\(VisibleText.line(check.detail))'"
    return "  \(mark(check.answer)) \(check.reason)\(detail)"
  }

  private func trials(_ explanation: Explanation) -> [String] {
    let asked = explanation.trials.filter(\.isAsked)
    let rest = explanation.trials.filter { !$0.isAsked }.map(\.branch)
    return asked.flatMap(lines)
      + (rest.isEmpty ? [] : [style.paint("      not asked: \(rest.joined(separator: ", "))", .dim)])
  }

  private func lines(_ trial: Explanation.Trial) -> [String] {
    let does = trial.writes.map { "writes \($0)" } ?? "keeps the word"
    let head = "  \(mark(trial.answer)) \(trial.answer == .yes ? style.paint(trial.branch, .strong) : trial.branch)"
    return ["\(head)\(style.paint("  \(does)", .dim))"] + (trial.predicate.map { reasons($0, depth: 3) } ?? [])
      + (trial.margin.map { [margin($0)] } ?? [])
  }

  private func margin(_ margin: Explanation.Margin) -> String {
    let found = margin.thousandths.map(decimal) ?? "unknown"
    let doubt = margin.doubt > 0 ? ", uncertain within \(decimal(margin.doubt))" : ""
    return "      table: \(found), above \(decimal(margin.threshold)) it holds\(doubt)"
  }

  /// `-0.625` for -625.
  private func decimal(_ thousandths: Int) -> String {
    let digits = String(thousandths.magnitude % 1000)
    let fraction = String(repeating: "0", count: 3 - digits.utf8.count) + digits
    return "\(thousandths < 0 ? "-" : "")\(thousandths.magnitude / 1000).\(fraction)"
  }

  /// What made the answer: of `all` that failed the first part that did, of `any` that held the first that did.
  private func reasons(_ predicate: Explanation.Predicate, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth) + mark(predicate.answer) + " "
    switch (predicate.form, predicate.answer) {
    case (.test, _): return [indent + VisibleText.line(predicate.text)]
    case (.not, _):
      return [indent + style.paint("not:", .dim)] + predicate.parts.flatMap { reasons($0, depth: depth + 1) }
    case (.all, .no), (.all, .unknown), (.any, .yes), (.any, .unknown):
      return predicate.parts.first { $0.answer == predicate.answer }.map { reasons($0, depth: depth) } ?? []
    case (.all, .yes), (.any, .no):
      return predicate.parts.flatMap { reasons($0, depth: depth) }
    }
  }

  private func mark(_ answer: Explanation.Answer) -> String {
    switch answer {
    case .no: style.paint("no ", .dim)
    case .yes: style.paint("yes", .added)
    case .unknown: style.paint("?  ", .warning)
    }
  }
}
