import Statistics
import TestSupport
import Testing

@testable import Reports

@Suite struct ComparisonTests {
  @Test func `interventions stand beside their controls at the last place that both have`() throws {
    let claims = try SmallResults.analysis().claims
    #expect(
      claims.map { "\($0.model.name) \($0.arm.name) \($0.measure.metric) \($0.checkpoint.step ?? 0)" } == [
        "Pythia v1 70M deduped 7 % pct_stereotype 143000", "Pythia v1 160M deduped swapped pct_stereotype 143000",
        "Pythia v1 410M deduped 7 % net_bias 143000",
      ])
    #expect(claims[2].standing == .unverified(["evaluator", "build", "precision", "task version"]))
  }

  @Test func `different builds are not compared, but told to`() throws {
    let analysis = try SmallResults.analysis()
    let rejected = analysis.rejections.filter { Benchmark.isClaim($0.measure) }
    #expect(rejected.map(\.reason) == ["build aaaaaaa against bbbbbbb"])
    #expect(analysis.exclusions.contains { $0.checkpoints == [Checkpoint(step: 71_500, of: 71_500)] && !$0.isMissing })
    #expect(analysis.outlying.sources.map { $0.hasSuffix("intervention-350m-deduped-step71500.json") } == [true])
    let mixed = try SmallResults.analysis(allowMixed: true)
    #expect(mixed.rejections.isEmpty)
    #expect(mixed.claims.contains { $0.isMixed && $0.difference.value < 0 })
  }

  @Test func `runs of different length are compared by the fraction of training`() {
    #expect(Checkpoint(step: 71_500, of: 71_500) == Checkpoint(step: 143_000, of: 143_000))
    #expect(Checkpoint(step: 66_500, of: 71_500) == Checkpoint(step: 133_000, of: 143_000))
    #expect(Checkpoint(step: 66_500, of: 71_500) < Checkpoint(step: 134_000, of: 143_000))
    #expect(Checkpoint(step: 5) != Checkpoint(step: 5, of: 10) && Checkpoint(step: 5) < Checkpoint(step: 6))
    #expect(Checkpoint(step: Int.max, of: Int.max) == Checkpoint(step: 1, of: 1))
    #expect(Checkpoint(step: 0, of: 0) != Checkpoint(step: 1, of: 0))
  }

  @Test func `net bias is that of the published notebook`() throws {
    let analysis = try SmallResults.analysis()
    let net = try #require(analysis.claims.last)
    // ((160 + 150 − 120 − 110)/2 + (90 + 60 − 70 − 50)/2)/2 of 396
    #expect(abs(net.control.value - (40.0 + 15) / 2 / 396) < 1e-12)
    #expect(abs(net.treated.value - (43.5 + 17) / 2 / 396) < 1e-12)
  }

  @Test func `several tests of one arm are corrected together`() throws {
    let analysis = try SmallResults.analysis()
    let categories = analysis.last.filter {
      $0.model.size == "70M" && $0.isCrowsPairs && $0.measure.metric == Metric.stereotype
    }
    #expect(categories.count == 2)
    #expect(categories.map(\.adjusted) == Holm.adjusted(categories.map { $0.difference.pValue ?? 1 }))
  }

  @Test func `items make the comparison a paired one`() throws {
    var control = [Double](repeating: 1, count: 40)
    control[0] = 0
    var treated = control
    for index in 10..<22 { treated[index] = -0.5 }
    let arms = try ScoredArms([
      ("pythia-70m-deduped-m2f", "control", "w1", control), ("pythia-70m-deduped-m2f", "intervention", "w2", treated),
    ])
    let analysis = try Analysis(ResultFiles([arms.folder.path]))
    let claim = try #require(analysis.claims.first)
    #expect(claim.arm == .intervention("m2f") && claim.standing == .same)
    #expect(claim.difference.test == .mcNemarExact)
    #expect(abs((claim.difference.pValue ?? 1) - 2 * 0.000244140625) < 1e-12)
    #expect(claim.difference.paired?.onlyControl == 12 && claim.difference.paired?.onlyIntervention == 0)
    #expect(claim.difference.paired?.tiesControl == 1)
    #expect(abs((claim.difference.paired?.margin ?? 0) + 12 * 1.5 / 40) < 1e-12)
    #expect(claim.isSignificant)
    let moved = MovedItems(analysis: analysis).blocks
    #expect(moved.count == 2)
  }

  @Test func `a file of items that is not the one the result names is an error, and a missing one is none`() throws {
    let arms = try ScoredArms([("demo", "control", "w", [1, -1]), ("demo", "intervention", "v", [1, 1])])
    try FileBytesWriter.write("x", to: arms.folder.file("items-control.jsonl"))
    #expect(throws: ReportFailure.self) { try Analysis(ResultFiles([arms.folder.path])) }
    try FileBytesWriter.remove(arms.folder.file("items-control.jsonl"))
    let claim = try #require(try Analysis(ResultFiles([arms.folder.path])).claims.first)
    #expect(claim.difference.test == .proportions && claim.difference.paired == nil)
  }

  @Test func `samples that lm-evaluation-harness logged make the comparison a paired one`() throws {
    let folder = TemporaryFolder()
    for (name, model, hits) in [
      ("control", "pythia-70m", [1, 1, 0, 1]), ("swapped", "pythia-70m-swapped", [1, 0, 0, 0]),
    ] {
      let share = Double(hits.reduce(0, +)) / 4
      try FileBytesWriter.write(
        """
        {"results": {"crows_pairs_english_gender": {"pct_stereotype,none": \(share)}}, "lm_eval_version": "0.4.9",
         "n-samples": {"crows_pairs_english_gender": {"original": 4, "effective": 4}},
         "config": {"model": "hf", "model_args": "pretrained=\(model),revision=step143000"}}
        """, to: folder.file("results_\(name).json"))
      let lines = hits.enumerated().map { index, hit in
        "{\"doc_id\": \(index), \"doc\": {\"sent_more\": \"a\", \"sent_less\": \"b\"}, \"filtered_resps\":"
          + " [[\"\(-2 + hit).5\", \"False\"], [-2.0, false]], \"pct_stereotype\": \(hit)}\n"
      }
      try FileBytesWriter.write(
        lines.joined(), to: folder.file("samples_crows_pairs_english_gender_\(name).jsonl"))
    }
    let files = try ResultFiles([folder.path])
    #expect(files.skipped.isEmpty)
    let claim = try #require(try Analysis(files).claims.first)
    #expect(claim.difference.test == .mcNemarExact && claim.difference.paired?.onlyControl == 2)
    #expect(claim.difference.paired?.margin == -0.5)
  }

  @Test func `equal weights under several names are warned of`() throws {
    let arms = try ScoredArms([("demo", "control", "same", [1, -1]), ("demo", "intervention", "same", [1, -1])])
    let analysis = try Analysis(ResultFiles([arms.folder.path]))
    #expect(analysis.equalWeights.map(\.count) == [2])
    #expect(DocumentBuilder(analysis: analysis).document.warnings.contains { $0.hasPrefix("Equal weights") })
  }
}
