import ArgumentParser
import Pipeline

public struct TiresiasCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "tiresias",
    abstract: "Changes what a language model reads during a chosen part of its training, and proves what it changed.",
    version: toolVersion,
    subcommands: [
      RunCommand.self, PlanCommand.self, SubmitCommand.self, StatusCommand.self, VerifyCommand.self, RevertCommand.self,
      TokenizeCommand.self, SamplePileCommand.self,
      EncodeCommand.self, DecodeCommand.self, OrderCommand.self, BatchCommand.self, DatasetCommand.self,
      StatsCommand.self, ViewCommand.self, RulesCommand.self, EvaluateCommand.self, ReportCommand.self,
      DoctorCommand.self,
    ])
  public init() {}
}
