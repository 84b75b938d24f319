import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TiresiasBinary.path != nil && Assets.tokenizer != nil)) struct EvaluateCommandTests {
  let data: SmallBenchmarkData
  let output = TemporaryFolder()

  init() throws { data = try SmallBenchmarkData() }

  func evaluate(_ arguments: [String]) throws -> TiresiasBinary.Result {
    try TiresiasBinary.run(
      ["evaluate", "--data", data.path, "--tokenizer", Assets.tokenizer ?? "", "--output", output.path] + arguments)
  }

  /// The committed model of two layers.
  static let model = Assets.root + "/Tests/NeoXModelTests/Fixtures/neox-8"

  @Test func `a checkpoint is scored on all benchmarks whose data are there, once`() throws {
    let first = try evaluate(["--model", Self.model, "--step", "1000"])
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("crows-pairs-revised") && first.output.contains("lambada_openai perplexity"))
    let results = try Data(contentsOf: URL(filePath: output.file("results_neox-8_step1000.json")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.file("items")).count == 5)
    let second = try evaluate(["--model", Self.model, "--step", "1000", "--threads", "1", "--quiet"])
    #expect(second.status == 0 && second.errors.isEmpty && second.output.contains("scored before: crows-pairs"))
    #expect(try Data(contentsOf: URL(filePath: output.file("results_neox-8_step1000.json"))) == results)
  }

  @Test func `equal weights under two steps are reported and scored once`() throws {
    let models = TemporaryFolder()
    for step in ["step10", "step9"] {
      try FileManager.default.copyItem(atPath: Self.model, toPath: models.file(step))
    }
    let done = try evaluate(["--checkpoints", models.file("step*"), "--benchmark", "lambada"])
    #expect(done.status == 0)
    #expect(done.errors.contains("step 10 has the same weights as") && done.errors.contains("step 9"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.file("items")).count == 1)
  }

  @Test(
    "what cannot be done is a usage error",
    arguments: [
      ["--model", "a", "--checkpoints", "b"], [], ["--model", "a", "--benchmark", "bbq"],
      ["--model", "a", "--limit", "0"],
      ["--checkpoints", "a", "--step", "1"], ["--model", "a", "--arm", "control"], ["--model", "a", "--threads", "0"],
      ["--model", "a", "--heldout-items", "3..<3"], ["--model", "a", "--precision", "fp8"],
    ])
  func usage(arguments: [String]) throws {
    #expect(try evaluate(arguments).status == 2)
  }

  @Test func `what is not there is named`() throws {
    let missing = try evaluate(["--model", output.file("none"), "--benchmark", "lambada"])
    #expect(missing.status == 1 && missing.errors.contains("none"))
    let heldout = try evaluate(["--model", Self.model, "--benchmark", "heldout-loss"])
    #expect(heldout.status == 1 && heldout.errors.contains("--heldout"))
  }
}
