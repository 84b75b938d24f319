import TestSupport
import Testing

@testable import Tokenization

@Suite struct SmokeTests {
  @Test(.enabled(if: Assets.tokenizer != nil)) func encodesASentence() throws {
    let tokenizer = try Tokenizer(path: Assets.tokenizer!)
    #expect(try Encoder(tokenizer).encode(Array("He said so.".utf8)).count == 4)
  }
}
