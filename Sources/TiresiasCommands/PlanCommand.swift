import ArgumentParser

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Freeze a piece of work and divide it into tasks that any machines can do that share its folders.",
    discussion: """
      Writes OUTPUT.plan/plan.json: the pipeline with the hashes of all that it reads, and the range of each task. A \
      pipeline that reads a raw Pile is planned in two steps, the tokens first. Tasks are done in any order and on any \
      machines with `tiresias run --plan FILE --task K`, then `tiresias run --plan FILE --finish` makes the result, which \
      is that of one machine, byte for byte. `tiresias submit` has Slurm do it; docs/clusters.md shows this and other ways.

      Example:
        tiresias plan pipelines/pythia-deduped-7pct-m2f.yaml --tasks 64 --output out/m2f
        seq 0 63 | xargs -P 8 -I K tiresias run --plan out/m2f.plan/plan.json --task K --workers 2
        tiresias run --plan out/m2f.plan/plan.json --finish
      """,
    subcommands: [PlanPipelineCommand.self, PlanTokenizeCommand.self, PlanEvaluateCommand.self],
    defaultSubcommand: PlanPipelineCommand.self)
}
