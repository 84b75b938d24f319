import ArgumentParser
import Foundation
import StructuredText
import TestSupport
import Testing
import TokenDataset
import Tokenization
import TrainingOrder

@testable import TiresiasCommands

/// `order find`, `order repeats` and `order check` on what other commands wrote: a window, index maps, a preshuffled set.
struct OrderWindowCommandTests {
  private let folder = TemporaryFolder()
  private let prefix: String
  private let numbers: [String]

  init() throws {
    let path = folder.file("tokenizer.json")
    try TinyTokenizer.write(path)
    let encoder = Encoder(try Tokenizer(path: path))
    prefix = folder.file("data")
    let writer = try TokenDatasetWriter(prefix, type: .uint16)
    var random = SeededGenerator(seed: 2)
    for number in 0..<20 {
      let text = "\(number) " + String(repeating: "cat ", count: Int.random(in: 1...9, using: &random))
      try writer.append(try encoder.encode(Array(text.utf8)) + [0])
    }
    try writer.finish()
    // 12 steps of 4: ceil(48 * 1.005) samples.
    numbers = ["--samples", "49", "--sequence-length", "16", "--seed", "1234", "--batch-size", "4"]
  }

  private func run(_ arguments: [String], status: Int32 = 0) throws -> String {
    let result = try TiresiasBinary.run(arguments)
    #expect(result.status == status, "\(arguments): \(result.errors)")
    return result.output
  }

