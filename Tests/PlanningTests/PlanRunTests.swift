import ByteIO
import Pipeline
import TestSupport
import Testing

@testable import Planning

@Suite struct PlanRunTests {
  @Test(arguments: [1, 3, 8, 1000]) func aWindowMadeByTasksInAnyOrderIsThatOfOneMachine(tasks: Int) throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    try fixture.makeWindow("one")
    let run = try fixture.planWindow(tasks: tasks, "many")
    var generator = SeededGenerator(seed: UInt64(tasks))
    #expect(run.plan.tasks.count == min(tasks, 60))
    for task in run.plan.tasks.indices.shuffled(using: &generator) {
      #expect(throws: PlanFailure.self) { try run.finish(fixture.options) }
      _ = try run.perform(task, fixture.options)
    }
    _ = try run.finish(fixture.options)
    #expect(try fixture.contents("many") == fixture.contents("one"))
    #expect(try run.finish(fixture.options).contains("complete already"))
    #expect(try run.perform(0, fixture.options).contains("complete already"))
  }

  @Test func aFileBesideAPlanIsNotThePlan() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let run = try fixture.planWindow(tasks: 2, "many")
    #expect(try PlanRun(run.folder.plan).hash == run.hash)
    for name in [run.folder.path + "/typo.json", "nope.json"] {
      let failure = #expect(throws: PlanFailure.self) { try PlanRun(name) }
      #expect(failure?.place == name)
    }
  }

  @Test func theOutputOfATaskIsQuotedWhereACommandNamesIt() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    try FileSystem.makeDirectory(fixture.folder.file("a b"))
    let plan = try fixture.planWindow(tasks: 2, "many").plan
    let run = try PlanRun.write(plan, output: fixture.folder.file("a b/many"))
    #expect(try PlanStatus(run).text.contains("tiresias submit '\(run.folder.plan)'"))
  }

  @Test(arguments: [1, 3, 8]) func aPileTokenizedByTasksInAnyOrderIsThatOfOneMachine(tasks: Int) throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing("one").run()
    let run = try fixture.planTokens(tasks: tasks, "many")
    for task in run.plan.tasks.indices.reversed() { _ = try run.perform(task, fixture.options) }
    _ = try run.finish(fixture.options)
    #expect(try fixture.tokens("many") == fixture.tokens("one"))
    #expect(try PlanStatus(run).isFinished)
  }

  @Test func aFinishedOutputOfOtherWorkIsNotTakenForThePlans() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let run = try fixture.planWindow(tasks: 2, "many")
    try fixture.makeWindow("many", settings: ["retokenize.length=slide"])
    #expect(!run.isFinished && run.missingTasks == [0, 1])
    for step in [{ try run.perform(0, fixture.options) }, { try run.finish(fixture.options) }] {
      #expect(throws: (any Error).self) { try step() }
    }
    try FileSystem.remove(run.folder.plan)
    let failure = #expect(throws: PipelineFailure.self) { try fixture.planWindow(tasks: 2, "many") }
    #expect(failure?.description.contains("the length policy") == true)
    _ = try fixture.tokenizing("many").run()
    try AtomicFile.replace(fixture.folder.file("pile/0.jsonl"), with: Array("{\"text\": \"cat\"}\n".utf8))
    #expect(throws: PlanFailure.self) { try fixture.planTokens(tasks: 2, "many") }
  }

  @Test func aFinishedOutputOfWhichAFileIsGoneIsNotComplete() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let run = try fixture.planWindow(tasks: 1, "many")
    _ = try run.perform(0, fixture.options)
    _ = try run.finish(fixture.options)
    #expect(run.isFinished)
    try FileSystem.remove(fixture.folder.file("many/control_document.bin"))
    #expect(!run.isFinished)
    let failure = #expect(throws: PipelineFailure.self) { try run.finish(fixture.options) }
    #expect(failure?.description.contains("control_document.bin") == true)
    #expect(throws: PipelineFailure.self) { try fixture.makeWindow("many") }
  }

  @Test func aBaseThatChangesBetweenTasksIsNoticed() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let run = try fixture.planWindow(tasks: 2, "many")
    _ = try run.perform(0, fixture.options)
    let path = fixture.folder.file("base_text_document.bin")
    var bytes = try FileSystem.contents(of: path)
    bytes.swapAt(0, 2)
    try AtomicFile.replace(path, with: bytes)
    let failure = #expect(throws: PlanFailure.self) { try run.perform(1, fixture.options) }
    #expect(failure?.description.contains("base_text_document.bin") == true)
    #expect(throws: PlanFailure.self) { try run.finish(fixture.options) }
  }

  @Test(arguments: [0, 1, 2]) func aTaskWhoseRecordIsDamagedIsDoneAgain(round: Int) throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    try fixture.makeWindow("one")
    let run = try fixture.planWindow(tasks: 2, "many")
    var random = SeededGenerator(seed: UInt64(round))
    for task in 0..<2 { _ = try run.perform(task, fixture.options) }
    let slices = fixture.folder.file("many/unfinished/slices")
    for path in try FileSystem.names(in: slices).map({ slices + "/" + $0 }) + [run.folder.record(1)] {
      var bytes = try FileSystem.contents(of: path)
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try AtomicFile.replace(path, with: bytes)
    }
    #expect(throws: PlanFailure.self) { try run.finish(fixture.options) }
    for task in run.missingTasks { _ = try run.perform(task, fixture.options) }
    if !run.missingTasks.isEmpty || (try? run.finish(fixture.options)) == nil {
      for task in run.missingTasks { _ = try run.perform(task, fixture.options) }
      _ = try run.finish(fixture.options)
    }
    #expect(try fixture.contents("many") == fixture.contents("one"))
  }

  @Test func aTaskThatIsDoneIsNotDoneAgain() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let run = try fixture.planWindow(tasks: 3, "many")
    _ = try run.perform(1, fixture.options)
    let record = try FileSystem.stamp(of: run.folder.record(1))
    #expect(try run.perform(1, fixture.options).contains("done already"))
    #expect(try FileSystem.stamp(of: run.folder.record(1)) == record)
    #expect(run.missingTasks == [0, 2])
  }

  @Test func theSameTaskAtTheSameTimeDoesNoHarm() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    try fixture.makeWindow("one")
    let run = try fixture.planWindow(tasks: 2, "many")
    let (units, options) = (run.plan.tasks[0], fixture.options)
    // Below the signs of life, which would keep the second out.
    let threads = try (0..<3).map { _ in
      try WorkerThread { _ = try? run.plan.work.perform(units, at: run.output, options) }
    }
    for thread in threads { thread.join() }
    for task in 0..<2 { _ = try run.perform(task, fixture.options) }
    _ = try run.finish(fixture.options)
    #expect(try fixture.contents("many") == fixture.contents("one"))
  }

  @Test func whatADiskLosesIsFoundBeforeAnythingHasItsFinalName() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    try fixture.makeWindow("one")
    let run = try fixture.planWindow(tasks: 4, "many")
    for task in 0..<4 { _ = try run.perform(task, fixture.options) }
    let data = try PositionedFile(fixture.folder.file("many/unfinished/window_document.bin"))
    let place = run.plan.tasks[2].lowerBound * 66 + 5
    try [UInt8](repeating: 0xFF, count: 20).withUnsafeBytes { try data.write($0, at: place) }
    #expect(throws: PlanFailure.self) { try run.finish(fixture.options) }
    #expect(run.missingTasks == [2])
    #expect(!FileSystem.exists(fixture.folder.file("many/window_document.bin")))
    _ = try run.perform(2, fixture.options)
    _ = try run.finish(fixture.options)
    #expect(try fixture.contents("many") == fixture.contents("one"))
  }

  @Test func aDamagedPartOfTokensIsMadeAgain() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing("one").run()
    let run = try fixture.planTokens(tasks: 3, "many")
    for task in 0..<3 { _ = try run.perform(task, fixture.options) }
    let units = run.plan.tasks[1]
    let bin = run.folder.parts + "/\(units.lowerBound)-\(units.upperBound)_text_document.bin"
    var bytes = try FileSystem.contents(of: bin)
    bytes[7] ^= 1
    try AtomicFile.replace(bin, with: bytes)
    #expect(throws: PlanFailure.self) { try run.finish(fixture.options) }
    #expect(run.missingTasks == [1])
    _ = try run.perform(1, fixture.options)
    _ = try run.finish(fixture.options)
    #expect(try fixture.tokens("many") == fixture.tokens("one"))
  }

  @Test func changedInputsAreRefused() throws {
    let fixture = try PlanFixture()
    _ = try fixture.tokenizing.run()
    let window = try fixture.planWindow(tasks: 3, "many")
    let tokens = try fixture.planTokens(tasks: 3, "other")
    var rules = try FileSystem.contents(of: fixture.folder.file("rules.yaml"))
    rules += Array("# changed\n".utf8)
    try AtomicFile.replace(fixture.folder.file("rules.yaml"), with: rules)
    #expect(throws: PlanFailure.self) { try window.perform(0, fixture.options) }
    try AtomicFile.replace(fixture.folder.file("pile/0.jsonl"), with: [])
    #expect(throws: PlanFailure.self) { try tokens.perform(0, fixture.options) }
    #expect(try PlanStatus(tokens).count(.failed) == 1)
    #expect(try PlanStatus(tokens).text.contains("has changed"))
  }

  @Test func anotherPlanForTheSameOutputIsRefused() throws {
    let fixture = try PlanFixture()
    let first = try fixture.planTokens(tasks: 3, "many")
    #expect(try fixture.planTokens(tasks: 3, "many").hash == first.hash)
    #expect(throws: PlanFailure.self) { try fixture.planTokens(tasks: 2, "many") }
  }
}
