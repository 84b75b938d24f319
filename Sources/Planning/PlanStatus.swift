import ByteIO
import Pipeline
import StructuredText

/// How far a plan is, from its files alone: no cluster is asked.
public struct PlanStatus: Sendable {
  public enum TaskPhase: String, Sendable { case done, running, failed, missing }

  public struct Task: Sendable {
    public let number: Int
    public let units: Range<Int>
    public let phase: TaskPhase
    /// Of its work, from 0 to 1.
    public let share: Double
    /// Where it runs or ran, and why it failed.
    public let note: String
    /// What it does a second now, in the plan's amounts; nil where it does not run.
    let rate: Double?
  }

  public let name: String
  public let hash: String
  public let isFinished: Bool
  public let tasks: [Task]
  private let plan: RunPlan
  private let folder: PlanFolder
  private let secondsOfDone: Double

  public init(_ run: PlanRun) throws {
    (name, hash, plan, folder) = (run.plan.name, run.hash, run.plan, run.folder)
    let isFinished = run.isFinished
    self.isFinished = isFinished
    let records = run.plan.tasks.indices.map { run.record($0) }
    secondsOfDone = records.reduce(0) { $0 + ($1?.seconds ?? 0) }
    tasks = try zip(run.plan.tasks.indices, records).map { try Self.task($0, $1, run, isFinished) }
  }

  private static func task(_ number: Int, _ record: TaskRecord?, _ run: PlanRun, _ isFinished: Bool) throws -> Task {
    let units = run.plan.tasks[number]
    let task = { (phase: TaskPhase, share: Double, note: String, rate: Double?) in
      Task(number: number, units: units, phase: phase, share: share, note: note, rate: rate)
    }
    if let record { return task(.done, 1, "\(record.host), \(duration(record.seconds))", nil) }
    if isFinished { return task(.done, 1, "", nil) }
    let path = run.folder.state(number)
    guard let state = TaskState.read(path), state.plan == run.hash else { return task(.missing, 0, "", nil) }
    let share = state.total > 0 ? min(1, Double(state.done) / Double(state.total)) : 0
    let place = "\(state.host), process \(state.process)"
    if state.phase == .failed { return task(.failed, share, "\(place): \(state.message)", nil) }
    let age = (try? run.age(of: path)) ?? 0
    guard age < Heartbeat.patience, !state.isOfDeadProcess else {
      return task(.failed, share, "\(place): ended without a word, last heard of \(duration(age)) ago", nil)
    }
    let fresh = share - (state.total > 0 ? Double(state.resumedAt) / Double(state.total) : 0)
    let rate = state.seconds > 1 ? fresh * Double(run.plan.work.amount(units)) / state.seconds : nil
    return task(.running, share, place, rate)
  }

  public func count(_ phase: TaskPhase) -> Int { tasks.count { $0.phase == phase } }

  private func amount(_ tasks: [Task]) -> Double {
    tasks.reduce(0) { $0 + $1.share * Double(plan.work.amount($1.units)) }
  }

  private var total: Int { plan.work.amount(0..<plan.work.count) }

  /// Of all tasks that run, a second; nil where none does.
  private var rate: Double? {
    let rates = tasks.compactMap(\.rate)
    return rates.isEmpty ? nil : rates.reduce(0, +)
  }

  private var secondsLeft: Double? {
    guard let rate, rate > 0 else { return nil }
    return max(0, Double(total) - amount(tasks)) / rate
  }

  // MARK: For people

  public var text: String {
    let phases: [TaskPhase] = [.done, .running, .failed, .missing]
    var lines = [
      "\(name): \(plan.tasks.count) tasks, \(plan.work.count) \(plan.work.unit), plan \(hash.prefix(16))",
      "  " + phases.map { "\(count($0)) \($0.rawValue)" }.joined(separator: ", "),
      "  \(said(amount(tasks))) of \(said(Double(total))) done\(speed)",
    ]
    for phase in [TaskPhase.running, .failed, .missing] {
      let found = tasks.filter { $0.phase == phase }
      if found.isEmpty { continue }
      lines.append("  \(phase.rawValue): \(TaskList.text(found.map(\.number)))")
      lines += found.filter { !$0.note.isEmpty }.prefix(10).map {
        "    \($0.number)  \(Int($0.share * 100)) %  \($0.note)"
      }
    }
    return (lines + [next]).joined(separator: "\n")
  }

  private var speed: String {
    if let rate {
      return ", \(said(rate))/s" + (secondsLeft.map { ", \(duration($0)) left" } ?? "")
    }
    let done = amount(tasks.filter { $0.phase == .done })
    return secondsOfDone > 0.001 && done > 0 ? ", \(said(done / secondsOfDone))/s a task" : ""
  }

  private var next: String {
    if isFinished { return "  finished" }
    if count(.done) == tasks.count { return "  next: tiresias run --plan \(ShellWord.quoted(folder.plan)) --finish" }
    let waiting = tasks.filter { $0.phase == .failed || $0.phase == .missing }
    return waiting.isEmpty
      ? "  next: wait" : "  next: tiresias submit \(ShellWord.quoted(folder.plan)), or run --plan … --task K for these"
  }

  private func said(_ amount: Double) -> String {
    switch plan.work.amountUnit {
    case .bytes: return byteAmount(amount)
    case .items(let name): return amount < 100 ? "\(Double(Int(amount * 10)) / 10) \(name)" : "\(Int(amount)) \(name)"
    }
  }

  // MARK: For programs

  public var json: JSONValue {
    [
      "name": .string(name), "plan": .string(hash), "finished": .bool(isFinished), "unit": .string(plan.work.unit),
      "done": .integer(Int64(count(.done))), "running": .integer(Int64(count(.running))),
      "failed": .integer(Int64(count(.failed))), "missing": .integer(Int64(count(.missing))),
      "share": .double(total > 0 ? amount(tasks) / Double(total) : 1),
      "per_second": rate.map { .double($0) } ?? .null, "seconds_left": secondsLeft.map { .double($0) } ?? .null,
      "tasks": .array(
        tasks.map {
          [
            "task": .integer(Int64($0.number)), "first": .integer(Int64($0.units.lowerBound)),
            "end": .integer(Int64($0.units.upperBound)), "state": .string($0.phase.rawValue),
            "share": .double($0.share), "note": .string($0.note),
          ]
        }),
    ]
  }
}
