import ArgumentParser
import ByteIO
import Corpus
import Pipeline
import Planning

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
    print(
      """
      \(run.folder.plan): \(plan.tasks.count) tasks, \(plan.work.count) \(plan.work.unit), plan \(run.hash.prefix(16))
        each task:  tiresias run --plan \(run.folder.plan) --task K
        all here:   \(PlanText.xargs(run))
        then:       tiresias run --plan \(run.folder.plan) --finish
        how far:    tiresias status \(run.folder.plan)
      """)
    return run
  }
}

enum PlanText {
  /// What does a plan's missing tasks without a cluster.
  static func xargs(_ run: PlanRun) -> String {
    let tasks = run.missingTasks
    let isAll = tasks.count == run.plan.tasks.count
    let numbers = isAll ? "seq 0 \(tasks.count - 1)" : "echo " + tasks.map(String.init).joined(separator: " ")
    return
      "\(numbers) | \(isAll ? "" : "tr ' ' '\\n' | ")xargs -P 4 -I K tiresias run --plan \(run.folder.plan) --task K"
  }
}

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

/// A pipeline file as `plan` and `submit` take it.
struct PipelineSource: ParsableArguments {
  @Argument(help: "The pipeline file.")
  var pipeline: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Change a setting of the file, as in `tiresias run`. Repeatable.", valueName: "stage.key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Where the results go, instead of the file's emit.to.", valueName: "dir"))
  var output: String?

  @Option(help: "What to do with a line of a raw Pile that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Option(
    help: ArgumentHelp(
      "Streams an input of a raw Pile to standard output, {} being its name: 'ssh data cat {}'.", valueName: "command"))
  var inputCommand: String?

  func validate() throws { try InputCommand.validate(inputCommand) }

  private func load() throws -> (file: PipelineFile, bytes: [UInt8], folder: String, tokens: TokenizeJob?) {
    let bytes = try FileSystem.contents(of: pipeline, limit: 1 << 22)
    let file = try PipelineFile.load(pipeline, bytes: bytes, settings: settings)
    var folder = output ?? file.emit.folder.replacing("{name}", with: file.name)
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    var location = BaseLocation()
    (location.onError, location.inputCommand) = (onError, inputCommand)
    return (file, bytes, folder, try location.job(for: file, emit: folder))
  }

  /// What is to be made next: the tokens of a raw Pile that are not there yet, or the window.
  func plannedOutput() throws -> String {
    let (_, _, folder, tokens) = try load()
    if let tokens, try !tokens.isDone() { return tokens.base }
    return folder
  }

  /// Whether a window is still to be planned behind what is planned now.
  func hasNext() throws -> Bool { try load().tokens.map { try !$0.isDone() } ?? false }

  func plan(tasks: Int) throws -> RunPlan {
    let (file, bytes, folder, tokens) = try load()
    if let tokens, try !tokens.isDone() {
      let work = try PlannedTokenizing(tokens)
      return try RunPlan(
        name: file.name, output: FileSystem.name(of: tokens.base), tasks: work.divided(tasks: tasks), work: work)
    }
    let base =
      switch file.read.source {
      case .idxmap(let prefixes): prefixes
      case .preshuffled(let prefix): [prefix]
      case .pile: tokens.map { [$0.base] } ?? []
      }
    let work = try PlannedWindow(file: pipeline, bytes: bytes, settings: settings, base: base)
    return try RunPlan(
      name: file.name, output: FileSystem.name(of: folder), tasks: work.divided(tasks: tasks), work: work)
  }
}
