import ArgumentParser
import ByteIO
import Foundation
import StructuredText
import Testing
import TestSupport
import TokenDataset
import Tokenization
import TrainingOrder

@testable import TiresiasCommands

/// `order find`, `order repeats` and `order check` as they are typed, on data of a few documents.
struct OrderFindCommandTests {
  let folder = TemporaryFolder()
  let prefix: String
  let numbers: [String]

  init() throws {
    let path = folder.file("tokenizer.json")
    try TinyTokenizer.write(path)
    let tokenizer = try Tokenizer(path: path)
    let encoder = Encoder(tokenizer)
    prefix = folder.file("data")
    let writer = try TokenDatasetWriter(prefix, type: .uint16)
    for text in ["a cat in the rain", "nothing of that", "the other cat", "rain, rain and the wind"] {
      try writer.append(try encoder.encode(Array(text.utf8)) + [0])
    }
    try writer.finish()
    numbers = [
      "--dataset", prefix, "--samples", "6", "--sequence-length", "9", "--seed", "3", "--batch-size", "2",
    ]
  }

  private func run(_ arguments: [String]) throws -> [JSONNode] {
    let result = try TiresiasBinary.run(["order"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return try result.output.split(separator: "\n").map { try JSONNode.parse(Array($0.utf8), name: "output") }
  }

  private func range(_ node: JSONNode, _ key: String) throws -> Range<Int> {
    let ends = try node.member(key).elements().map { try $0.int(in: 0...1000) }
    return ends[0]..<ends[1]
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func whatIsFoundIsWhatTheRowShows() throws {
    let found = try run(["find", "--document", "0"] + numbers + ["--json"])
    #expect(!found.isEmpty)
    for line in found {
      let (step, row) = (try line.member("step").int(in: 0...99), try line.member("row").int(in: 0...1))
      let back = try run(["find", "--step", "\(step)", "--row", "\(row)"] + numbers + ["--json"])
      let same = try back.filter { try $0.member("document").int(in: 0...3) == 0 }
      #expect(try same.contains { try range($0, "document_tokens") == range(line, "document_tokens") })
      #expect(try back.reduce(0) { try $0 + range($1, "row_tokens").count } == 10)
    }
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func textIsFoundInItsDocuments() throws {
    let search = ["find", "--tokenizer", folder.file("tokenizer.json"), "--json"] + numbers
    let lines = try run(search + ["--text", "e rain"])
    #expect(try lines[0].member("match").int(in: 0...9) == 0)
    #expect(try lines[0].member("byte").int(in: 0...99) == 11)
    #expect(try lines.dropFirst().allSatisfy { try $0.member("document").int(in: 0...9) == 0 })
    #expect(try run(search + ["--text", "rain"]).prefix(2).map { try $0.member("match").int(in: 0...9) } == [0, 3])
    #expect(try run(search + ["--text", "rain", "--limit", "1"])[1].optionalMember("match") == nil)
    #expect(try run(search + ["--text", "snow"]).isEmpty)
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func repeatsAddUp() throws {
    let whole = try run(["repeats", "--json"] + numbers)[0]
    let counts = try whole.member("tokens_by_times_shown").elements().map { try $0.int(in: 0...1000) }
    #expect(try counts.reduce(0, +) == TokenDataset(prefix: prefix).tokenCount)
    let part = try run(["repeats", "--json", "--steps", "1..<2"] + numbers)[0]
    #expect(
      try part.member("exposures_in_range").elements().map { try $0.int(in: 0...1000) }.reduce(0, +) == 2 * 9)
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func checkEndsWith3OnAFileThatIsNoPermutation() throws {
    let build = Array(numbers.dropLast(2)) + ["--output", prefix]
    #expect(try TiresiasBinary.run(["order", "build"] + build).status == 0)
    let path = prefix + "_train_0_indexmap_6ns_9sl_3s_packedpi_ac_shuffle_idx.npy"
    #expect(try TiresiasBinary.run(["order", "check", path, "--dataset", prefix]).status == 0)
    var data = try Data(contentsOf: URL(filePath: path))
    data.replaceSubrange(128..<132, with: data[132..<136])
    try data.write(to: URL(filePath: path))
    let result = try TiresiasBinary.run(["order", "check", path, "--dataset", prefix, "--json"])
    #expect(result.status == 3)
    #expect(result.output.contains("the first difference: place 0"))
  }

  @Test(arguments: [
    [], ["--document", "1", "--text", "a"], ["--step", "1"], ["--row", "1"], ["--text", "a"],
    ["--document", "1", "--set", "1"], ["--document", "1", "--steps", "2"], ["--step", "-1", "--row", "0"],
    ["--document", "1", "--window", "m.json"], ["--document", "1", "--batch-size", "0"],
  ])
  func wrongUseIsAUsageError(question: [String]) {
    let numbers = question.contains("--batch-size") ? Array(numbers.dropLast(2)) : numbers
    #expect(throws: (any Error).self) { try OrderFindCommand.parse(question + numbers) }
    #expect(throws: Never.self) { try OrderFindCommand.parse(["--document", "1"] + self.numbers) }
  }
}
