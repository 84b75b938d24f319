import TestSupport
import Testing

@testable import Viewing

@Suite struct SampleReferenceTests {
  private let hash = String(repeating: "0123456789abcdef", count: 4)

  @Test func itIsReadBackAsItWasWritten() throws {
    let reference = SampleReference(manifestHash: hash, step: 133_500, row: 17)
    #expect(reference.description == "tiresias:0123456789abcdef:133500:17")
    #expect(try SampleReference(reference.description) == reference)
    #expect(try SampleReference("  tiresias:\(hash):5:0 \n").hash == hash)
  }

  @Test(arguments: [
    "", "tiresias", "tiresias:0123456789abcdef:1", "tiresias:0123456789abcde:1:2", "tiresias:0123456789ABCDEF:1:2",
    "tiresias:0123456789abcdef:-1:2", "tiresias:0123456789abcdef:1:+2", "tiresias:0123456789abcdef::2",
    "tiresias:0123456789abcdef:1:2:3", "tiresias:0123456789abcdef:99999999999999999999:2",
    "tiresias:0123456789abcdeg:1:2",
    "pythia:0123456789abcdef:1:2",
  ])
  func whatIsNoneIsRefused(text: String) {
    #expect(throws: ViewingFailure.self) { try SampleReference(text) }
  }

  @Test func itHoldsForItsOwnManifestOnly() throws {
    let fixture = try ViewingFixture()
    let (one, other) = (try fixture.window(length: "aligned"), try fixture.window(length: "slide"))
    let reference = try BrowsedRun(manifestPath: one, tokenizer: fixture.tokenizerPath).reference(ofSequence: 250)
    #expect(reference.step == 62 && reference.row == 2)
    #expect(throws: Never.self) { try reference.check(manifestPath: one) }
    #expect(throws: ViewingFailure.self) { try reference.check(manifestPath: other) }
  }
}
