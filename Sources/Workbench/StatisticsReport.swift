import Intervention
import StructuredText
import SwapRules

/// Statistics as people, spreadsheets and programs read them.
extension RuleStatistics {
  // MARK: Rows

  private var sortedRules: [Rule] { edits.keys.sorted { ($0.entry, $0.branch) < ($1.entry, $1.branch) } }

  private func names(_ rule: Rule) -> (entry: String, branch: String) {
    (pack.entries[rule.entry].id, pack.branches[rule.branch].id)
  }

  private var sortedSubsets: [String] { sizes.keys.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) } }

  /// Reasons, the most frequent first.
  private var sortedReasons: [(key: String, value: Int)] { kept.sorted { ($1.value, $0.key) < ($0.value, $1.key) } }

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
    table.add("words", grouped(total.words), "")
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

  private var sortedOverlaps: [(key: Overlap, value: Int)] {
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

  // MARK: Lines of tabs

  /// For spreadsheets: kind, rule, branch, subset, reason, count; what does not apply is empty.
  public var tsv: String {
    var lines = [["kind", "rule", "branch", "subset", "reason", "count"]]
    for subset in sortedSubsets {
      let size = sizes[subset, default: Size()]
      lines.append(["texts", "", "", subset, "", "\(size.texts)"])
      lines.append(["words", "", "", subset, "", "\(size.words)"])
    }
    for rule in sortedRules {
      let names = names(rule)
      for (subset, count) in edits[rule, default: [:]].sorted(by: { $0.key < $1.key }) {
        lines.append(["edits", names.entry, names.branch, subset, "", "\(count)"])
      }
    }
    for rule in sortedRules where uncertain[rule, default: 0] > 0 {
      let names = names(rule)
      lines.append(["uncertain", names.entry, names.branch, "", "", "\(uncertain[rule, default: 0])"])
    }
    lines += sortedReasons.map { ["left alone", "", "", "", $0.key, "\($0.value)"] }
    lines += sortedOverlaps.map {
      ["overlap", pack.branches[$0.key.decided].id, pack.branches[$0.key.other].id, "", "", "\($0.value)"]
    }
    if let tokens {
      lines.append(["tokens", "", "", "", "", "\(tokens.tokens)"])
      lines.append(["edits made as tokens", "", "", "", "", "\(tokens.made)"])
      lines += tokens.leftOut.sorted { $0.key < $1.key }.map { ["left out", "", "", "", $0.key, "\($0.value)"] }
    }
    return lines.map { $0.map(Self.cell).joined(separator: "\t") + "\n" }.joined()
  }

  private static func cell(_ text: String) -> String {
    String(text.map { $0 == "\t" || $0 == "\n" || $0 == "\r" ? " " : $0 })
  }

  // MARK: JSON

  /// For programs.
  public var json: JSONValue {
    let total = total
    return [
      "pack": .string(pack.name), "version": .string(pack.version), "texts": count(total.texts),
      "bytes": count(total.bytes), "words": count(total.words), "edits": count(editCount),
      "uncertain": count(uncertainCount), "left_alone": count(keptCount), "rules": .array(sortedRules.map(json)),
      "subsets": .array(sortedSubsets.map(json)),
      "reasons": .object(sortedReasons.map { JSONMember($0.key, count($0.value)) }),
      "overlaps": .array(
        sortedOverlaps.map {
          [
            "decided": .string(pack.branches[$0.key.decided].id), "other": .string(pack.branches[$0.key.other].id),
            "count": count($0.value),
          ]
        }), "aligned": tokens.map(json) ?? .null,
    ]
  }

  private func count(_ value: Int) -> JSONValue { .integer(Int64(value)) }

  private func json(_ rule: Rule) -> JSONValue {
    let bySubset = edits[rule, default: [:]].sorted { $0.key < $1.key }
    return [
      "rule": .string(names(rule).entry), "branch": .string(names(rule).branch), "edits": count(count(of: rule)),
      "uncertain": count(uncertain[rule, default: 0]),
      "by_subset": .object(bySubset.map { JSONMember($0.key, count($0.value)) }),
    ]
  }

  private func json(_ subset: String) -> JSONValue {
    let size = sizes[subset, default: Size()]
    return [
      "subset": .string(subset), "texts": count(size.texts), "words": count(size.words),
      "edits": count(count(in: subset)),
    ]
  }

  private func json(_ tokens: Tokens) -> JSONValue {
    [
      "tokens": count(tokens.tokens), "edits_made": count(tokens.made),
      "left_out": .object(tokens.leftOut.sorted { $0.key < $1.key }.map { JSONMember($0.key, count($0.value)) }),
      "length_share": tokens.lengthShare.map { .double($0) } ?? .null,
    ]
  }
}

extension PackDifference {
  /// The counts, for people.
  public var table: String {
    var totals = StatisticsTable(["", "count"], leftColumns: 1)
    totals.add("words", grouped(words))
    totals.add("edits that both make alike", grouped(agreed))
    totals.add("only the first edits", grouped(onlyFirst))
    totals.add("only the second edits", grouped(onlySecond))
    totals.add("both edit, but otherwise", grouped(otherwise))
    var table = StatisticsTable(["first decides by", "second decides by", "count"], leftColumns: 2)
    for (pair, count) in pairs.sorted(by: {
      ($1.value, $0.key.first, $0.key.second) < ($0.value, $1.key.first, $1.key.second)
    }) {
      table.add(pair.first, pair.second, grouped(count))
    }
    return totals.text + (table.isEmpty ? "" : "\n" + table.text)
  }
}
