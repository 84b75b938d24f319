import ByteIO
import Pipeline
import TestSupport

@testable import Planning

/// A small raw Pile in several files, a rule pack, and a pipeline over the end of a run.
struct PlanFixture {
  let folder = TemporaryFolder()
  let files: Int

  init(files: Int = 5) throws {
    self.files = files
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    try FileSystem.makeDirectory(folder.file("pile"))
    var generator = SeededGenerator(seed: 3)
    for file in 0..<files {
      // Subsets first occur in other orders in other files.
      let lines = (0..<40).map { Self.line($0 * (file + 1), &generator) }
      try AtomicFile.replace(folder.file("pile/\(file).jsonl"), with: Array(lines.joined().utf8))
    }
    try AtomicFile.replace(folder.file("rules.yaml"), with: Array(Self.rules.utf8))
  }

  private static func line(_ number: Int, _ generator: inout SeededGenerator) -> String {
    let words = ["cat", "saw", "dog", "the", "öde", "x-ray"]
    let count = number % 13 == 5 ? 0 : Int.random(in: 1...60, using: &generator)
    let text = (0..<count).map { _ in words.randomElement(using: &generator)! }.joined(separator: " ")
    return #"{"text": "\#(text)", "meta": {"pile_set_name": "Set \#(number % 7)"}}"# + "\n"
  }

  private static let rules = """
    schema: 1
    pack: cats
    version: 1.0.0
    lexicon:
      - {id: cat, from: cat, to: dog}
    tests:
      - {in: "a cat", out: "a dog"}

    """

  var tokenizing: TokenizeJob { tokenizing("base") }

  func tokenizing(_ output: String) -> TokenizeJob {
    var job = TokenizeJob(
      inputs: [folder.file("pile")], tokenizer: folder.file("tokenizer.json"), prefix: folder.file(output))
    job.progress = .quiet
    return job
  }

  var pipeline: String {
    """
    pipeline: 1
    name: cats
    stages:
      - read: {idxmap: \(folder.file("base_text_document"))}
      - order: {train_iters: 120, batch_size: 4, sequence_length: 32, seed: 1234, checkpoint_every: 10}
      - window: {last: 50%}
      - swap: {rules: \(folder.file("rules.yaml"))}
      - retokenize: {tokenizer: \(folder.file("tokenizer.json")), length: aligned}
      - emit: {to: out, control: true, log: edits}

    """
  }

  var options: TaskOptions {
    var options = TaskOptions()
    (options.workers, options.progress) = (2, .quiet)
    return options
  }

  /// The window as one machine makes it.
  func makeWindow(_ output: String, settings: [String] = []) throws {
    let file = try PipelineFile.load("cats.yaml", bytes: Array(pipeline.utf8), settings: settings)
    var job = WindowJob(try WindowPlan(file, base: [folder.file("base_text_document")]), folder: folder.file(output))
    job.progress = .quiet
    _ = try job.run()
  }

  /// A plan of the window. The base must be there.
  func planWindow(tasks: Int, _ output: String) throws -> PlanRun {
    let work = try PlannedWindow(
      file: "cats.yaml", bytes: Array(pipeline.utf8), settings: [], base: [folder.file("base_text_document")])
    let plan = try RunPlan(name: "cats", output: output, tasks: work.divided(tasks: tasks), work: work)
    return try PlanRun.write(plan, output: folder.file(output))
  }

  func planTokens(tasks: Int, _ output: String) throws -> PlanRun {
    let work = try PlannedTokenizing(tokenizing(output))
    let name = output + "_text_document"
    return try PlanRun.write(
      RunPlan(name: "cats", output: name, tasks: work.divided(tasks: tasks), work: work), output: folder.file(name))
  }

  /// All files below a folder, or beside a prefix, with their bytes.
  func contents(_ name: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for entry in try FileSystem.names(in: folder.file(name)) {
      let path = name + "/" + entry
      if FileSystem.isDirectory(folder.file(path)) {
        for (inner, bytes) in try contents(path) { found[entry + "/" + inner] = bytes }
      } else {
        found[entry] = try FileSystem.contents(of: folder.file(path))
      }
    }
    return found
  }

  /// The files of a tokenized Pile by what follows the prefix.
  func tokens(_ prefix: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    let names = try FileSystem.names(in: folder.path).filter { $0.hasPrefix(prefix + "_text_document.") }
    for name in names where !FileSystem.isDirectory(folder.file(name)) {
      found[String(name.dropFirst(prefix.count))] = try FileSystem.contents(of: folder.file(name))
    }
    return found
  }
}
