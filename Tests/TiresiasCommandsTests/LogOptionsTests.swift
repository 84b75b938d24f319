import ByteIO
import StructuredText
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct LogFormatTests {
  @Test(
    arguments: [
      (["run", "x.yaml"], .text), (["run", "--log-format", "json", "x"], .json), (["run", "--log-format=json"], .json),
      (["run", "--log-format"], .text), (["run", "--log-format=yaml"], .text),
      (["run", "--", "--log-format=json"], .text),
      (["run", "--log-format=json", "--log-format", "text"], .text),
    ] as [([String], LogFormat)])
  func theCommandLineSaysIt(arguments: [String], format: LogFormat) {
    #expect(LogFormat.asked(arguments) == format)
  }
}

@Suite(.enabled(if: TiresiasBinary.path != nil && Assets.tokenizer != nil, "needs the built command and the tokenizer"))
struct LogOptionsTests {
  @Test func everyLineOfARunIsAnObjectAndTheLastSaysWhatItWaitedFor() throws {
    let folder = TemporaryFolder()
    try AtomicFile.replace(folder.file("pile.jsonl"), with: Array("{\"text\": \"He said so.\"}\n".utf8))
    let result = try TiresiasBinary.run(
      [
        "tokenize", folder.file("pile.jsonl"), "--tokenizer", Assets.tokenizer ?? "", "--output", folder.file("out"),
        "--log-format", "json",
      ])
    #expect(result.status == 0)
    let lines = try objects(result.errors)
    #expect(lines.first?["event"] == .string("began") && lines.last?["event"] == .string("finished"))
    #expect(lines.allSatisfy { $0["stage"] == .string("tokenize") })
    #expect(lines.last?["bottleneck"] != nil)
  }

  @Test func anErrorIsAnObjectToo() throws {
    let folder = TemporaryFolder()
    let result = try TiresiasBinary.run(
      ["tokenize", folder.file("none.jsonl"), "--tokenizer", Assets.tokenizer ?? "", "--output", folder.file("out")]
        + ["--log-format=json", "--quiet"])
    #expect(result.status == 1)
    let lines = try objects(result.errors)
    #expect(lines.count == 1)
    #expect(lines.first?["level"] == .string("error") && lines.first?["exit"] == .integer(Int64(1)))
  }

  @Test func wrongUsageIsAnObjectToo() throws {
    let result = try TiresiasBinary.run(["tokenize", "--log-format", "json", "--no-such-option"])
    #expect(result.status == 2)
    #expect(try objects(result.errors).map { $0["exit"] } == [.integer(Int64(2))])
  }

  private func objects(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONValue.parse(Array($0.utf8), name: "a line") }
  }
}
