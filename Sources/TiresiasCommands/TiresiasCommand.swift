import ArgumentParser

public struct TiresiasCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "tiresias",
    abstract: "Changes what a language model reads during a chosen part of its training, and proves what it changed.",
    subcommands: [
      EncodeCommand.self, DecodeCommand.self, TokenizeCommand.self, SamplePileCommand.self, OrderCommand.self, BatchCommand.self, DatasetCommand.self, RulesCommand.self,
    ])
  public init() {}
}