  private func window() throws -> String {
    try Data("schema: 1\npack: cats\nversion: 1.0.0\nlexicon:\n  - {id: cat, from: cat, to: dog}\n".utf8)
      .write(to: URL(filePath: folder.file("cats.yaml")))
    let pipeline = """
      pipeline: 1
      name: cats
      stages:
        - read: {idxmap: \(prefix)}
        - order: {train_iters: 12, batch_size: 4, sequence_length: 16, seed: 1234}
        - window: {last: 50%}
        - swap: {rules: \(folder.file("cats.yaml"))}
        - retokenize: {tokenizer: \(folder.file("tokenizer.json")), length: aligned}
        - emit: {to: out, control: true, log: edits}

      """
    try Data(pipeline.utf8).write(to: URL(filePath: folder.file("window.yaml")))
    _ = try run(["run", folder.file("window.yaml"), "--output", folder.file("out"), "--quiet"])
    return folder.file("out/manifest.json")
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func aWindowsFolderStandsForItsManifest() throws {
    let manifest = try window()
    let out = folder.file("out")
    #expect(
      try run(["verify", out + "/"]).replacing(out + "/manifest.json", with: "")
        == run(["verify", manifest]).replacing(manifest, with: ""))
    let step = ["--step", "7", "--decode", "--tokenizer", folder.file("tokenizer.json")]
    #expect(try run(["batch", out] + step) == run(["batch", "--window", manifest] + step))
    #expect(try run(["revert", out, "--output", folder.file("back")]).contains("byte for byte"))
    #expect(try run(["order", "replay", out, "--output", folder.file("maps")]).contains("doc_idx.npy"))
    let empty = try TiresiasBinary.run(["verify", folder.path])
    #expect(empty.status == 1 && empty.errors.contains("manifest.json"), "\(empty.errors)")
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func aWindowsManifestStandsForTheNumbers() throws {
    let manifest = try window()
    let steps = ["--steps", "6..<12", "--json"]
    for question in [["find", "--document", "3"], ["find", "--document", "3", "--document", "11"], ["repeats"]] {
      let plain = try run(["order"] + question + ["--dataset", prefix] + numbers + steps)
      #expect(!plain.isEmpty)
      #expect(try run(["order"] + question + ["--dataset", prefix, "--window", manifest, "--json"]) == plain)
      #expect(try run(["order"] + question + [manifest, "--dataset", prefix] + steps) == plain)
    }
    let row = ["order", "find", "--step", "7", "--row", "2", "--json", "--dataset", prefix]
    #expect(try run(row + ["--window", manifest]) == run(row + numbers))
    // A set that is not the window's base has its numbers refused.
    let other = folder.file("other")
    let writer = try TokenDatasetWriter(other, type: .uint16)
    try writer.append([5, 6, 7, 0])
    try writer.finish()
    _ = try run(["order", "repeats", "--window", manifest, "--dataset", other], status: 1)
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func indexMapsThatAreThereAreRead() throws {
    let order = numbers.dropLast(2)
    _ = try run(["order", "build", "--dataset", prefix, "--output", folder.file("maps"), "--naming", "v1.0"] + order)
    for question in [
      ["find", "--document", "5"], ["find", "--step", "3", "--row", "1"], ["repeats", "--steps", "2..<9"],
    ] {
      let built = try run(["order"] + question + ["--dataset", prefix, "--json"] + numbers)
      let read = ["--index-map-prefix", folder.file("maps"), "--naming", "v1.0"]
      #expect(
        try !built.isEmpty && run(["order"] + question + ["--dataset", prefix, "--json"] + numbers + read) == built)
      // Under the other naming there are none.
      _ = try run(
        ["order"] + question + ["--dataset", prefix] + numbers + ["--index-map-prefix", folder.file("maps")], status: 1)
    }
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func aPreshuffledSetIsComparedAndThenCounted() throws {
    let dataset = try TokenDataset(prefix: prefix)
    let run = try TrainingRun(trainIterations: 12, batchSize: 4, sequenceLength: 16)
    let order = try RunOrder(run: run, sources: [(dataset, 1)])
    for damaged in [false, true] {
      let set = folder.file("shuffled\(damaged)")
      let writer = try TokenDatasetWriter(set, type: .uint16)
      for q in 0..<48 {
        var tokens = [UInt32](repeating: 0, count: 17)
        try tokens.withUnsafeMutableBufferPointer { try order.copyTokens(ofSequence: q, into: $0.baseAddress!) }
        if damaged && q == 31 { tokens[4] += 1 }
        try writer.append(tokens)
      }
      try writer.finish()
      let question = ["order", "repeats", "--dataset", prefix, "--json", "--steps", "3..<12"] + numbers
      let result = try TiresiasBinary.run(question + ["--preshuffled", set])
      #expect(result.status == (damaged ? 1 : 0))
      if damaged { #expect(result.errors.contains("item 31")) }
      if !damaged { #expect(try result.output == self.run(question)) }
    }
  }

  @Test(.enabled(if: TiresiasBinary.path != nil)) func checkKnowsWhichDocumentsAPartOfASplitHas() throws {
    let documents = try Split.documents("80,15,5", itemCount: 20)
    for (name, range) in [("train", documents.train), ("valid", documents.valid)] {
      _ = try run(
        [
          "order", "build", "--dataset", prefix, "--output", folder.file("split"), "--name", name, "--documents",
          "\(range)",
        ]
          + numbers.dropLast(2))
      let path = folder.file("split_\(name)_indexmap_49ns_16sl_1234s_packedpi_ac_")
      for kind in ["doc", "sample", "shuffle"] {
        let check = ["order", "check", path + kind + "_idx.npy", "--dataset", prefix]
        #expect(try run(check + ["--split", "80,15,5"]).contains("equal to what GPT-NeoX builds"))
        #expect(try run(check + ["--split", "80,15,5", "--part", name]).contains("sound"))
        _ = try run(check + ["--split", "70,25,5"], status: 3)
        _ = try run(check + ["--split", "100,0,0", "--part", "test"], status: 1)
      }
    }
  }

  @Test func aSplitNeedsItsDataAndItsPart() {
    let file = "data_train_0_indexmap_49ns_16sl_1234s_shuffle_idx.npy"
    #expect(throws: Never.self) { try OrderCheckCommand.parse([file, "--dataset", "d", "--split", "1,1,1"]) }
    for arguments in [
      [file, "--split", "1,1,1"], [file, "--dataset", "d", "--split", "1,1,1", "--documents", "0..<1"],
      ["a_shuffle_idx.npy", "--dataset", "d", "--split", "1,1,1"], [file, "--dataset", "d", "--part", "train"],
    ] {
      #expect(throws: (any Error).self) { try OrderCheckCommand.parse(arguments) }
    }
    #expect(IndexMapFileName("a_b_valid_0_indexmap_1ns_2sl_3s_doc_idx.npy")?.part == .valid)
    #expect(IndexMapFileName("test_indexmap_1ns_2sl_3s_doc_idx.npy")?.part == .test)
    #expect(IndexMapFileName("indexmap_1ns_2sl_3s_doc_idx.npy")?.part == nil)
  }
}
