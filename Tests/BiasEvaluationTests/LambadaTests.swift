import StructuredText
import Testing

@testable import BiasEvaluation

@Suite struct LambadaTests {
  @Test func `the last word with its space is the continuation`() throws {
    let lambada = try Lambada(file("{\"text\": \"he saw the old dog\"}\n{\"text\": \"a \\\"b\\\" c\"}\n", name: "l"))
    #expect(lambada.passages.map(\.context) == ["he saw the old", "a \"b\""])
    #expect(lambada.passages.map(\.continuation) == [" dog", " c"])
  }

  @Test(
    "a passage without a last word is refused with its line",
    arguments: ["{\"text\": \"word\"}", "{\"text\": \"ends in \"}", "{\"text\": \" x\"}"])
  func refused(line: String) {
    #expect(failure { try Lambada(file("{\"text\": \"a b\"}\n" + line, name: "l")) }?.line == 2)
  }

  @Test func `what is no JSON or has no text is refused`() {
    #expect(throws: JSONFailure.self) { try Lambada(file("{\"text\": 3}", name: "l")) }
    #expect(throws: JSONFailure.self) { try Lambada(file("{\"txt\": \"a b\"}", name: "l")) }
    #expect(throws: JSONFailure.self) { try Lambada(file("a b", name: "l")) }
    #expect(failure { try Lambada(file("\n", name: "l")) }?.line == 1)
  }
}
