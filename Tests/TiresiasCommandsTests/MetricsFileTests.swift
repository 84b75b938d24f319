import ByteIO
import Foundation
import Pipeline
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct MetricsFileTests {
  @Test func theFileSaysHowFarEachPieceOfWorkIs() throws {
    let folder = TemporaryFolder()
    let style = MetricsFile.style(folder.file("tiresias.prom"), .text, .quiet)
    let first = Progress("tokenize", total: 100, unit: .bytes, style: style)
    first.advance(100, bytes: 300)
    first.finish()
    let second = Progress("intervene", total: 10, unit: .items("sequences"), done: 4, style: style)
    second.advance(3)
    second.finish()
    let text = String(decoding: try FileSystem.contents(of: folder.file("tiresias.prom")), as: UTF8.self)
    #expect(text.contains("# TYPE tiresias_work_done gauge\n"))
    #expect(text.contains(#"tiresias_work_done{work="tokenize",unit="bytes"} 100"# + "\n"))
    #expect(text.contains(#"tiresias_work_done{work="intervene",unit="sequences"} 7"# + "\n"))
    #expect(text.contains(#"tiresias_work_finished{work="intervene",unit="sequences"} 1"# + "\n"))
  }

  @Test(.enabled(if: TiresiasBinary.path != nil, "needs the built command"), arguments: ["none/m.prom", "pipe"])
  func aFileThatCannotBeWrittenIsToldOnceAndStopsNothing(name: String) throws {
    let folder = TemporaryFolder()
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    try AtomicFile.replace(folder.file("a.jsonl"), with: Array("{\"text\": \"a cat\"}\n".utf8))
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    let result = try TiresiasBinary.run([
      "tokenize", folder.file("a.jsonl"), "--tokenizer", folder.file("tokenizer.json"), "--output", folder.file("out"),
      "--metrics", folder.file(name), "--quiet",
    ])
    #expect(result.status == 0)
    #expect(result.errors.components(separatedBy: "--metrics: ").count == 2, "\(result.errors)")
  }
}
