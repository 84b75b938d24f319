import ByteIO
import StructuredText
import TestSupport
import Testing

@testable import Planning

@Suite struct PlanStatusTests {
  @Test func tasksAreDoneRunningFailedOrMissing() throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 5, "many")
    _ = try run.perform(0, fixture.options)
    // This process is alive; number 1 on another machine was heard of just now; this machine has no process -1.
    try write(run, 1, .running, host: ThisProcess.host, process: ThisProcess.number)
    try write(run, 2, .running, host: "elsewhere", process: 1)
    try write(run, 3, .running, host: ThisProcess.host, process: 1 << 22 + 1)
    let status = try PlanStatus(run)
    #expect(status.tasks.map(\.phase) == [.done, .running, .running, .failed, .missing])
    #expect(status.text.contains("1 done, 2 running, 1 failed, 1 missing"))
  }

  @Test func whatAnotherPlanSaidIsNotBelieved() throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 5, "many")
    _ = try run.perform(0, fixture.options)
    let text = String(decoding: try FileSystem.contents(of: run.folder.record(0)), as: UTF8.self)
    let other = text.replacing(run.hash, with: String(repeating: "0", count: 64))
    try AtomicFile.replace(run.folder.record(0), with: Array(other.utf8))
    #expect(try PlanStatus(run).tasks[0].phase == .missing)
  }

  @Test func theRateOfRunningTasksTellsTheTimeLeft() throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 5, "many")
    var state = TaskState(plan: run.hash, phase: .running, host: "elsewhere", process: 1)
    (state.total, state.done, state.resumedAt, state.seconds) = (100, 50, 25, 10)
    try state.write(to: run.folder.state(0))
    let json = try PlanStatus(run).json
    let size = run.plan.work.amount(run.plan.tasks[0])
    #expect(json["per_second"] == .double(0.25 * Double(size) / 10))
    #expect(json["seconds_left"] != .null)
  }

  @Test func timesThatAreNoneAreShownAndDoNoHarm() throws {
    let fixture = try PlanFixture()
    let run = try fixture.planTokens(tasks: 5, "many")
    _ = try run.perform(0, fixture.options)
    let record = try #require(TaskRecord.read(run.folder.record(0)))
    for seconds in [-1e300, 1e300, -0.0, .leastNonzeroMagnitude] {
      try TaskRecord(
        plan: record.plan, task: 0, units: record.units, outputs: record.outputs, seconds: seconds, host: "h"
      ).write(to: run.folder.record(0))
      var state = TaskState(plan: run.hash, phase: .running, host: "elsewhere", process: 1)
      (state.total, state.done, state.resumedAt, state.seconds) = (1, Int.max, Int.max, -seconds)
      try state.write(to: run.folder.state(1))
      let status = try PlanStatus(run)
      #expect(try !status.text.isEmpty && !status.json.serialized().isEmpty)
      #expect(status.tasks[0].phase == (0...1e9 ~= seconds ? .done : .missing))
    }
  }

  @Test(arguments: ["../x", "/etc/passwd", "a/../../x", ""])
  func aRecordWhoseFilesAreElsewhereIsNone(path: String) throws {
    let folder = TemporaryFolder()
    let record = { (path: String) in
      TaskRecord(
        plan: "p", task: 0, units: 0..<1, outputs: [TaskOutput(path: path, sha256: "s")], seconds: 1, host: "h")
    }
    try record("scores/a.json").write(to: folder.file("record"))
    #expect(TaskRecord.read(folder.file("record")) == record("scores/a.json"))
    try record(path).write(to: folder.file("record"))
    #expect(TaskRecord.read(folder.file("record")) == nil)
  }

  private func write(_ run: PlanRun, _ task: Int, _ phase: TaskState.Phase, host: String, process: Int) throws {
    try TaskState(plan: run.hash, phase: phase, host: host, process: process).write(to: run.folder.state(task))
  }
}
