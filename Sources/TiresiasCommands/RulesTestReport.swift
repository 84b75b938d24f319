import StructuredText
import SwapRules
import UnicodeText

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
  static func text(of result: PackTestResult, _ style: TerminalStyle = TerminalStyle(.never)) -> String? {
    switch result.outcome {
    case .passed, .knownLimit: nil
    case .unexpectedPass:
      "\(style.paint("\(result.place):", .strong)) a test marked todo passes; remove the mark\n"
        + line("in", VisibleText.line(result.input))
    case .failed: failure(result, style)
    }
  }

  private static func line(_ label: String, _ text: String) -> String {
    "  " + label + ":" + String(repeating: " ", count: 9 - label.utf8.count) + text
  }

  private static func failure(_ result: PackTestResult, _ style: TerminalStyle) -> String {
    let place = style.paint("\(result.place):", .strong)
    var lines = [
      "\(place) \(style.paint("a test fails", .error))", line("in", VisibleText.line(result.input)),
      line("expected", VisibleText.line(result.expected)), line("got", VisibleText.line(result.got)),
    ]
    if let difference = TextDifference(expected: result.expected, got: result.got) {
      lines.append(String(repeating: " ", count: 12 + difference.column) + style.paint("^", .error))
      if let note = difference.note { lines.append(line("differs", note)) }
    } else {
      lines.append("            the text is right, but what 'by' names did not decide")
    }
    if let rule = result.by { lines.append(line("by", rule)) }
    let decisions = result.decisions.map { "\(VisibleText.line($0.word)) by \($0.rule)" }
    lines.append(line("decided", decisions.isEmpty ? "nothing was found" : decisions.joined(separator: ", ")))
    return lines.joined(separator: "\n")
  }
}

/// Where a text first differs from what was expected.
struct TextDifference {
  /// Columns of a terminal that the equal front takes.
  let column: Int
  /// The characters that differ, by their code points, where the eye may not tell them apart.
  let note: String?

  /// Nil for texts of the same code points. Characters are compared whole: a letter with its marks.
  init?(expected: String, got: String) {
    let equal = zip(expected, got).prefix { $0.unicodeScalars.elementsEqual($1.unicodeScalars) }.count
    let (wanted, found) = (expected.dropFirst(equal).first, got.dropFirst(equal).first)
    guard wanted != nil || found != nil else { return nil }
    column = DisplayWidth.of(VisibleText.line(got.prefix(equal)))
    let isPlain = [wanted, found].allSatisfy { $0?.isASCII ?? true }
    note = isPlain ? nil : "found \(Self.spelled(found)), expected \(Self.spelled(wanted))"
  }

  private static func spelled(_ character: Character?) -> String {
    guard let character else { return "the end" }
    let points = character.unicodeScalars.map(VisibleText.codePoint).joined(separator: " ")
    return "'\(VisibleText.line(String(character)))' (\(points))"
  }
}
