import Pipeline
import StructuredText
import TestSupport
import Testing
import TokenDataset
import Tokenization
import TrainingOrder

@testable import Viewing

@Suite struct OrderViewerTests {
  @Test func aSampleIsItsTokensTextWithTheDocumentsTheyComeFrom() throws {
    let fixture = try ViewingFixture()
    let dataset = try TokenDataset(prefix: fixture.folder.file("base_text_document"))
    let plan = try IndexMapPlan(dataset, samples: 60, sequenceLength: 32, seed: 7)
    let order = try RunOrder([(dataset: dataset, plan: plan, weight: 1)])
    let viewer = try OrderViewer(order, batchSize: 4, fixture.tokenizer)
    var count = 0
    try viewer.forEachSample(steps: 2..<9) { sample in
      var tokens = [UInt32](repeating: 0, count: 33)
      try tokens.withUnsafeMutableBufferPointer {
        try order.copyTokens(ofSequence: sample.sequence, into: $0.baseAddress!)
      }
      #expect(sample.text(edited: true) == tokens.flatMap { Array(fixture.tokenizer.bytes(of: $0)) })
      let documents = sample.pieces.compactMap { piece in
        if case .document(let document) = piece { document } else { nil }
      }
      #expect(documents.reduce(0) { $0 + $1.tokens.count } == 33)
      for document in documents {
        #expect(document.size == dataset.size(of: document.item))
        #expect(document.subset == "Set \((document.place!.line - 1) % 3)")
        #expect(document.place?.file == "pile.jsonl")
      }
      count += 1
    }
    #expect(count == 28)
  }

  @Test func charactersThatAnEditDividesBelongToIt() {
    let face = Array("\u{1F600}".utf8)
    let edit = SampleText.Edit(
      before: [face[2], 0x61], after: [face[2], 0x62], rule: "r", branch: "b", position: 0, outputPosition: 0)
    var sample = SampleText(
      sequence: 0, step: 0, row: 0,
      pieces: [.text([0x78] + face[..<2]), .edit(edit), .text([0x80, 0x79]), .edit(edit), .text([0x7A])])
    sample.joinCharacters()
    #expect(sample.pieces[0] == .text([0x78]))
    #expect(sample.edits[0].before == Array(face[..<3]) + [0x61, 0x80])
    #expect(sample.edits[0].after == Array(face[..<3]) + [0x62, 0x80])
    #expect(sample.pieces[2] == .text([0x79]))
    #expect(sample.edits[1] == edit)
  }

  @Test func JSONHoldsTheTextBothWays() throws {
    let edit = SampleText.Edit(
      before: Array("he".utf8), after: Array("she".utf8), rule: "he", branch: "default", position: 3, outputPosition: 4)
    let sample = SampleText(
      sequence: 9, step: 2, row: 1, pieces: [.text([0x61, 0x20]), .edit(edit), .special("<|endoftext|>")])
    #expect(
      String(decoding: try sample.json(withControl: true).serialized(), as: UTF8.self)
        == #"{"step":2,"row":1,"q":9,"text":"a she<|endoftext|>","control":"a he<|endoftext|>","pieces":"#
        + #"[{"text":"a "},{"edit":{"position":3,"output_position":4,"rule":"he","branch":"default","#
        + #""before":"he","after":"she"}},{"special":"<|endoftext|>"}]}"#)
  }
}
