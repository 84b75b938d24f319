import StructuredText
import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct ResultsFileTests {
  static func json(_ arm: ArmRecord? = nil, limit: Int? = nil) throws -> JSONNode {
    let model = StandInModel()
    let outcome = try BenchmarkTests.score("crows-pairs", SmallBenchmarkData(), model)
    let file = ResultsFile(
      toolVersion: "1.2.3", model: ModelFolder(path: "m/n/step5", step: 5), identity: model.identity, tokenizer: "t",
      limit: limit, arm: arm, precisionError: nil, parts: [ResultsPart(outcome)])
    return try JSONNode.parse(file.bytes(), name: "results")
  }

  @Test func `the harness' keys are there, each metric with its filter and its error`() throws {
    let json = try Self.json()
    let row = try json.member("results").member("crows_pairs_original")
    #expect(
      try row.members().map(\.key) == [
        "alias", "pct_stereotype,none", "pct_stereotype_stderr,none", "likelihood_diff,none",
        "likelihood_diff_stderr,none", "signed_diff,none", "signed_diff_stderr,none", "ties,none",
      ])
    for key in ["versions", "n-shot", "higher_is_better", "configs", "n-samples"] {
      #expect(try json.member(key).members().count == json.member("results").members().count, "\(key)")
    }
    #expect(try json.member("n-samples").member("crows_pairs_original").member("effective").int() == 4)
    #expect(try json.member("config").member("model_args").string() == "pretrained=n,revision=step5")
  }

  @Test func `the fingerprint names all that the scores depend on, and the item file`() throws {
    let record = try Self.json().member("tiresias")
    let benchmark = try record.member("benchmarks").elements()[0]
    let fingerprint = try benchmark.member("fingerprint")
    #expect(try fingerprint.member("scorer").member("precision").string() == "fp32")
    #expect(try fingerprint.member("data").elements()[0].member("sha256").string().utf8.count == 64)
    #expect(try benchmark.member("item_file").string().hasPrefix("items/crows-pairs-"))
    #expect(try record.member("model").member("weights_sha256").string() == "w")
    #expect(try record.member("arm").isNull && record.member("precision_error").isNull)
  }

  @Test func `the arm of a manifest is kept`() throws {
    let arm = ArmRecord(run: "m2f", arm: "intervention", control: "control", manifestSHA256: "f")
    #expect(try Self.json(arm).member("tiresias").member("arm").member("control").string() == "control")
  }
}
