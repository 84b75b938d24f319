import StructuredText
import SwapRules
import UnicodeText

/// Statistics as spreadsheets and programs read them.
extension RuleStatistics {
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
    // Names of subsets are a stranger's.
    return lines.map { $0.map { VisibleText.line($0) }.joined(separator: "\t") + "\n" }.joined()
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
