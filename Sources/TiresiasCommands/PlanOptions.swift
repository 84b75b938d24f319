import ArgumentParser
import Planning

/// How work is divided.
struct PlanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("How many tasks, at most.", valueName: "n"))
  var tasks: Int

  @Flag(help: "Give up another plan that is there for the same output, and what its tasks say of themselves.")
  var replace = false

  func validate() throws {
    guard (1...1_000_000).contains(tasks) else { throw ValidationError("--tasks must be from 1 to 1000000.") }
  }

  /// Writes a plan and says what can be done with it.
  func write(_ plan: RunPlan, output: String) throws -> PlanRun {
    let run = try PlanRun.write(plan, output: output, replacing: replace)
    let file = ShellWord.quoted(run.folder.plan)
    print(
      """
      \(run.folder.plan): \(plan.tasks.count) tasks, \(plan.work.count) \(plan.work.unit), plan \(run.hash.prefix(16))
        each task:  tiresias run --plan \(file) --task K
        all here:   \(PlanText.xargs(run))
        then:       tiresias run --plan \(file) --finish
        how far:    tiresias status \(file)
      """)
    return run
  }
}

enum PlanText {
  /// What does a plan's missing tasks without a cluster.
  static func xargs(_ run: PlanRun) -> String {
    let tasks = run.missingTasks
    guard !tasks.isEmpty else { return "nothing, all tasks are done" }
    let isAll = tasks.count == run.plan.tasks.count
    let numbers = isAll ? "seq 0 \(tasks.count - 1)" : "echo " + tasks.map(String.init).joined(separator: " ")
    let command = "tiresias run --plan \(ShellWord.quoted(run.folder.plan)) --task K"
    return "\(numbers) | \(isAll ? "" : "tr ' ' '\\n' | ")xargs -P 4 -I K \(command)"
  }
}
