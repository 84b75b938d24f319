import ByteIO
import Foundation
import SwapRules
import TestSupport
import TokenDataset
import TrainingOrder

@testable import Pipeline

/// A small tokenized Pile with subsets, and a pipeline over its end.
struct WindowFixture {
  let folder = TemporaryFolder()
  /// Names that would do harm in a page.
  static let subsets = ["Books", "<script>alert('1')</script> & \"co\"", "right\u{202E}left"]

  init(documents: Int = 400) throws {
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    try FileSystem.makeDirectory(folder.file("pile"))
    var generator = SplitMix(state: 11)
    let lines = try (0..<documents).map { try Self.line($0, &generator) }
    try AtomicFile.replace(folder.file("pile/0.jsonl"), with: lines.flatMap { $0 + [0x0A] })
    try AtomicFile.replace(folder.file("rules.yaml"), with: Array(Self.rules.utf8))
    var job = TokenizeJob(
      inputs: [folder.file("pile")], tokenizer: folder.file("tokenizer.json"), prefix: folder.file("base"))
    job.progress = .quiet
    _ = try job.run()
  }

  private static func line(_ number: Int, _ generator: inout SplitMix) throws -> [UInt8] {
    let words = ["cat", "saw", "dog", "cats", "<b>", "&amp;", "the", "\u{7}", "öde", "x-ray", "\n"]
    let text = (0..<Int.random(in: 1...60, using: &generator)).map { _ in words.randomElement(using: &generator)! }
    var line: [String: Any] = ["text": text.joined(separator: " ")]
    if number % 7 > 0 { line["meta"] = ["pile_set_name": subsets[number % 3]] }
    return Array(try JSONSerialization.data(withJSONObject: line, options: [.sortedKeys]))
  }

  private static let rules = """
    schema: 1
    pack: cats
    version: 1.0.0
    lexicon:
      - {id: cat, from: cat, to: dog}
      - {id: saw, from: saw, to: ran}
      - id: the
        from: the
        choose:
          - {id: the-last, when: {next: {is: cats}}, to: ane, uncertain: true}
          - {id: the-else, keep: true}
    exceptions:
      - {text: dog cat, reason: both}
    tests:
      - {in: "a cat saw", out: "a dog ran"}
      - {in: "dog cat", same: true}

    """

  /// The plan of a run over the second half; `length` and `log` as in a pipeline file.
  func plan(
    length: String = "aligned", log: String = "edits", fraction: String = "1.0", subset: String? = nil
  ) throws -> WindowPlan {
    let filter = subset.map { "\n  - filter: {subset: [\($0)]}" } ?? ""
    let text = """
      pipeline: 1
      name: cats
      description: Cats become <dogs> & "more".
      stages:
        - read: {idxmap: \(folder.file("base_text_document"))}
        - order: {train_iters: 120, batch_size: 4, sequence_length: 32, seed: 1234, checkpoint_every: 10}
        - window: {last: 50%}\(filter)
        - select: {fraction: \(fraction), by: sequence, seed: 1}
        - swap: {rules: \(folder.file("rules.yaml"))}
        - retokenize: {tokenizer: \(folder.file("tokenizer.json")), length: \(length)}
        - emit: {to: out, control: true, log: \(log)}

      """
    let file = try PipelineFile.load("cats.yaml", bytes: Array(text.utf8))
    return try WindowPlan(file, base: [folder.file("base_text_document")])
  }

  /// Makes a plan's window in a folder.
  func run(_ plan: WindowPlan, _ name: String, workers: Int = 2) throws -> Manifest {
    var job = WindowJob(plan, folder: folder.file(name))
    job.workers = workers
    job.progress = .quiet
    return try job.run().manifest
  }

  func report(_ name: String) throws -> String {
    String(decoding: try FileSystem.contents(of: folder.file(name + "/report.html")), as: UTF8.self)
  }
}
