import Intervention
import SwapRules

/// Statistics as people read them.
extension RuleStatistics {
  // MARK: Rows

  var sortedRules: [Rule] { edits.keys.sorted { ($0.entry, $0.branch) < ($1.entry, $1.branch) } }

  func names(_ rule: Rule) -> (entry: String, branch: String) {
    (pack.entries[rule.entry].id, pack.branches[rule.branch].id)
  }

  var sortedSubsets: [String] { sizes.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }

  /// Reasons, the most frequent first.
  var sortedReasons: [(key: String, value: Int)] { kept.sorted { ($1.value, $0.key) < ($0.value, $1.key) } }

  private func perMillion(_ count: Int, _ words: Int) -> String {
    words == 0 ? "-" : fixed(Double(count) * 1e6 / Double(words), 1)
  }

  // MARK: A table

  /// For people.
  public var table: String {
    ([summary, byRule, bySubset, leftAlone] + (overlaps.isEmpty ? [] : [overlapping])
      + (tokens.map { [aligned($0)] } ?? []))
      .joined(separator: "\n")
  }

  private var summary: String {
    let total = total
    var table = StatisticsTable(["\(pack.name) \(pack.version)", "count", "per million words"], leftColumns: 1)
    table.add("texts", grouped(total.texts), "")
    table.add(RuleStatistics.Size.wordsLabel, grouped(total.words), "")
    table.add("edits", grouped(editCount), perMillion(editCount, total.words))
    table.add("uncertain", grouped(uncertainCount), perMillion(uncertainCount, total.words))
    table.add("left alone", grouped(keptCount), perMillion(keptCount, total.words))
    return table.text
  }

  private var byRule: String {
    var table = StatisticsTable(["rule", "branch", "edits", "per million", "uncertain"], leftColumns: 2)
    for rule in sortedRules {
      let names = names(rule)
      table.add(
        names.entry, names.branch == names.entry ? "" : names.branch, grouped(count(of: rule)),
        perMillion(count(of: rule), total.words),
        grouped(uncertain[rule, default: 0]))
    }
    return table.text
  }

  private var bySubset: String {
    var table = StatisticsTable(["subset", "texts", "words", "edits", "per million"], leftColumns: 1)
    for subset in sortedSubsets {
      let size = sizes[subset, default: Size()]
      table.add(
        subset.isEmpty ? "(none)" : subset, grouped(size.texts), grouped(size.words), grouped(count(in: subset)),
        perMillion(count(in: subset), size.words))
    }
    return table.text
  }

  private var leftAlone: String {
    var table = StatisticsTable(["left alone", "count", "per million"], leftColumns: 1)
    for (reason, count) in sortedReasons { table.add(reason, grouped(count), perMillion(count, total.words)) }
    return table.text
  }

  private var overlapping: String {
    var table = StatisticsTable(["decided", "would have written otherwise", "count"], leftColumns: 2)
    for (overlap, count) in sortedOverlaps {
      table.add(pack.branches[overlap.decided].id, pack.branches[overlap.other].id, grouped(count))
    }
    return table.text
  }

  var sortedOverlaps: [(key: Overlap, value: Int)] {
    overlaps.sorted { ($1.value, $0.key.decided, $0.key.other) < ($0.value, $1.key.decided, $1.key.other) }
  }

  private func aligned(_ tokens: Tokens) -> String {
    var table = StatisticsTable(["as tokens, length: aligned", "count", "share"], leftColumns: 1)
    let all = tokens.made + tokens.leftOut.values.reduce(0, +)
    let share = { (count: Int) in all == 0 ? "-" : fixed(Double(count) * 100 / Double(all), 2) + " %" }
    table.add("tokens", grouped(tokens.tokens), "")
    table.add("edits made", grouped(tokens.made), share(tokens.made))
    table.add(
      "left out: another token count", grouped(tokens.leftOut[LeftReason.length, default: 0]),
      tokens.lengthShare.map { fixed($0 * 100, 2) + " %" } ?? "-")
    let other = tokens.leftOut[LeftReason.noncanonical, default: 0]
    if other > 0 { table.add("left out: odd tokens", grouped(other), share(other)) }
    return table.text
  }
}
