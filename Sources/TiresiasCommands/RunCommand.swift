import ArgumentParser
import ByteIO
import Corpus
import Pipeline
import Planning

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract:
      "Make the window that a pipeline file describes: edited samples, control, edit log, index maps, manifest.",
    discussion: """
      The same inputs give the same bytes for any number of workers, and a run that was interrupted goes on where it was \
      when it is started again. A raw Pile is tokenized first; the result is kept in OUT/../base for other variants.

      With --plan it does one task of a plan that `tiresias plan` made, or the last step behind all of them: see \
      docs/clusters.md.

      Examples:
        tiresias run pipelines/pythia-deduped-7pct-m2f.yaml --set read.idxmap=data/pile_0.87_deduped_text_document --dry-run --sample 1000
        tiresias run --plan out/m2f.plan/plan.json --task 3
        tiresias run --plan out/m2f.plan/plan.json --finish
      """)

  @Argument(help: "The pipeline file.")
  var pipeline: String?

  @Option(help: ArgumentHelp("A plan to do a task of, in place of a pipeline file.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("With --plan: the task to do, from 0.", valueName: "k"))
  var task: Int?

  @Flag(help: "With --plan: check and complete what all tasks have made.")
  var finish = false

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a setting of the file, such as select.fraction=0.25. Repeatable.", valueName: "stage.key=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("Where the results go, instead of the file's emit.to.", valueName: "dir"))
  var output: String?

  @Option(help: "Threads that work.")
  var workers = Workers.available

  @Flag(help: "Say what would be read and written, and how large it is; write nothing but a tokenized Pile.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "With --dry-run: also edit this many sequences, spread over the window, and estimate what the whole comes to.",
      valueName: "n"))
  var sample: Int?

  @Option(help: "What to do with a line of a raw Pile that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Option(
    help: ArgumentHelp(
      "Streams an input of a raw Pile to standard output, {} being its name: 'ssh data cat {}'.", valueName: "command"))
  var inputCommand: String?

  @Flag(help: "Where a Pile was tokenized before: compare its inputs by contents, not by size and time.")
  var rehash = false

  @OptionGroup var log: LogOptions

  func validate() throws {
    guard workers > 0 else { throw ValidationError("--workers must be at least 1, not \(workers).") }
    try validatePlan()
    try InputCommand.validate(inputCommand)
    guard let sample else { return }
    guard dryRun else { throw ValidationError("--sample estimates without writing: add --dry-run.") }
    guard (1...1_000_000).contains(sample) else { throw ValidationError("--sample must be from 1 to 1000000.") }
  }

  private func validatePlan() throws {
    guard (pipeline == nil) != (plan == nil) else { throw ValidationError("Give a pipeline file, or --plan.") }
    guard plan != nil else {
      if task != nil || finish { throw ValidationError("--task and --finish go with --plan.") }
      return
    }
    guard (task == nil) == finish else { throw ValidationError("--plan takes either --task K or --finish.") }
    if !settings.isEmpty || output != nil || dryRun || inputCommand != nil {
      throw ValidationError("A plan is frozen: --set, --output, --dry-run and --input-command go with `tiresias plan`.")
    }
  }

  func run() throws {
    Interruption.watch()
    if let plan {
      var options = TaskOptions()
      (options.workers, options.progress) = (workers, log.progress)
      let run = try PlanRun(plan)
      print(try task.map { try run.perform($0, options) } ?? run.finish(options))
    } else if let pipeline {
      try run(pipeline)
    }
  }

  private func run(_ pipeline: String) throws {
    let bytes = try FileSystem.contents(of: pipeline, limit: 1 << 22)
    let file = try PipelineFile.load(pipeline, bytes: bytes, settings: settings)
    let folder = output ?? file.emit.folder.replacing("{name}", with: file.name)
    var location = BaseLocation()
    location.workers = workers
    location.onError = onError
    location.inputCommand = inputCommand
    location.rehash = rehash
    location.progress = log.progress
    let plan = try WindowPlan(file, base: location.prefixes(for: file, emit: folder))
    if dryRun {
      print(try DryRun(plan, folder: folder).text())
      if let sample {
        print("")
        print(try WindowEstimate(plan, sample: sample, progress: location.progress).text)
      }
      return
    }
    var job = WindowJob(plan, folder: folder)
    job.workers = workers
    job.progress = location.progress
    let report = try job.run()
    print(report.isReused ? "\(folder): complete already, nothing to do" : WindowSummary(report.manifest).text(folder))
  }
}
