import StructuredText
import Testing

@testable import Pipeline

@Suite struct WorkTimesTests {
  @Test func theBottleneckIsTheLargestStageOfTheBusiestThreads() {
    let times = times(working: 12, processor: 11, consuming: 9.5, hashing: 6)
    #expect(times.bottleneck?.stage == .hashing)
    #expect(times.text == "bottleneck: hashing (60 % of the writing thread's time)")
  }

  @Test func busyWorkersAreTheBottleneckHoweverMuchTheOthersDo() {
    let times = times(working: 19.6, processor: 19, consuming: 9.5, hashing: 6)
    #expect(times.text == "bottleneck: matching (95 % of the workers' time)")
  }

  @Test func workersWithoutAProcessorAreStalled() {
    let times = times(working: 19.6, processor: 4, consuming: 1, hashing: 0.5)
    #expect(times.bottleneck?.stage == .stalled)
    #expect(times.text == "bottleneck: waiting for a processor or for pages of a file (78 % of the workers' time)")
  }

  @Test func whatTheWritingThreadDoesBesidesIsWriting() {
    let times = times(working: 2, processor: 2, consuming: 9, hashing: 2)
    #expect(times.entries.last == WorkTimes.Entry(stage: .writing, threads: .writer, seconds: 7, share: 0.7))
    #expect(times.bottleneck?.stage == .writing)
  }

  @Test func aReaderThatIsWaitedForIsSeen() {
    var conveyor = ConveyorTimes()
    (conveyor.seconds, conveyor.workers, conveyor.producing) = (10, 2, 9.9)
    let times = WorkTimes(conveyor, reading: [(.reading, 1), (.decompression, 8.5)], working: .encoding, writing: [])
    #expect(times.text == "bottleneck: decompression (85 % of the reading thread's time)")
  }

  @Test func programsGetEveryStage() throws {
    let bytes = try JSONValue.object(times(working: 12, processor: 11, consuming: 9.5, hashing: 6).members).serialized()
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"bottleneck":"hashing","stages":[{"stage":"matching","threads":"workers","seconds":11.0,"share":0.55},"#
        + #"{"stage":"stalled","threads":"workers","seconds":1.0,"share":0.05},"#
        + #"{"stage":"hashing","threads":"writer","seconds":6.0,"share":0.6},"#
        + #"{"stage":"writing","threads":"writer","seconds":3.5,"share":0.35}]}"#)
  }

  /// Of ten seconds and two workers.
  private func times(working: Double, processor: Double, consuming: Double, hashing: Double) -> WorkTimes {
    var conveyor = ConveyorTimes()
    (conveyor.seconds, conveyor.workers) = (10, 2)
    (conveyor.working, conveyor.processor, conveyor.consuming) = (working, processor, consuming)
    return WorkTimes(conveyor, working: .matching, writing: [(.hashing, hashing)])
  }
}
