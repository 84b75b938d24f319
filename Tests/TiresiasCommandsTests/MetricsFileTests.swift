import ByteIO
import Pipeline
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct MetricsFileTests {
  @Test func theFileSaysHowFarEachPieceOfWorkIs() throws {
    let folder = TemporaryFolder()
    let style = MetricsFile.style(folder.file("tiresias.prom"), .quiet)
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
}
