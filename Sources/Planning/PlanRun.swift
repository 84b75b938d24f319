import ByteIO
import Glibc
import Pipeline

/// A plan where it lies: what has been done of it, and how to do more.
///
/// Any number of these work on the same plan at once, on machines that share its folder. Nothing relies on locks: a task
/// says that it is done by a file that appears whole, and two that do the same task write the same bytes.
public struct PlanRun: Sendable {
  public let folder: PlanFolder
  public let plan: RunPlan
  /// SHA-256 of the plan's file: the name of the run.
  public let hash: String

  /// Opens a plan by its file, its folder or its output; see ``PlanFolder/init(named:)``.
  public init(_ name: String) throws {
    folder = PlanFolder(named: name)
    guard FileSystem.exists(folder.plan), PlanFolder.isPlan(name) else {
      throw PlanFailure(name.hasSuffix(".json") ? name : folder.plan, "there is no plan. `tiresias plan` makes one.")
    }
    let bytes = try FileSystem.contents(of: folder.plan, limit: 1 << 28)
    plan = try RunPlan.parse(bytes, name: folder.plan)
    hash = SHA256.hash(bytes)
  }

  /// Writes a plan into its folder. The same plan again changes nothing; another one is refused while the old one has work
  /// in it, unless that is given up.
  public static func write(_ plan: RunPlan, output: String, replacing: Bool = false) throws -> PlanRun {
    let folder = PlanFolder(output: output)
    guard RunPlan.isPlainName(plan.output) else {
      throw PlanFailure(
        output, "a plan's output has a name of letters, digits and . _ - + @ = , alone. Choose another --output.")
    }
    try plan.work.refuseForeign(PlannedOutput(path: folder.parent + "/" + plan.output, folder: folder))
    let bytes = try plan.serialized()
    if FileSystem.exists(folder.plan) {
      if try FileSystem.contents(of: folder.plan, limit: 1 << 28) == bytes { return try PlanRun(folder.plan) }
      guard replacing else {
        throw PlanFailure(
          folder.plan,
          "another plan is there, of other inputs, settings or tasks. Go on with that one (tiresias submit"
            + " \(ShellWord.quoted(folder.plan))), or give it up with --replace.")
      }
      for name in FileSystem.exists(folder.tasks) ? try FileSystem.names(in: folder.tasks) : [] {
        try FileSystem.remove(folder.tasks + "/" + name)
      }
    }
    for path in [folder.tasks, folder.logs] { try FileSystem.makeDirectory(path) }
    try AtomicFile.replace(folder.plan, with: bytes)
    return try PlanRun(folder.plan)
  }

  public var output: PlannedOutput { PlannedOutput(path: folder.parent + "/" + plan.output, folder: folder) }
  public var isFinished: Bool { plan.work.isFinished(output) }

  // MARK: Tasks

  /// The record of a task that is done, by this plan.
  func record(_ task: Int) -> TaskRecord? {
    guard let record = TaskRecord.read(folder.record(task)), record.plan == hash, record.task == task,
      record.units == plan.tasks[task]
    else { return nil }
    return record
  }

  /// Tasks without a record.
  public var missingTasks: [Int] { isFinished ? [] : plan.tasks.indices.filter { record($0) == nil } }

  /// Does a task; one that is done already returns at once. Returns a line for people.
  public func perform(_ task: Int, _ options: TaskOptions) throws -> String {
    guard plan.tasks.indices.contains(task) else {
      throw PlanFailure(folder.plan, "there is no task \(task); its tasks are 0 to \(plan.tasks.count - 1)")
    }
    let name = "task \(task) of \(plan.name)"
    try plan.requireMaker(folder.plan)
    if isFinished { return "\(name): all of \(output.path) is complete already" }
    try plan.work.refuseForeign(output)
    try refuseIfRunning(task)
    if record(task) != nil { return "\(name): done already" }
    let units = plan.tasks[task]
    let state = TaskState(plan: hash, phase: .running, host: ThisProcess.host, process: ThisProcess.number)
    let heartbeat = Heartbeat(state, path: folder.state(task), label: plan.work.label)
    let started = monotonicSeconds()
    try heartbeat.during {
      var options = options
      options.progress = .observed(heartbeat.observe, options.progress)
      let outputs = try plan.work.perform(units, at: output, options)
      try TaskRecord(
        plan: hash, task: task, units: units, outputs: outputs, seconds: monotonicSeconds() - started,
        host: ThisProcess.host
      ).write(to: folder.record(task))
    }
    return "\(name): \(plan.work.unit) \(units.lowerBound)..<\(units.upperBound) in"
      + " \(duration(monotonicSeconds() - started))"
  }

  /// Waits until it is clear whether a task that was running is still: its next sign of life, or none for long enough. A task
  /// that a cluster has put back into the queue may start before its machine is known to be lost.
  private func refuseIfRunning(_ task: Int) throws {
    let path = folder.state(task)
    guard let first = try? FileSystem.stamp(of: path).modified else { return }
    while let state = TaskState.read(path), state.plan == hash, state.phase == .running, record(task) == nil,
      !state.isOfDeadProcess, try age(of: path) < Heartbeat.patience
    {
      guard try FileSystem.stamp(of: path).modified == first else {
        throw PlanFailure(
          path, "task \(task) is running on \(state.host), process \(state.process). Wait for it, or end it first.")
      }
      usleep(500_000)
    }
  }

  /// Seconds since a file was written, by the clock of the machine that keeps the files: those of other machines may differ.
  func age(of path: String) throws -> Double {
    let probe = folder.tasks + "/.clock.\(ThisProcess.writer)"
    try AtomicFile.replace(probe, with: [0x0A])
    let now = try FileSystem.stamp(of: probe).modified
    try FileSystem.remove(probe)
    return Double(now - (try FileSystem.stamp(of: path).modified)) / 1e9
  }

  /// The last step, behind all tasks. A task whose work is damaged loses its record, and is missing again.
  public func finish(_ options: TaskOptions) throws -> String {
    try plan.requireMaker(folder.plan)
    if isFinished { return "\(output.path): complete already, nothing to do" }
    try plan.work.refuseForeign(output)
    let records = try records()
    try dropLost(records)
    do {
      return try plan.work.finish(records, at: output, options)
    } catch {
      try dropLost(records)
      throw error
    }
  }

  private func records() throws -> [TaskRecord] {
    let missing = missingTasks
    guard missing.isEmpty else { throw missingFailure(missing) }
    return plan.tasks.indices.compactMap(record)
  }

  private func dropLost(_ records: [TaskRecord]) throws {
    let lost = try plan.work.lostUnits(records, at: output)
    let tasks = records.filter { record in lost.contains { $0.overlaps(record.units) } }.map(\.task)
    for task in tasks { try FileSystem.remove(folder.record(task)) }
    guard tasks.isEmpty else { throw missingFailure(tasks) }
  }

  private func missingFailure(_ tasks: [Int]) -> PlanFailure {
    let list = TaskList.text(tasks)
    return PlanFailure(
      folder.plan,
      "\(tasks.count) of \(plan.tasks.count) tasks are not done, or what they made is damaged: \(list). Send"
        + " them again with `tiresias submit \(ShellWord.quoted(folder.plan))`, or run them here with"
        + " `tiresias run --plan \(ShellWord.quoted(folder.plan)) --task K`.")
  }
}
