import Pipeline
import TestSupport
import Testing
import TokenDataset
import Tokenization

@testable import Viewing

@Suite struct WindowViewerTests {
  private let fixture: ViewingFixture

  init() throws { fixture = try ViewingFixture() }

  private func samples(_ manifest: String, steps: Range<Int>, rows: Range<Int>? = nil) throws -> [SampleText] {
    let source = try WindowSource(manifestPath: manifest)
    let viewer = WindowViewer(source, try source.manifest.loadTokenizer(fixture.folder.file("tokenizer.json")))
    var samples: [SampleText] = []
    try viewer.forEachSample(steps: steps, rows: rows) { samples.append($0) }
    return samples
  }

  private func text(_ tokens: [UInt32]) -> [UInt8] { tokens.flatMap { Array(fixture.tokenizer.bytes(of: $0)) } }

  @Test func aSampleIsTheWindowsTextAndWithoutItsEditsTheControls() throws {
    let manifest = try fixture.window(length: "aligned")
    let window = try TokenDataset(prefix: fixture.folder.file("aligned/window_document"))
    let control = try TokenDataset(prefix: fixture.folder.file("aligned/control_document"))
    let samples = try samples(manifest, steps: 60..<120)
    #expect(samples.map(\.sequence) == Array(240..<480))
    for (item, sample) in samples.enumerated() {
      // Where an edit goes beyond the sample's ends, all of it is shown.
      let isCut = sample.edits.contains { $0.outputPosition < 0 } || sample.edits.last.map(reachesBeyond) == true
      if isCut { continue }
      #expect(sample.text(edited: true) == text(try window.tokens(of: item)))
      #expect(sample.text(edited: false) == text(try control.tokens(of: item)))
    }
    #expect(samples.reduce(0) { $0 + $1.edits.count } > 100)
    #expect(samples.contains { sample in sample.pieces.contains(.special("<|endoftext|>")) })
  }

  private func reachesBeyond(_ edit: SampleText.Edit) -> Bool {
    edit.outputPosition + fixture.tokenizerCount(edit.after) > 33
  }

  @Test(arguments: ["slide", "pad"]) func whereTokensMovedTheWindowsTextIsWhole(length: String) throws {
    let manifest = try fixture.window(length: length)
    let window = try TokenDataset(prefix: fixture.folder.file(length + "/window_document"))
    for (item, sample) in try samples(manifest, steps: 60..<120).enumerated() {
      if sample.edits.contains(where: { $0.outputPosition < 0 || reachesBeyond($0) }) { continue }
      #expect(sample.text(edited: true) == text(try window.tokens(of: item)))
    }
  }

  @Test func aRowIsTheSameAloneAndAmongOthers() throws {
    let manifest = try fixture.window(length: "aligned")
    let all = try samples(manifest, steps: 70..<75)
    #expect(try samples(manifest, steps: 70..<75, rows: 2..<3) == all.filter { $0.row == 2 })
    #expect(try samples(manifest, steps: 72..<73) == all.filter { $0.step == 72 })
  }

  @Test func everyPieceIsWholeCharacters() throws {
    let manifest = try fixture.window(length: "aligned")
    for sample in try samples(manifest, steps: 60..<120) {
      for (index, piece) in sample.pieces.enumerated() {
        // The sample's own edges may cut a character.
        guard case .text(let bytes) = piece, index > 0, index < sample.pieces.count - 1 else { continue }
        #expect(String(validating: bytes, as: UTF8.self) != nil)
      }
    }
  }

  @Test func whatIsNotThereIsAnError() throws {
    let manifest = try fixture.window(length: "aligned")
    #expect(throws: (any Error).self) { try samples(manifest, steps: 59..<61) }
    let failure = #expect(throws: ViewingFailure.self) { try samples(manifest, steps: 60..<61, rows: 4..<5) }
    #expect(failure?.description == "row 4: a step has the rows 0 to 3")
    let counts = try fixture.window(length: "pad", log: "counts")
    #expect(throws: PipelineFailure.self) { try samples(counts, steps: 60..<61) }
  }

  @Test func anotherTokenizerIsRefused() throws {
    let manifest = try fixture.window(length: "aligned")
    try TinyTokenizer.write(fixture.folder.file("other.json"), lastID: 900)
    let source = try WindowSource(manifestPath: manifest)
    #expect(throws: PipelineFailure.self) {
      try source.manifest.loadTokenizer(fixture.folder.file("other.json"))
    }
  }
}

extension ViewingFixture {
  func tokenizerCount(_ text: [UInt8]) -> Int { (try? Encoder(tokenizer).encode(text).count) ?? 0 }
}
