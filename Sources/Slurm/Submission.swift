import ByteIO
import Planning
import StructuredText

/// What is sent to the cluster, and what was: the tasks of a plan that are neither done nor on their way, as arrays, and the
/// job behind them.
public struct Submission: Sendable {
  private let run: PlanRun
  private let program: String
  private let options: SlurmOptions
  private let cluster: SlurmCluster
  /// A command behind the last step, for work that goes on with its result.
  public var next: String?

  public init(_ run: PlanRun, program: String, options: SlurmOptions, cluster: SlurmCluster = SlurmCluster()) {
    (self.run, self.program, self.options, self.cluster) = (run, program, options, cluster)
  }

  /// A job that was sent: the tasks of an array begin at `first`; nil for the last step.
  struct Job: Equatable, Sendable {
    let number: Int
    let first: Int?
  }

  public struct Report: Sendable {
    public let tasks: [Int]
    public let arrays: [Int]
    public let finish: Int
    /// Tasks that wait or run already.
    public let onTheirWay: [Int]
  }

  private var arrayScript: String { run.folder.path + "/array.sbatch" }
  private var finishScript: String { run.folder.path + "/finish.sbatch" }
  private var jobsFile: String { run.folder.path + "/jobs.json" }

  /// Writes the scripts. Returns their paths.
  public func writeScripts() throws -> [String] {
    let script = SlurmScript(run, program: program, options: options)
    try script.requireWritable()
    try FileSystem.makeDirectory(run.folder.logs)
    try AtomicFile.replace(arrayScript, with: Array(script.array.utf8))
    try AtomicFile.replace(finishScript, with: Array(script.finish(next: next).utf8))
    return [arrayScript, finishScript]
  }

  /// Sends what is missing. Nil if nothing is: all is done, or on its way.
  public func send() throws -> Report? {
    _ = try writeScripts()
    let jobs = try readJobs()
    let live = try cluster.live(jobs.map(\.number))
    let onTheirWay = live.compactMap { task in
      jobs.first { $0.number == task.job }?.first.flatMap { first in task.index.map { first + $0 } }
    }
    let tasks = run.missingTasks.filter { !onTheirWay.contains($0) }
    let finishes = jobs.filter { job in job.first == nil && live.contains { $0.job == job.number } }.map(\.number)
    if run.isFinished || tasks.isEmpty && !finishes.isEmpty { return nil }
    // A last step that waits for less than all would only say what is missing.
    try cluster.cancel(finishes)
    var sent = jobs.filter { job in job.first != nil && live.contains { $0.job == job.number } }
    var arrays: [Int] = []
    for (first, indices) in Self.arrays(tasks, size: tasks.isEmpty ? 1 : try cluster.maximumArraySize()) {
      arrays.append(try cluster.submit(arrayScript, arguments(first, indices)))
      sent.append(Job(number: arrays[arrays.count - 1], first: first))
      try write(sent)
    }
    // Behind all, however they end: the last step says what is missing.
    let before = sent.map { String($0.number) }.joined(separator: ":")
    let finish = try cluster.submit(finishScript, before.isEmpty ? [] : ["--dependency=afterany:\(before)"])
    try write(sent + [Job(number: finish, first: nil)])
    return Report(tasks: tasks, arrays: arrays, finish: finish, onTheirWay: onTheirWay.sorted())
  }

  private func arguments(_ first: Int, _ indices: [Int]) -> [String] {
    let limit = options.atOnce.map { "%\($0)" } ?? ""
    return ["--array=\(TaskList.text(indices))\(limit)", "--export=ALL,TIRESIAS_FIRST_TASK=\(first)"]
  }

  /// Tasks as arrays whose indices are all below `size`: each array has tasks from `first` on.
  static func arrays(_ tasks: [Int], size: Int) -> [(first: Int, indices: [Int])] {
    let size = max(1, size)
    return Set(tasks.map { $0 / size * size }).sorted().map { first in
      (first, tasks.filter { $0 / size * size == first }.map { $0 - first })
    }
  }

  // MARK: What was sent

  private func write(_ jobs: [Job]) throws {
    let json: JSONValue = [
      "jobs": .array(
        jobs.map { job in
          ["number": .integer(Int64(job.number)), "first_task": job.first.map { .integer(Int64($0)) } ?? .null]
        })
    ]
    try AtomicFile.replace(jobsFile, with: json.serialized(.pretty))
  }

  private func readJobs() throws -> [Job] {
    guard FileSystem.exists(jobsFile) else { return [] }
    let node = try JSONNode.parse(FileSystem.contents(of: jobsFile, limit: 1 << 24), name: jobsFile)
    return try node.member("jobs").elements().map { job in
      let first = try job.member("first_task")
      return Job(
        number: try job.member("number").int(in: 0...Int.max),
        first: first.isNull ? nil : try first.int(in: 0...Int.max))
    }
  }
}
