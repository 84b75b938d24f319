import StructuredText
import Testing

@testable import Pipeline

@Suite struct LogEventTests {
  @Test func anEventIsOneLineOfJSON() throws {
    let event = LogEvent(.note, "two\nlines \"quoted\" \u{1}", [JSONMember("stage", .string("tokenize"))])
    let line = event.line(time: "2026-11-21T08:00:00.123Z", host: "node1", process: 17)
    #expect(
      line
        == #"{"time":"2026-11-21T08:00:00.123Z","level":"info","event":"note","message":"two\nlines \"quoted\" \u0001","#
        + #""host":"node1","process":17,"stage":"tokenize"}"# + "\n")
  }

  @Test func anErrorSaysThatItIsOne() {
    let line = LogEvent(.error, level: .error, "x", [JSONMember("exit", .integer(Int64(1)))])
      .line(time: "t", host: "h", process: 1)
    #expect(
      line == #"{"time":"t","level":"error","event":"error","message":"x","host":"h","process":1,"exit":1}"# + "\n")
  }

  @Test func aNumberThatIsNoneCostsTheFieldsAndNotTheLine() {
    let line = LogEvent(.progress, "x", [JSONMember("rate", .double(.nan))]).line(time: "t", host: "h", process: 1)
    #expect(line == #"{"time":"t","level":"info","event":"progress","message":"x","host":"h","process":1}"# + "\n")
  }

  @Test func theTimeIsInUTCToTheMillisecond() {
    #expect(LogEvent.now.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ/) != nil)
  }
}
