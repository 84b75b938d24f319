import ArgumentParser
import ByteIO
import Glibc
import Pipeline
import Planning
import Slurm

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract:
      "Have Slurm make a pipeline's window: plan it, send its tasks as an array, and the last step behind them.",
    discussion: """
      The same command again sends what is neither done nor on its way. A pipeline that reads a raw Pile is sent in two \
      steps, the second by the last job of the first. With a plan's file in place of a pipeline, that plan's tasks are sent.

      Examples:
        tiresias submit pipelines/pythia-deduped-7pct-m2f.yaml --tasks 64 --partition cpu --time 4:00:00 --cpus 16 --output out/m2f
        tiresias submit out/scores.plan/plan.json --partition cpu --time 1:00:00 --cpus 32
      """)

  @OptionGroup var source: PipelineSource

  @Option(help: ArgumentHelp("How many tasks, at most; with a plan, it says.", valueName: "n"))
  var tasks: Int?

  @Option(help: "Slurm's partition.")
  var partition: String?

  @Option(help: ArgumentHelp("A task's time limit, as sbatch takes it.", valueName: "time"))
  var time: String?

  @Option(help: ArgumentHelp("Processors of a task, and its threads.", valueName: "n"))
  var cpus: Int?

  @Option(help: ArgumentHelp("Memory of a task, as sbatch takes it.", valueName: "size"))
  var mem: String?

  @Option(help: "Slurm's account.")
  var account: String?

  @Option(help: ArgumentHelp("How many tasks may run at the same time.", valueName: "n"))
  var atOnce: Int?

  @Option(
    name: .customLong("sbatch"),
    help: ArgumentHelp("Any other option of sbatch, as --sbatch=--qos=low. Repeatable.", valueName: "option"))
  var others: [String] = []

  @Option(help: "What the logs of tasks get: errors alone, or one JSON object a line of what the task does.")
  var logFormat = LogFormat.text

  @Flag(help: "Write plan and scripts, show them, and submit nothing.")
  var dryRun = false

  @Flag(help: "Give up another plan that is there for the same output.")
  var replace = false

  private var isPlan: Bool { source.pipeline.hasSuffix(".json") || FileSystem.isDirectory(source.pipeline) }

  func validate() throws {
    guard isPlan || tasks != nil else { throw ValidationError("Say how many --tasks there may be.") }
    if isPlan && tasks != nil { throw ValidationError("A plan says how many tasks there are: leave --tasks out.") }
    try refuseControlCharacters()
    for (name, value) in [("--tasks", tasks), ("--cpus", cpus), ("--at-once", atOnce)] {
      if let value, !(1...1_000_000).contains(value) { throw ValidationError("\(name) must be from 1 to 1000000.") }
    }
  }

  /// A line of a script must not become two.
  private func refuseControlCharacters() throws {
    let values: [(String, String?)] = [
      ("The pipeline", source.pipeline), ("--output", source.output), ("--partition", partition), ("--time", time),
      ("--mem", mem), ("--account", account),
    ]
    for (name, value) in values + others.map({ ("--sbatch", $0) }) {
      guard let value, SlurmScript.hasControlCharacters(value) else { continue }
      throw ValidationError("\(name) holds a line feed or another control character, which no line of a script can.")
    }
  }

  func run() throws {
    let run = try planned()
    var submission = Submission(run, program: Self.program, options: slurm)
    // The words of this command, for the step behind this one.
    if try !isPlan && source.hasNext() {
      let words = [Self.program] + CommandLine.arguments.dropFirst().filter { $0 != "--dry-run" }
      submission.next = words.map(ShellWord.quoted).joined(separator: " ")
    }
    if dryRun { return try show(submission) }
    guard SlurmCluster().isThere else {
      throw CommandFailure(
        "there is no sbatch on this machine, or none that finds its cluster. Submit on a login node of the cluster, or do the tasks without one: "
          + PlanText.xargs(run))
    }
    print(
      try submission.send().map { said($0, run) } ?? "\(run.folder.plan): nothing to send: all is done or on its way")
  }

  private func planned() throws -> PlanRun {
    if isPlan { return try PlanRun(source.pipeline) }
    return try PlanRun.write(
      source.plan(tasks: tasks ?? 1), output: source.plannedOutput(), replacing: replace)
  }

  private var slurm: SlurmOptions {
    var options = SlurmOptions()
    (options.partition, options.account, options.time) = (partition, account, time)
    (options.cpus, options.memory, options.atOnce, options.others) = (cpus, mem, atOnce, others)
    options.logsJSON = logFormat == .json
    return options
  }

  private func show(_ submission: Submission) throws {
    for path in try submission.writeScripts() {
      print("# \(path)")
      print(String(decoding: try FileSystem.contents(of: path), as: UTF8.self))
    }
  }

  private func said(_ report: Submission.Report, _ run: PlanRun) -> String {
    let jobs = report.arrays.isEmpty ? "" : ", jobs \(report.arrays.map(String.init).joined(separator: ", "))"
    let way = report.onTheirWay.isEmpty ? "" : "; \(report.onTheirWay.count) were on their way"
    return """
      \(run.folder.plan): sent \(report.tasks.count) of \(run.plan.tasks.count) tasks\(jobs), the last step \(report.finish)\(way)
        how far:  tiresias status \(ShellWord.quoted(run.folder.plan))
      """
  }

  /// This program's own path.
  private static var program: String {
    var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = path.withUnsafeMutableBytes {
      readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count > 0 ? String(decoding: path[..<count], as: UTF8.self) : CommandLine.arguments[0]
  }
}
