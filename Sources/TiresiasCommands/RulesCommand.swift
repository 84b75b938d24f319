import ArgumentParser

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Works on rule packs: the YAML files that say what to swap.",
    subcommands: [
      RulesNewCommand.self, RulesCheckCommand.self, RulesTestCommand.self, RulesApplyCommand.self,
      RulesExplainCommand.self, RulesPreviewCommand.self, RulesStatsCommand.self, RulesDiffCommand.self,
      LearnTableCommand.self,
    ])
}
