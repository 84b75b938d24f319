import ArgumentParser

struct PlanPipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Plan a pipeline: its raw Pile's tokens first, then its window.",
    discussion: """
      Example:
        tiresias plan pipelines/pythia-deduped-7pct-m2f.yaml --tasks 64 --output out/m2f
      """)

  @OptionGroup var source: PipelineSource
  @OptionGroup var options: PlanOptions

  func run() throws { _ = try options.write(source.plan(tasks: options.tasks), output: source.plannedOutput()) }
}
