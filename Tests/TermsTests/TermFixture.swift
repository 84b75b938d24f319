import ByteIO
import Foundation
import Pipeline
import TestSupport
import TokenDataset
import Tokenization
import TrainingOrder

/// A small tokenized Pile of three subsets, and windows over its end.
struct TermFixture {
  let folder = TemporaryFolder()
  let tokenizer: Tokenizer
  var prefix: String { folder.file("base_text_document") }

  /// With merges that make whole words, and fronts and ends of words.
  private static let merges = [
    "h e", "s he", "Ġ s", "Ġ he", "Ġs he", "he r", "h i", "hi m", "Ġ hi", "Ġhi m", "Ġ her", "o w", "ow n", "' s",
  ]

  init() throws {
    try TinyTokenizer.write(folder.file("tokenizer.json"), merges: Self.merges, longestRun: 4)
    tokenizer = try Tokenizer(path: folder.file("tokenizer.json"))
    var random = SeededGenerator(seed: 4)
    var lines: [UInt8] = []
    for number in 0..<200 {
      let text = String(decoding: RandomWords.bytes(&random, count: 80), as: UTF8.self) + " he saw him and the cat"
      var line: [String: Any] = ["text": text]
      if number % 4 != 3 { line["meta"] = ["pile_set_name": "Set \(number % 4)"] }
      lines += Array(try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys])) + [0x0A]
    }
    try AtomicFile.replace(folder.file("pile.jsonl"), with: lines)
    try AtomicFile.replace(folder.file("rules.yaml"), with: Array(Self.rules.utf8))
    var job = TokenizeJob(
      inputs: [folder.file("pile.jsonl")], tokenizer: folder.file("tokenizer.json"), prefix: folder.file("base"))
    job.progress = .quiet
    _ = try job.run()
  }

  private static let rules = """
    schema: 1
    pack: small
    version: 1.0.0
    lexicon:
      - {id: he, from: he, to: she}
      - {id: him, from: him, to: her}
      - {id: her own, from: her own, to: his own}
      - {id: cat, from: cat, to: elephant}

    """

  var rulesPath: String { folder.file("rules.yaml") }

  var order: RunOrder {
    get throws {
      let dataset = try TokenDataset(prefix: prefix, access: .random)
      return try RunOrder(
        run: TrainingRun(trainIterations: 60, batchSize: 4, sequenceLength: 64), sources: [(dataset, 1)])
    }
  }

  /// Makes a window over the last half of 60 steps of four, and returns its manifest's path.
  func window(length: String, control: String = "true") throws -> String {
    let text = """
      pipeline: 1
      name: small
      stages:
        - read: {idxmap: \(prefix)}
        - order: {train_iters: 60, batch_size: 4, sequence_length: 64, seed: 1234}
        - window: {last: 50%}
        - swap: {rules: \(rulesPath)}
        - retokenize: {tokenizer: \(folder.file("tokenizer.json")), length: \(length)}
        - emit: {to: out, control: \(control), log: counts}

      """
    let file = try PipelineFile.load("small.yaml", bytes: Array(text.utf8))
    let output = folder.file(length + control)
    var job = WindowJob(try WindowPlan(file, base: [prefix]), folder: output)
    job.progress = .quiet
    _ = try job.run()
    return output + "/manifest.json"
  }
}
