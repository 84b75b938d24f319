import Testing
import TrainingOrder

struct WindowTests {
  @Test(arguments: [
    ("pythia", "7%", 133_000), ("pythia", "21%", 113_000), ("pythia-v0-4m", "7%", 66_500),
    ("pythia-v0-4m", "21%", 56_500), ("pythia", "100%", 0), ("pythia", "7.0%", 133_000), ("pythia", "50 %", 72_000),
  ])
  func aShareStartsAtTheNearestCheckpoint(run: String, share: String, start: Int) throws {
    let run = try TrainingRun.preset(run)
    let window = try Window(last: share, of: run)
    #expect(window.steps == start..<run.trainIterations)
    #expect(window.requestedShare == share)
  }

  @Test func sequencesOfThePublishedWindows() throws {
    let run = try TrainingRun.preset("pythia")
    #expect(try Window(last: "7%", of: run).sequences(of: run) == 136_192_000..<146_432_000)
    #expect(try Window(last: "21%", of: run).sequences(of: run) == 115_712_000..<146_432_000)
    #expect(try Window(steps: "10..<12", of: run).sequences(of: run) == 10_240..<12_288)
  }

  @Test(arguments: [("50%", 5), ("45%", 6), ("55%", 5), ("35%", 7), ("0.0001%", 10), ("99.99%", 0), ("12.5%", 9)])
  func withoutCheckpointsTheNearestStepAndOfATieTheLater(share: String, start: Int) throws {
    let run = try TrainingRun(trainIterations: 10, batchSize: 1, sequenceLength: 1)
    if start == 10 {
      #expect(throws: OrderFailure.self) { try Window(last: share, of: run) }
    } else {
      #expect(try Window(last: share, of: run).steps == start..<10)
    }
  }

  @Test func aTieBetweenCheckpointsGivesTheLater() throws {
    let run = try TrainingRun(trainIterations: 1000, batchSize: 1, sequenceLength: 1, checkpointEvery: 100)
    #expect(try Window(last: "15%", of: run).steps == 900..<1000)
    #expect(try Window(last: "15.0000000001%", of: run).steps == 800..<1000)
    #expect(throws: OrderFailure.self) { try Window(last: "5%", of: run) }
  }

  @Test(arguments: ["7", "0%", "0.0%", "101%", "-7%", "%", "7%%", ".5%", "1.2.3%", "7e1%", "", "1234567890123456789%"])
  func otherSharesAreRefused(share: String) throws {
    let run = try TrainingRun.preset("pythia")
    #expect(throws: OrderFailure.self) { try Window(last: share, of: run) }
  }

  @Test(arguments: [
    "5..<5", "9..<8", "-1..<3", "0..<143001", "5", "a..<b", "1...3", "..<", "1..<2..<3", "99999999999999999999..<1",
  ])
  func stepsOutsideTheRunAreRefused(steps: String) throws {
    let run = try TrainingRun.preset("pythia")
    #expect(throws: OrderFailure.self) { try Window(steps: steps, of: run) }
  }

  @Test func presetsAreThePublishedRuns() throws {
    let run = try TrainingRun.preset("pythia")
    #expect(run.sampleCount(.train) == 146_432_000)
    #expect(run.checkpointEvery == 1000 && run.seed == 1234 && run.sequenceLength == 2048)
    #expect(try TrainingRun.preset("pythia-v0-4m").sampleCount(.train) == 146_432_000)
    #expect(throws: OrderFailure.self) { try TrainingRun.preset("pythja") }
  }

  @Test func runsThatCannotBeAreRefused() {
    for (steps, batch, length) in [(0, 1, 1), (1, 0, 1), (1, 1, 0), (-1, 1, 1), (Int.max, 2, 1), (1 << 40, 1 << 20, 1)]
    {
      #expect(throws: OrderFailure.self) {
        try TrainingRun(trainIterations: steps, batchSize: batch, sequenceLength: length)
      }
    }
  }
}
