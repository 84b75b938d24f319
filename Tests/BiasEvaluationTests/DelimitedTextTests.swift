import TestSupport
import Testing

@testable import BiasEvaluation

@Suite struct DelimitedTextTests {
  @Test func `fields in quotes hold commas, line ends and quotes`() throws {
    let text = try DelimitedText(file("a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\r\n"))
    #expect(text.header == ["a", "b"])
    #expect(text.records.map(\.fields) == [["x, y", "say \"hi\""], ["two\nlines", ""]])
    #expect(text.records.map(\.line) == [2, 3] && text.records.map(\.offset) == [5, 26])
  }

  @Test func `a tab in the first line makes tabs the separator, and quotes within fields themselves`() throws {
    let text = try DelimitedText(file("a\tb\nx, y\the said \"no\"\n"))
    #expect(text.records.map(\.fields) == [["x, y", "he said \"no\""]])
  }

  @Test func `a byte order mark, a missing last line end and empty lines do no harm`() throws {
    let text = try DelimitedText(file([0xEF, 0xBB, 0xBF] + Array("a,b\n\n1,2".utf8)))
    #expect(text.header == ["a", "b"] && text.records.map(\.fields) == [["1", "2"]])
  }

  @Test(
    "what is no such file is refused with line and byte",
    arguments: [
      ("", 1, nil), ("a,b\n1\n", 2, 4), ("a,b\n1,2,3\n", 2, 4), ("a,b\n1,\"2\n", 2, 6), ("a,b\n\"1\"x,2\n", 2, 7),
      ("a,b\n1,x\"y\"\n", 2, 7), ("a,b\n\"1\n\n\",2\n3\n", 5, 12), ("a,b\n1,\0\n", 2, 6),
    ] as [(String, Int, Int?)])
  func refused(text: String, line: Int, offset: Int?) {
    let failure = failure { try DelimitedText(file(text)) }
    #expect(failure?.line == line && failure?.offset == offset, "\(String(describing: failure))")
  }

  @Test func `bytes that are no UTF-8 are refused, quoted or not`() {
    let plain = failure { try DelimitedText(file(Array("a,b\n1,x".utf8) + [0xC3, 0x28, 0x0A])) }
    #expect(plain?.line == 2 && plain?.offset == 7)
    let quoted = failure { try DelimitedText(file(Array("a,b\n1,\"x".utf8) + [0xFF] + Array("\"\n".utf8))) }
    #expect(quoted?.line == 2 && quoted?.offset == 8)
  }

  @Test func `whatever the fields hold, they come back as they were written`() throws {
    var random = SeededGenerator(seed: 31)
    let alphabet: [Character] = ["a", "é", "\"", ",", "\n", " ", "\t", "'", "漢"]
    for _ in 0..<300 {
      let width = Int.random(in: 1...4, using: &random)
      let rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<width).map { _ in
          String((0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "a" })
        }
      }
      let header = (0..<width).map { "h\($0)" }.joined(separator: ",")
      let end = Bool.random(using: &random) ? "\n" : "\r\n"
      let lines = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") }
      let text = try DelimitedText(file(([header] + lines).joined(separator: end) + end))
      #expect(text.records.map(\.fields) == rows)
    }
  }

  @Test func `hostile bytes give records or a failure, never a crash`() {
    var random = SeededGenerator(seed: 8)
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0x09, 0x00, 0xEF, 0xBB, 0xBF]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      _ = try? DelimitedText(file(bytes))
      _ = try? CrowsPairs(file(bytes))
    }
  }
}
