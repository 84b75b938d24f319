import Testing

@testable import SwapRules

@Suite struct ContextLearnerTests {
  private let texts = [
    "She gave him the book. I saw my mother and told them about their dog. He lost his keys; they found me there.",
    "We gave him a hat. He sold his hat. They took us home, where our mother was. I told him so. It hurt his hand.",
  ]

  private func learner(_ documents: Int, minimumCount: Int = 2, rows: Int = 3000) throws -> ContextLearner {
    var plan = LearningPlan.english
    plan.minimumCount = minimumCount
    plan.maximumRows = rows
    let learner = try ContextLearner(plan)
    for index in 0..<documents {
      Array(texts[index % texts.count].utf8).withUnsafeBufferPointer { learner.read($0) }
    }
    return learner
  }

  @Test func theSameDocumentsGiveTheSameBytes() throws {
    let (first, second) = (try learner(40).learn(), try learner(40).learn())
    #expect(first.table.bytes == second.table.bytes)
    #expect(first.table.weightCount > 20)
  }

  @Test func whatIsWrittenReadsBackAndDecides() throws {
    let model = try learner(40).learn()
    #expect(try LearntTableParser.parse(model.table.bytes, file: "t.tsv").bytes == model.table.bytes)
    #expect(model.training.accuracy == 1)
    #expect(model.heldBack.accuracy == 1)
    #expect(model.heldBack.contexts * 9 <= model.training.contexts)
    let text = lexicon(
      "  - {id: her, from: her, choose: [{id: t, table: t.tsv, threshold: 0, to: him}, {id: d, to: his}]}")
    let pack = try pack(text, files: ["t.tsv": String(decoding: model.table.bytes, as: UTF8.self)])
    #expect(try pack.apply("She gave her the hat. He sold her hat.") == "She gave him the hat. He sold his hat.")
  }

  @Test func theTableKeepsNoMoreRowsThanAsked() throws {
    let model = try learner(40, rows: 7).learn()
    #expect(model.table.weightCount <= 7)
    #expect(model.features > 7)
  }

  @Test func nothingToLearnFromIsATableWithoutWeights() throws {
    let model = try learner(0).learn()
    #expect(model.table.weightCount == 0)
    #expect(model.training == LearntModel.Score())
    #expect(try LearntTableParser.parse(model.table.bytes, file: "t.tsv").bytes == model.table.bytes)
  }

  @Test func theExponentialIsGoodToTenDigits() {
    for (x, value) in [(0.0, 1.0), (1, 2.718281828459045), (-1, 0.36787944117144233), (10, 22026.465794806718)] {
      #expect(abs(LogisticRegression.exponential(x) / value - 1) < 1e-10)
    }
    #expect(LogisticRegression.probability(1000) == 1)
    #expect(LogisticRegression.probability(-1000) < 1e-15)
  }
}
