import StructuredText
import SwapRules

/// What 'rules test' prints.
enum RulesTestReport {
  struct Counts {
    var passed = 0
    var failed = 0
    var knownLimits = 0
    var unexpectedPasses = 0

    mutating func add(_ outcome: PackTestResult.Outcome) {
      switch outcome {
      case .passed: passed += 1
      case .failed: failed += 1
      case .knownLimit: knownLimits += 1
      case .unexpectedPass: unexpectedPasses += 1
      }
    }

    var line: String {
      "\(passed) passed, \(failed) failed, \(knownLimits) todo, \(unexpectedPasses) todo that now pass"
    }
  }

  /// Nil for a test that needs no words.
  static func text(of result: PackTestResult) -> String? {
    switch result.outcome {
    case .passed, .knownLimit: nil
    case .unexpectedPass:
      "\(result.place): a test marked todo passes; remove the mark\n  in:       \(shown(result.input))"
    case .failed: failure(result)
    }
  }

  private static func failure(_ result: PackTestResult) -> String {
    var lines = [
      "\(result.place): a test fails", "  in:       \(shown(result.input))", "  expected: \(shown(result.expected))",
      "  got:      \(shown(result.got))",
    ]
    if let difference = result.firstDifference {
      let before = String(String.UnicodeScalarView(result.got.unicodeScalars.prefix(difference)))
      lines.append("            " + String(repeating: " ", count: shown(before).count) + "^")
    }
    if let rule = result.by { lines.append("  by:       \(rule)") }
    let decisions = result.decisions.map { "\(shown($0.word)) by \($0.rule)" }
    lines.append("  decided:  \(decisions.isEmpty ? "nothing was found" : decisions.joined(separator: ", "))")
    return lines.joined(separator: "\n")
  }

  /// On one line.
  private static func shown(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { line, scalar in
      switch scalar {
      case "\n": line += "⏎"
      case "\t": line += "⇥"
      default: scalar.value < 0x20 || scalar.value == 0x7F ? line += "�" : line.unicodeScalars.append(scalar)
      }
    }
  }
}

/// A line of 'rules apply --edits'.
enum RulesEditLine {
  static func bytes(of candidate: Candidate, in segment: SegmentText, _ pack: RulePack) -> [UInt8] {
    var writer = JSONWriter()
    writer.bytes += "{\"start\":\(candidate.start),\"end\":\(candidate.end),\"from\":".utf8
    writer.write(segment.bytes[candidate.start..<candidate.end])
    switch candidate.verdict {
    case .replace(let slice):
      writer.bytes += ",\"to\":".utf8
      writer.write(pack.bytes(of: slice))
    case .keep(let reason):
      writer.bytes += ",\"kept\":".utf8
      writer.write(Array(pack.name(of: reason).utf8))
    }
    writer.bytes += ",\"rule\":".utf8
    writer.write(Array(pack.entries[Int(candidate.entry)].id.utf8))
    if candidate.isReplaced {
      writer.bytes += ",\"branch\":".utf8
      writer.write(Array(pack.branches[Int(candidate.branch)].id.utf8))
    }
    if candidate.isUncertain { writer.bytes += ",\"uncertain\":true".utf8 }
    return writer.bytes + "}\n".utf8
  }
}
