import ArgumentParser
import SwapRules
import UnicodeText

struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds what is wrong with rule packs, without running them on text.",
    discussion: """
      One line a finding: file, line, column, error or warning, what was found and what was expected. Keys and values that \
      the language does not have, classes that do not exist or that nothing uses, branches that are never reached or \
      contradict others, packs that extend each other in a circle, entries and branches without a test, a swap that does \
      not undo itself, a stable pack that differs from its release. Exits with 1 if there is an error.

      Example:
        tiresias rules check
        tiresias rules check rules/pronouns-m2f.yaml
      """)

  @Argument(help: ArgumentHelp("Packs, or folders with packs (default: rules).", valueName: "pack"))
  var packs: [String] = []

  func run() throws {
    let style = TerminalStyle()
    let files = try RulePack.files(at: packs.isEmpty ? ["rules"] : packs)
    let findings = Set(try files.flatMap { try PackCheck.findings(path: $0) }).sorted()
    for finding in findings { print(RulesCheckReport.line(finding, style)) }
    print(RulesCheckReport.summary(findings, packs: files.count))
    if findings.contains(where: { $0.severity == .error }) { throw ExitCode.failure }
  }
}

/// What 'rules check' prints.
enum RulesCheckReport {
  static func line(_ finding: Finding, _ style: TerminalStyle) -> String {
    let severity = style.paint(finding.severity.rawValue + ":", finding.severity == .error ? .error : .warning)
    // What a stranger's file holds neither breaks the line nor commands the terminal.
    let place = style.paint(VisibleText.line("\(finding.place):"), .strong)
    return "\(place) \(severity) \(VisibleText.line(finding.message)) \(style.paint("[\(finding.lint)]", .dim))"
  }

  static func summary(_ findings: [Finding], packs: Int) -> String {
    let errors = findings.count { $0.severity == .error }
    return "\(counted(packs, "pack")): \(counted(errors, "error")), \(counted(findings.count - errors, "warning"))"
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
