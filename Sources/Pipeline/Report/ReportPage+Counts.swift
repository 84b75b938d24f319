import Intervention
import Pages
import UnicodeText

// How many edits there are, by which rule, and what was left alone.
extension ReportPage {
  var rules: String {
    let rules = manifest.counts.byRule.sorted {
      ($1.edits, $0.stage, $0.rule, $0.branch) < ($0.edits, $1.stage, $1.rule, $1.branch)
    }
    guard let greatest = rules.first?.edits else { return "" }
    let packs = Dictionary(manifest.rules.map { ($0.stage, $0.pack) }, uniquingKeysWith: { first, _ in first })
    let several = manifest.rules.count > 1
    return PageTable.html(
      "Edits by rule and branch",
      [.text("rule"), .text("branch")] + (several ? [.text("pack")] : [])
        + [.number("edits"), .number("share"), .bar],
      rules.map { rule in
        [code(rule.rule), hasName(rule.branch, of: rule.rule) ? code(rule.branch) : ""]
          + (several ? [HTMLText.shown(packs[rule.stage] ?? "")] : [])
          + [
            Figures.number(rule.edits), Figures.percent(rule.edits, of: manifest.counts.edits),
            PageTable.bar(Double(rule.edits), of: Double(greatest), "after"),
          ]
      }, total: ["all", ""] + (several ? [""] : []) + [Figures.number(manifest.counts.edits), "", ""])
  }

  /// A rule without choices has one branch, which is named as the rule or not at all.
  func hasName(_ branch: String, of rule: String) -> Bool { !branch.isEmpty && branch != rule }

  func code(_ text: String) -> String { "<code>\(HTMLText.shown(text))</code>" }

  var kept: String {
    let kept = manifest.counts.kept.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    guard let greatest = kept.first?.count else { return "" }
    let all = manifest.counts.candidates
    let left = kept.reduce(0) { $0 + $1.count }
    return
      "<p>\(Figures.number(left)) of \(Figures.number(all)) candidates for an edit (\(Figures.percent(left, of: all)))"
      + " stand as they were.</p>\n"
      + PageTable.html(
        "Candidates left alone, by reason",
        [.text("reason"), .number("candidates"), .number("share"), .bar, .sentence("what it means")],
        kept.map {
          [
            code($0.name), Figures.number($0.count), Figures.percent($0.count, of: all),
            PageTable.bar(Double($0.count), of: Double(greatest), "before"), HTMLText.shown(Self.meaning(of: $0.name)),
          ]
        })
  }

  /// In a line, why a candidate was left alone: docs/formats.md and rules/README.md say more.
  static func meaning(of reason: String) -> String {
    let parts = reason.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch parts[0] {
    case LeftReason.edge: return "what decides lies beyond the text that is known, or beyond 1,024 bytes"
    case LeftReason.noncanonical: return "the base's tokens there are not those that its text has"
    case LeftReason.length: return "the edit would change the number of tokens"
    case LeftReason.selection: return "not in the selected fraction"
    case LeftReason.overlap: return "another match or an earlier stage has it"
    case "combining": return "a combining mark follows the word"
    case "boundary": return "part of a longer word or name"
    case "case": return "neither in lower nor in upper case nor with a capital"
    case "paired": return "one half of a form that names both, such as “he or she”"
    case "none": return "no choice of the rule applies"
    case "guard": return "inside what a guard of the rule pack holds: \(parts.dropFirst().first ?? "")"
    case "exception": return "an exception of the rule pack: \(parts.dropFirst().first ?? "")"
    case "keep": return "a choice of the rule pack keeps it: \(parts.dropFirst().first ?? "")"
    default: return "a reason of the rule pack"
    }
  }

  var caveats: String {
    let counts = manifest.counts
    guard counts.edits + counts.kept.reduce(0, { $0 + $1.count }) > 0 else { return "" }
    return PageTable.html("Caveats", [.sentence("what"), .number("edits"), .number("share")], lengthRows + otherRows)
  }

  private var lengthRows: [[String]] {
    let counts = manifest.counts
    guard manifest.length == .aligned else {
      return [row("changed the number of tokens: the rest of the sequence is shifted", counts.lengthChanges)]
    }
    // The length is decided before the selection.
    let left = kept(LeftReason.length)
    let wanted = left + kept(LeftReason.selection) + counts.edits
    let isMuch = left * 100 > wanted
    return [
      [
        "left out, since they would change the number of tokens"
          + (isMuch ? " <strong class=\"much\">more than 1 %</strong>" : ""),
        Figures.number(left), Figures.percent(left, of: wanted),
      ]
    ]
  }

  private func kept(_ reason: String) -> Int { manifest.counts.kept.first { $0.name == reason }?.count ?? 0 }

  private var otherRows: [[String]] {
    let counts = manifest.counts
    let rows = [row("rest on a choice that the rules mark as uncertain", counts.uncertain)]
    return counts.cut == 0 ? rows : rows + [row("fell off the end of their sequence", counts.cut)]
  }

  private func row(_ what: String, _ count: Int) -> [String] {
    [what, Figures.number(count), Figures.percent(count, of: manifest.counts.edits)]
  }
}
