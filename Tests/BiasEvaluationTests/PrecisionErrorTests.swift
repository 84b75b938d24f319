import Foundation
import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct PrecisionErrorTests {
  let data: SmallBenchmarkData
  let folder = TemporaryFolder()

  init() throws { data = try SmallBenchmarkData() }

  func sample(_ benchmarks: String...) throws -> PrecisionSample? {
    let encoder = QuestionEncoder(try smallTokenizer())
    return PrecisionSample(
      try benchmarks.map {
        try EncodedBenchmark(
          try BenchmarkRegistry.make($0, from: BenchmarkSources(folder: data.path)), limit: nil, encoder)
      })
  }

  @Test func `it is measured once for the same weights, questions and scorers`() throws {
    let sample = try #require(try sample("crows-pairs"))
    let first = try sample.error(
      of: StandInModel(precision: "bf16"), from: StandInModel(), folder: folder.path)
    #expect(first == PrecisionError(questions: 8, mean: 0, greatest: 0))
    let (model, exact) = (StandInModel(precision: "bf16"), StandInModel())
    #expect(try sample.error(of: model, from: exact, folder: folder.path) == first)
    #expect(model.callCount == 0 && exact.callCount == 0)
    for (model, exact) in [
      (StandInModel(precision: "bf16x3"), exact), (StandInModel(weights: "v", precision: "bf16"), exact),
    ] {
      _ = try sample.error(of: model, from: exact, folder: folder.path)
      #expect(model.callCount == 1)
    }
    let other = try #require(try self.sample("lambada"))
    _ = try other.error(of: model, from: exact, folder: folder.path)
    #expect(model.callCount == 1)
  }

  @Test func `what is kept and is damaged is measured again`() throws {
    let sample = try #require(try sample("crows-pairs"))
    _ = try sample.error(of: StandInModel(precision: "bf16"), from: StandInModel(), folder: folder.path)
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    for text in ["", "{", #"{"key": "x"}"#] {
      try Data(text.utf8).write(to: URL(filePath: folder.file(name)))
      let model = StandInModel(precision: "bf16")
      _ = try sample.error(of: model, from: StandInModel(), folder: folder.path)
      #expect(model.callCount == 1)
    }
  }

  @Test func `questions that generate are none to measure with`() throws {
    #expect(try sample("winobias-coreference") == nil)
    #expect(try sample("winobias-coreference", "lambada") != nil)
  }
}
