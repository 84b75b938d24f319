import ArgumentParser
import ByteIO
import StructuredText
import TestSupport
import Testing
import TokenDataset
import Tokenization

@testable import TiresiasCommands

/// `stats` as it is typed, on data of a few documents.
struct StatsCommandTests {
  let folder = TemporaryFolder()
  let numbers: [String]

  init() throws {
    let path = folder.file("tokenizer.json")
    try TinyTokenizer.write(path)
    let encoder = Encoder(try Tokenizer(path: path))
    let writer = try TokenDatasetWriter(folder.file("data"), type: .uint16)
    for text in ["she saw her cat", "He's her brother. Her own, too", "they went to them"] {
      try writer.append(try encoder.encode(Array(text.utf8)) + [0])
    }
    try writer.finish()
    numbers = [
      "--dataset", folder.file("data"), "--samples", "6", "--sequence-length", "9", "--seed", "3", "--batch-size", "2",
      "--tokenizer", path,
    ]
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func itPrintsTablesAndWritesFiles() throws {
    let output = folder.file("stats")
    let arguments = ["stats"] + numbers + ["--term", "her", "--term", "she", "--every", "1", "--output", output]
    let result = try TiresiasBinary.run(arguments + ["--python", "/dev/null"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("per million"))
    #expect(result.errors.contains("no chart"))
    #expect(result.errors.contains("no subsets for data: it has no sidecar"))
    let node = try JSONNode.parse(try FileSystem.contents(of: output + "/stats.json"), name: "stats.json")
    let rows = try node.member("rows").elements()
    #expect(rows.count % 2 == 0 && rows.count >= 4)
    #expect(try rows.reduce(0) { try $0 + $1.member("count").int(in: 0...99) } > 0)
    #expect(FileSystem.exists(output + "/terms.vl.json") && FileSystem.exists(output + "/stats.tsv"))
    let alone = try TiresiasBinary.run(["stats"] + numbers + ["--quiet", "--workers", "3"])
    #expect(alone.status == 0 && alone.errors.isEmpty && alone.output.contains("themselves"))
  }

  @Test func wrongUseIsAUsageError() {
    for extra in [["--steps", "3"], ["--every", "0"], ["--workers", "0"], ["a.json", "--window", "b.json"]] {
      #expect(throws: (any Error).self) { try StatsCommand.parse(numbers + extra) }
    }
    #expect(throws: (any Error).self) { try StatsCommand.parse(Array(numbers.dropLast(2))) }
    #expect(throws: Never.self) { try StatsCommand.parse(["out/manifest.json", "--every", "10"]) }
    #expect(throws: Never.self) { try StatsCommand.parse(numbers) }
  }
}
