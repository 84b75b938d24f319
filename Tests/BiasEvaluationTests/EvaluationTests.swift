import Foundation
import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct EvaluationTests {
  let data: SmallBenchmarkData
  let output = TemporaryFolder()

  init() throws { data = try SmallBenchmarkData() }

  func evaluation(
    _ model: StandInModel, _ names: [String] = ["crows-pairs", "winobias-coreference", "lambada"], limit: Int? = nil,
    tokensAtOnce: Int = 40
  ) throws -> Evaluation {
    let benchmarks = try names.map { try BenchmarkRegistry.make($0, from: BenchmarkSources(folder: data.path)) }
    let evaluation = try Evaluation(model, benchmarks: benchmarks, limit: limit, folder: output.path)
    evaluation.tokensAtOnce = tokensAtOnce
    return evaluation
  }

  /// Every file of the output by name.
  func files() throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: output.path + "/items")
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try Data(contentsOf: URL(filePath: output.path + "/items/" + $0)))
      })
  }

  @Test func `a run that ends anywhere and is started again gives the same bytes`() throws {
    _ = try evaluation(StandInModel()).run()
    let expected = try files()
    #expect(expected.count == 3)
    for call in stride(from: 0, to: 12, by: 3) {
      for name in expected.keys { try FileManager.default.removeItem(atPath: output.path + "/items/" + name) }
      #expect(throws: StandInModel.Failure.self) { try evaluation(StandInModel(failingCall: call)).run() }
      let again = try evaluation(StandInModel())
      #expect(call == 0 || again.doneTokens > 0)
      _ = try again.run()
      #expect(try files() == expected)
    }
  }

  @Test func `a file that is cut at any byte is taken up at its last whole line`() throws {
    let whole = try evaluation(StandInModel(), ["crows-pairs"]).run()[0]
    let path = output.path + "/" + whole.itemFile
    let bytes = try Data(contentsOf: URL(filePath: path))
    for length in stride(from: 0, through: bytes.count, by: 53) {
      try FileManager.default.removeItem(atPath: path)
      try bytes.prefix(length).write(to: URL(filePath: path + ".partial"))
      _ = try evaluation(StandInModel(), ["crows-pairs"]).run()
      #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
      #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    }
  }

  @Test func `what an earlier run scored under another key is not taken up`() throws {
    let first = try evaluation(StandInModel(), ["crows-pairs"]).run()[0]
    for model in [StandInModel(weights: "v"), StandInModel(precision: "bf16")] {
      let other = try evaluation(model, ["crows-pairs"])
      #expect(other.doneTokens == 0)
      #expect(try other.run()[0].itemFile != first.itemFile)
    }
    #expect(try evaluation(StandInModel(), ["crows-pairs"], limit: 2).doneTokens == 0)
  }

  @Test func `what is scored is not scored again, for the same weights under whatever name`() throws {
    _ = try evaluation(StandInModel()).run()
    let model = StandInModel()
    let outcomes = try evaluation(model).run()
    #expect(model.callCount == 0 && outcomes.allSatisfy(\.isReused))
  }

  @Test func `a damaged file of complete scores is refused, not mended`() throws {
    let path = output.path + "/" + (try evaluation(StandInModel(), ["crows-pairs"]).run()[0].itemFile)
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.prefix(bytes.count - 3).write(to: URL(filePath: path))
    #expect(failure { try evaluation(StandInModel(), ["crows-pairs"]) }?.code == .output)
  }

  @Test func `results do not depend on how many tokens are scored at once`() throws {
    let few = try evaluation(StandInModel(), tokensAtOnce: 1).run()
    let files = try files()
    try FileManager.default.removeItem(atPath: output.path + "/items")
    let many = try evaluation(StandInModel(), tokensAtOnce: 100_000).run()
    #expect(few.map(\.rows) == many.map(\.rows))
    #expect(try self.files() == files)
  }

  @Test func `progress ends at the total`() throws {
    let done = Counter()
    let evaluation = try evaluation(StandInModel())
    _ = try evaluation.run { done.add($0) }
    #expect(done.value == evaluation.totalTokens && evaluation.doneTokens == evaluation.totalTokens)
  }

  @Test func `an item file reads back as it was written`() throws {
    let outcome = try evaluation(StandInModel(), ["crows-pairs"]).run()[0]
    let file = try ItemFile(path: output.path + "/" + outcome.itemFile)
    #expect(file.key == outcome.fingerprint.key && file.comparison == outcome.fingerprint.comparison)
    #expect(file.benchmark == "crows-pairs" && file.items.count == 4)
    #expect(file.items[1].attribute("sent_more") == "He can win.")
    #expect(try file.items[1].answers[0].logLikelihood == BenchmarkTests.total("He can win."))
    #expect(CrowsPairsRows.rows(file.items, data) == outcome.rows)
  }

  @Test func `a limit takes the first items`() throws {
    let outcome = try evaluation(StandInModel(), ["crows-pairs"], limit: 3).run()[0]
    #expect(outcome.itemCount == 3 && outcome.rows[0].count == 3)
  }

  @Test func `tasks and metrics for which there are too few items are left out`() throws {
    let names = ["crows-pairs", "winobias-coreference", "winobias-pronoun", "pronoun-probe", "lambada"]
    for limit in [1, 2, 5] {
      for row in try evaluation(StandInModel(), names, limit: limit).run().flatMap(\.rows) {
        let unsound = row.metrics.filter { !$0.isFinite }
        #expect(row.count > 0 && !row.metrics.isEmpty && unsound.isEmpty, "\(row.task)")
      }
    }
  }

  @Test func `a model of few positions generates as much as each prompt leaves room for`() throws {
    let speech = try ids(" the the the the the", smallTokenizer())
    let long = try evaluation(StandInModel(speech: speech), ["winobias-coreference"]).run()[0]
    let short = try evaluation(
      StandInModel(weights: "v", speech: speech, maximumPositions: 10), ["winobias-coreference"]
    ).run()[0]
    func texts(_ outcome: Evaluation.Outcome) throws -> Set<Answer> {
      Set(try ItemFile(path: output.path + "/" + outcome.itemFile).items.flatMap(\.answers))
    }
    #expect(try texts(long) == [.text("the the"), .text("the the the")])
    #expect(try texts(short) == [.text("the")])
  }

  @Test func `two runs at once on one file are refused`() throws {
    let first = try evaluation(StandInModel(), ["crows-pairs"])
    #expect(throws: (any Error).self) { try evaluation(StandInModel(), ["crows-pairs"]) }
    _ = try first.run()
  }

  @Test func `a score that is no number ends the evaluation and names the item`() throws {
    let benchmark = try BenchmarkRegistry.make("crows-pairs", from: BenchmarkSources(folder: data.path))
    let evaluation = try Evaluation(DamagedModel(), benchmarks: [benchmark], folder: output.path)
    let failure = failure { try evaluation.run() }
    #expect(failure?.code == .score && failure?.reason.contains("item 0") == true)
  }
}
