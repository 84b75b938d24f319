import ByteIO
import TestSupport
import Testing

@testable import Pipeline

@Suite struct WindowSliceTests {
  @Test func anySplitInAnyOrderGivesTheSameWindow() throws {
    let fixture = try WindowFixture()
    let plan = try fixture.plan()
    _ = try fixture.run(plan, "whole")
    let whole = try contents(fixture, "whole")
    var generator = SeededGenerator(seed: 5)
    for round in 0..<4 {
      let name = "split-\(round)"
      let cuts = Set((0..<6).map { _ in Int.random(in: 1..<plan.items.count, using: &generator) }).sorted()
      let ranges = zip([0] + cuts, cuts + [plan.items.count]).map { $0..<$1 }
      for range in ranges.shuffled(using: &generator) { _ = try job(fixture, plan, name).make(range) }
      _ = try job(fixture, plan, name).finish()
      #expect(try contents(fixture, name) == whole)
    }
  }

  @Test func aPlainRunTakesOverFromTasks() throws {
    let fixture = try WindowFixture()
    let plan = try fixture.plan()
    _ = try fixture.run(plan, "whole")
    _ = try job(fixture, plan, "taken").make(30..<70)
    #expect(try job(fixture, plan, "taken").missing() == [0..<30, 70..<plan.items.count])
    #expect(throws: PipelineFailure.self) { try job(fixture, plan, "taken").finish() }
    _ = try job(fixture, plan, "taken").run()
    #expect(try contents(fixture, "taken") == contents(fixture, "whole"))
  }

  @Test func overlappingRangesDoNoHarm() throws {
    let fixture = try WindowFixture()
    let plan = try fixture.plan()
    _ = try fixture.run(plan, "whole")
    for range in [10..<60, 0..<40, 50..<plan.items.count, 0..<plan.items.count] {
      _ = try job(fixture, plan, "over").make(range)
    }
    _ = try job(fixture, plan, "over").finish()
    #expect(try contents(fixture, "over") == contents(fixture, "whole"))
  }

  /// Each kind of file that a machine can lose after it said that it was written.
  @Test(arguments: ["window_document.bin", "control_document.bin", "edits/30-70.jsonl.zst", "slices/30-70.json"])
  func whatWasLostIsMadeAgain(file: String) throws {
    let fixture = try WindowFixture()
    let plan = try fixture.plan()
    _ = try fixture.run(plan, "whole")
    for damage in 0..<3 {
      let name = "lost-\(damage)"
      _ = try job(fixture, plan, name).make(30..<70)
      try self.damage(fixture.folder.file(name + "/unfinished/" + file), damage, at: 31 * plan.itemBytes)
      _ = try job(fixture, plan, name).run()
      #expect(try contents(fixture, name) == contents(fixture, "whole"))
    }
  }

  private func damage(_ path: String, _ kind: Int, at place: Int) throws {
    var bytes = try FileSystem.contents(of: path)
    switch kind {
    case 0: bytes.removeLast(bytes.count - min(place, bytes.count / 2))
    case 1: bytes[min(place, bytes.count / 2)] ^= 0x40
    default: bytes = [UInt8](repeating: 0, count: bytes.count)
    }
    try AtomicFile.replace(path, with: bytes)
  }

  private func job(_ fixture: WindowFixture, _ plan: WindowPlan, _ name: String) -> WindowJob {
    var job = WindowJob(plan, folder: fixture.folder.file(name))
    (job.workers, job.progress) = (2, .quiet)
    return job
  }

  private func contents(_ fixture: WindowFixture, _ name: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for entry in try FileSystem.names(in: fixture.folder.file(name)) {
      let path = name + "/" + entry
      if FileSystem.isDirectory(fixture.folder.file(path)) {
        for (inner, bytes) in try contents(fixture, path) { found[entry + "/" + inner] = bytes }
      } else {
        found[entry] = try FileSystem.contents(of: fixture.folder.file(path))
      }
    }
    return found
  }
}
