import Planning

/// The batch scripts of a plan: what each task of an array does, and what the job behind it does.
///
/// `exec` puts the program in the shell's place, so that it is the program that Slurm's SIGTERM reaches.
public struct SlurmScript: Sendable {
  /// A command line, word for word.
  let program: String
  let planFile: String
  let logs: String
  let name: String
  let options: SlurmOptions
  /// Seconds before a time limit at which a task is told to finish its part.
  static let warning = 120

  public init(_ run: PlanRun, program: String, options: SlurmOptions) {
    (self.program, self.options) = (program, options)
    (planFile, logs, name) = (run.folder.plan, run.folder.logs, run.plan.name)
  }

  /// An array of tasks; task number is what the array's index says, and `TIRESIAS_FIRST_TASK` more, where a cluster's largest
  /// index is smaller than the number of tasks.
  public var array: String {
    script(
      "tiresias-\(name)", log: "task-%A_%a.log",
      more: ["--signal=B:TERM@\(Self.warning)", "--requeue", "--open-mode=append"],
      command: "exec \(ShellWord.quoted(program)) run --plan \(ShellWord.quoted(planFile)) \(saying)"
        + " --task $((SLURM_ARRAY_TASK_ID + ${TIRESIAS_FIRST_TASK:-0}))\(workers)")
  }

  /// The last step; `next` is done behind it.
  public func finish(next: String? = nil) -> String {
    let finish = "\(ShellWord.quoted(program)) run --plan \(ShellWord.quoted(planFile)) \(saying) --finish\(workers)"
    return script(
      "tiresias-\(name)-finish", log: "finish-%j.log", more: ["--requeue", "--open-mode=append"],
      command: next.map { "\(finish)\n\($0)" } ?? "exec \(finish)")
  }

  private var saying: String { options.logsJSON ? "--log-format json" : "--quiet" }

  private var workers: String { options.cpus.map { " --workers \($0)" } ?? "" }

  private func script(_ job: String, log: String, more: [String], command: String) -> String {
    let lines = ["--job-name=\(job)", "--output=\(Self.pattern(logs))/\(log)"] + options.lines + more
    return "#!/bin/bash\n" + lines.map(Self.directive).joined() + "set -eu\n\(command)\n"
  }

  /// A line of directives, as sbatch reads it: it has quotes of its own, and takes what stands behind a # for a remark.
  static func directive(_ option: String) -> String {
    if ShellWord.isPlain(option) { return "#SBATCH \(option)\n" }
    let escaped = option.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "#SBATCH \"\(escaped)\"\n"
  }

  /// A path in which Slurm replaces nothing.
  private static func pattern(_ path: String) -> String { path.replacing("%", with: "%%") }

  /// Whether text would end a line of a script, or hide in it.
  public static func hasControlCharacters(_ text: String) -> Bool { text.utf8.contains { $0 < 0x20 || $0 == 0x7F } }

  /// Throws for what no script can say: its lines are read by Slurm before the shell sees them.
  func requireWritable() throws {
    for text in [program, planFile, name] + options.lines where Self.hasControlCharacters(text) {
      throw SlurmFailure("sbatch", "'\(text)' holds a control character, which no line of a script can. Rename it.")
    }
    // Slurm takes a backslash for the wish that no %j be replaced.
    guard !logs.utf8.contains(UInt8(ascii: "\\")) else {
      throw SlurmFailure("sbatch", "it takes no backslash in the path of a log, '\(logs)'. Choose another --output.")
    }
  }
}
