import ByteIO
import Foundation
import TestSupport
import TokenDataset
import Testing

@testable import Pipeline

/// What verification cannot do is an error, and no difference.
@Suite struct WindowVerificationTests {
  let fixture: WindowFixture

  init() throws {
    fixture = try WindowFixture()
    _ = try fixture.run(fixture.plan(), "out")
  }

  private func verification() throws -> WindowVerification {
    var verification = try WindowVerification(manifestPath: fixture.folder.file("out/manifest.json"))
    verification.base = [fixture.folder.file("base_text_document")]
    verification.tokenizer = fixture.folder.file("tokenizer.json")
    verification.progress = .quiet
    return verification
  }

  @Test func samplesAreMadeAgain() throws {
    #expect(try verification().run().allSatisfy { $0.outcome == .passed })
  }

  @Test func aBaseThatIsNotThereIsAnError() throws {
    var verification = try verification()
    verification.base = [fixture.folder.file("nosuch")]
    let failure = #expect(throws: DatasetFailure.self) { try verification.run() }
    #expect(failure?.description.contains("there is no such file") == true)
  }

  @Test func aTokenizerThatIsNotThereIsAnError() throws {
    var verification = try verification()
    verification.tokenizer = fixture.folder.file("nosuch.json")
    #expect(throws: IOFailure.self) { try verification.run() }
  }

  @Test func anotherTokenizerIsADifference() throws {
    var verification = try verification()
    let text = try String(contentsOfFile: fixture.folder.file("tokenizer.json"), encoding: .utf8)
    try AtomicFile.replace(fixture.folder.file("other.json"), with: Array((text + "\n").utf8))
    verification.tokenizer = fixture.folder.file("other.json")
    #expect(try verification.run().contains { $0.outcome == .failed })
  }
}
