import ByteIO
import Foundation
import Pipeline
import TestSupport
import TokenDataset
import Tokenization
import TrainingOrder

/// A small tokenized Pile, and a window over its end.
struct ViewingFixture {
  let folder = TemporaryFolder()
  let tokenizer: Tokenizer

  init() throws {
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    tokenizer = try Tokenizer(path: folder.file("tokenizer.json"))
    var random = SeededGenerator(seed: 9)
    let words = ["cat", "saw", "dog", "the", "öde", "中", "\u{1F600}cat", "“cat”", "\n", "\u{7}"]
    var lines: [UInt8] = []
    for number in 0..<150 {
      let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in words.randomElement(using: &random)! }
      let line: [String: Any] = [
        "text": text.joined(separator: number % 2 == 0 ? " " : ""), "meta": ["pile_set_name": "Set \(number % 3)"],
      ]
      lines += Array(try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys])) + [0x0A]
    }
    try AtomicFile.replace(folder.file("pile.jsonl"), with: lines)
    try AtomicFile.replace(folder.file("rules.yaml"), with: Array(Self.rules.utf8))
    try AtomicFile.replace(folder.file("pairs.tsv"), with: Array("# version: 1.0.0\ndog\tpig\n".utf8))
    var job = TokenizeJob(
      inputs: [folder.file("pile.jsonl")], tokenizer: folder.file("tokenizer.json"), prefix: folder.file("base"))
    job.progress = .quiet
    _ = try job.run()
  }

  private static let rules = """
    schema: 1
    pack: cats
    version: 1.0.0
    lexicon:
      - {id: cat, from: cat, to: dog}
      - {id: saw, from: saw, to: found}
    tests:
      - {in: "a cat saw", out: "a dog found"}

    """

  var tokenizerPath: String { folder.file("tokenizer.json") }

  /// The order of the window's run, or of its window alone.
  func order(ofWindow: Bool) throws -> RunOrder {
    let dataset = try TokenDataset(prefix: folder.file("base_text_document"), access: .random)
    let run = try TrainingRun(trainIterations: 120, batchSize: 4, sequenceLength: 32)
    return try RunOrder(run: run, sources: [(dataset, 1)], window: ofWindow ? 240..<480 : nil)
  }

  /// Makes a window over the second half of a run of 120 steps of four, and returns its manifest's path.
  func window(length: String, log: String = "edits", control: String = "true") throws -> String {
    let pairs = control == "random-edits" ? ", pairs: \(folder.file("pairs.tsv"))" : ""
    let output = folder.file(length + (log == "edits" ? "" : log) + (control == "true" ? "" : control))
    let text = """
      pipeline: 1
      name: cats
      stages:
        - read: {idxmap: \(folder.file("base_text_document"))}
        - order: {train_iters: 120, batch_size: 4, sequence_length: 32, seed: 1234}
        - window: {last: 50%}
        - swap: {rules: \(folder.file("rules.yaml"))}
        - retokenize: {tokenizer: \(folder.file("tokenizer.json")), length: \(length)}
        - emit: {to: out, control: \(control)\(pairs), log: \(log)}

      """
    let file = try PipelineFile.load("cats.yaml", bytes: Array(text.utf8))
    var job = WindowJob(try WindowPlan(file, base: [folder.file("base_text_document")]), folder: output)
    job.progress = .quiet
    _ = try job.run()
    return output + "/manifest.json"
  }
}
