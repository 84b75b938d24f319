import ArgumentParser
import SwapRules

struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests inside rule packs.",
    discussion: """
      Prints each failing test with its place, what came out, a mark under the first difference, and what decided; ends \
      with a line that counts. A test marked 'todo' may fail; one that passes is named, so that the mark can go. Exits \
      with 1 if a test fails.

      Example:
        tiresias rules test rules/pronouns-m2f.yaml
      """)

  @Argument(help: ArgumentHelp("Packs, or folders with packs (default: rules).", valueName: "pack"))
  var packs: [String] = []

  func run() throws {
    let style = TerminalStyle()
    var counts = RulesTestReport.Counts()
    for path in try RulePack.files(at: packs.isEmpty ? ["rules"] : packs) {
      for result in try RulePack.load(path: path).runTests() {
        counts.add(result.outcome)
        if let text = RulesTestReport.text(of: result, style) { print(text) }
      }
    }
    print(counts.line)
    if counts.failed > 0 { throw ExitCode.failure }
  }
}
