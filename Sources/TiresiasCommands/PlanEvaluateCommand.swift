import ArgumentParser
import ByteIO
import Pipeline
import Planning

struct PlanEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Plan `tiresias evaluate`, divided by checkpoints.",
    discussion: """
      Example:
        tiresias plan evaluate --manifest out/m2f/manifest.json --model models/m2f --output out/scores --tasks 11
      """)

  @OptionGroup var request: EvaluationOptions
  @OptionGroup var options: PlanOptions

  func run() throws {
    let work = try PlannedEvaluation(request.job(note: { StandardError.say("note: " + $0) }))
    let name = FileSystem.name(of: request.output)
    let plan = RunPlan(name: name, output: name, tasks: work.divided(tasks: options.tasks), work: work)
    _ = try options.write(plan, output: request.output)
  }
}
