import ArgumentParser
import ByteIO
import Foundation
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct SubmitCommandTests {
  @Test(arguments: ["--time", "--account", "--partition", "--mem", "--output", "--sbatch"])
  func aLineFeedInAnOptionIsWrongUsage(option: String) throws {
    let arguments = ["x.yaml", "--tasks", "2", "\(option)=--a b"]
    _ = try SubmitCommand.parse(arguments)
    #expect(throws: (any Error).self) { try SubmitCommand.parse(arguments.dropLast() + [arguments[3] + "\ntouch x"]) }
  }
}

@Suite(.enabled(if: TiresiasBinary.path != nil, "needs the built command"))
struct PlanCommandTests {
  let folder = TemporaryFolder()

  init() throws {
    try TinyTokenizer.write(folder.file("tokenizer.json"))
    try FileSystem.makeDirectory(folder.file("pile"))
    for name in ["pile/0.jsonl", "pile/1.jsonl"] {
      let lines = String(repeating: "{\"text\": \"a cat saw the dog\"}\n", count: 50)
      try AtomicFile.replace(folder.file(name), with: Array(lines.utf8))
    }
    let rules = """
      schema: 1
      pack: cats
      version: 1.0.0
      lexicon:
        - {id: cat, from: cat, to: dog}
      tests:
        - {in: "a cat", out: "a dog"}

      """
    try AtomicFile.replace(folder.file("rules.yaml"), with: Array(rules.utf8))
    let pipeline = """
      pipeline: 1
      name: cats
      stages:
        - read: {pile: "\(folder.file("pile"))"}
        - order: {train_iters: 20, batch_size: 4, sequence_length: 32, seed: 1234, checkpoint_every: 10}
        - window: {last: 50%}
        - swap: {rules: "\(folder.file("rules.yaml"))"}
        - retokenize: {tokenizer: "\(folder.file("tokenizer.json"))", length: aligned}
        - emit: {to: out, control: true, log: edits}

      """
    try AtomicFile.replace(folder.file("cats.yaml"), with: Array(pipeline.utf8))
  }

  private var output: [String] { [folder.file("cats.yaml"), "--tasks", "2", "--output", folder.file("a b/out")] }

  @Test func theScriptsOfADryRunAreThoseThatWouldBeSent() throws {
    let result = try TiresiasBinary.run(["submit"] + output + ["--dry-run"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains(" submit \(folder.file("cats.yaml")) --tasks 2 --output '\(folder.file("a b/out"))'\n"))
  }

  @Test func commandsAreShownAsAShellTakesThemAndNoneForWhatIsDone() throws {
    func plan() throws -> String { try TiresiasBinary.run(["plan"] + output).output }
    let file = folder.file("a b/base/pile_text_document.plan/plan.json")
    let tokens = try plan()
    #expect(tokens.contains("xargs -P 4 -I K tiresias run --plan '\(file)' --task K\n"), "\(tokens)")
    for step in [["--task", "0"], ["--task", "1"]] {
      let result = try TiresiasBinary.run(["run", "--plan", file, "--quiet"] + step)
      #expect(result.status == 0, "\(result.errors)")
    }
    let done = try plan()
    #expect(done.contains("nothing, all tasks are done") && !done.contains("xargs"), "\(done)")
  }
}
