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
    #expect(done.output.contains("step 10 has the same weights as") && done.output.contains("step 9"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.file("items")).count == 1)
    let later = try evaluate(["--model", Self.model, "--name", "other", "--benchmark", "lambada"])
    #expect(later.output.contains("other has the same weights as"))
  }

  @Test func `benchmarks that are scored one after the other end in the file of one run`() throws {
    let both = ["--benchmark", "crows-pairs", "--benchmark", "lambada"]
    #expect(try evaluate(["--model", Self.model] + both).status == 0)
    let path = output.file("results_neox-8.json")
    let whole = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.removeItem(atPath: path)
    #expect(try evaluate(["--model", Self.model, "--benchmark", "lambada"]).status == 0)
    #expect(try evaluate(["--model", Self.model, "--benchmark", "crows-pairs"]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: path)) == whole)
    #expect(try evaluate(["--model", Self.model, "--benchmark", "crows-pairs"]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: path)) == whole)
  }

  @Test func `a results file of another model, limit or arm is not overwritten`() throws {
    let scored = ["--name", "m", "--benchmark", "lambada", "--step", "1"]
    #expect(try evaluate(["--model", Self.model] + scored).status == 0)
    let path = output.file("results_m_step1.json")
    let before = try Data(contentsOf: URL(filePath: path))
    let models = TemporaryFolder()
    try FileManager.default.copyItem(atPath: Self.model, toPath: models.file("m"))
    var weights = try Data(contentsOf: URL(filePath: models.file("m/model.safetensors")))
    weights[weights.count - 1] ^= 0x80
    try weights.write(to: URL(filePath: models.file("m/model.safetensors")))
    let other = try evaluate(["--model", models.file("m")] + scored)
    #expect(other.status == 1 && other.errors.contains("results_m_step1.json: it has scores of other weights"))
    let limited = try evaluate(
      ["--model", Self.model, "--name", "m", "--step", "1", "--benchmark", "crows-pairs", "--limit", "2"])
    #expect(limited.status == 1 && limited.errors.contains("of lambada with another limit"))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test func `an arm and a seed are named by the user where there is no manifest`() throws {
    let done = try evaluate([
      "--model", Self.model, "--name", "tiny", "--arm", "m2f", "--seed", "2", "--step", "5", "--benchmark", "lambada",
    ])
    #expect(done.status == 0, "\(done.errors)")
    let text = try String(contentsOfFile: output.file("results_tiny-m2f_seed2_step5.json"), encoding: .utf8)
    for part in [#""seed": 2"#, #""run": "tiny""#, #""arm": "m2f""#, #""control": "control""#] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test(
    "what cannot be done is a usage error",
    arguments: [
      ["--model", "a", "--checkpoints", "b"], [], ["--model", "a", "--benchmark", "bbq"],
      ["--model", "a", "--limit", "0"],
      ["--checkpoints", "a", "--step", "1"], ["--model", "a", "--arm", "control"], ["--model", "a", "--threads", "0"],
      ["--model", "a", "--skip-missing"], ["--model", "a", "--seed", "-1"],
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
