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
      command: "exec \(Self.quoted(program)) run --plan \(Self.quoted(planFile)) \(saying)"
        + " --task $((SLURM_ARRAY_TASK_ID + ${TIRESIAS_FIRST_TASK:-0}))\(workers)")
  }

  /// The last step; `next` is done behind it.
  public func finish(next: String? = nil) -> String {
    let finish = "\(Self.quoted(program)) run --plan \(Self.quoted(planFile)) \(saying) --finish\(workers)"
    return script(
      "tiresias-\(name)-finish", log: "finish-%j.log", more: ["--requeue", "--open-mode=append"],
      command: next.map { "\(finish)\n\($0)" } ?? "exec \(finish)")
  }

  private var saying: String { options.logsJSON ? "--log-format json" : "--quiet" }

  private var workers: String { options.cpus.map { " --workers \($0)" } ?? "" }

  private func script(_ job: String, log: String, more: [String], command: String) -> String {
    let lines = ["--job-name=\(job)", "--output=\(logs)/\(log)"] + options.lines + more
    return "#!/bin/bash\n" + lines.map { "#SBATCH \($0)\n" }.joined() + "set -eu\n\(command)\n"
  }

  /// A word that the shell takes as it is.
  public static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy {
      ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || "._-+@=,/:%".utf8.contains($0)
    }
    if isPlain && !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
