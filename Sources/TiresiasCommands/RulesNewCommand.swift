import ArgumentParser
import SwapRules

struct RulesNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Writes a commented pack to begin with.",
    discussion: """
      The pack passes 'rules check' and 'rules test' as it is. --from chooses what it begins with: 'starter', 'swap' (two \
      words that become each other), or the path of a pack, which is copied under the new name as version 0.1.0.

      Example:
        tiresias rules new my-pack
      """)

  @Argument(help: ArgumentHelp("The pack's name, which is its path in the rules' folder too.", valueName: "name"))
  var name: String

  @Option(help: ArgumentHelp("What to begin with: starter, swap, or a pack.", valueName: "template"))
  var from = "starter"

  @Option(help: ArgumentHelp("The rules' folder.", valueName: "dir"))
  var folder = "rules"

  func validate() throws {
    guard PackTemplate.isName(name) else {
      throw ValidationError("Found '\(name)', expected \(PackTemplate.nameRule).")
    }
  }

  func run() throws {
    let path = try PackTemplate(from).write(name, in: folder)
    let findings = try PackCheck.findings(path: path)
    for finding in findings { print(finding) }
    print(
      """
      \(path)
      next:  tiresias rules test \(path)
             tiresias rules preview \(path) TEXT
             tiresias rules check \(path)
      """)
    if findings.contains(where: { $0.severity == .error }) { throw ExitCode.failure }
  }
}
