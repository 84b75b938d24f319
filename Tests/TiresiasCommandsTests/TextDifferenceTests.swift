import Testing

@testable import TiresiasCommands

@Suite struct TextDifferenceTests {
  @Test func theColumnIsThatOfATerminal() {
    #expect(TextDifference(expected: "a b", got: "a c")?.column == 2)
    #expect(TextDifference(expected: "日本 he", got: "日本 she")?.column == 5)
    #expect(TextDifference(expected: "e\u{301}\t\nx", got: "e\u{301}\t\ny")?.column == 3)
    #expect(TextDifference(expected: "abc", got: "ab")?.column == 2)
    #expect(TextDifference(expected: "ab", got: "abc")?.column == 2)
    #expect(TextDifference(expected: "", got: "x")?.column == 0)
    #expect(TextDifference(expected: "same", got: "same") == nil)
  }

  @Test func whatTheEyeCannotTellApartIsSpelled() {
    let difference = TextDifference(expected: "caf\u{E9}", got: "cafe\u{301}")
    #expect(difference?.column == 3)
    #expect(difference?.note == "found 'e\u{301}' (U+0065 U+0301), expected 'é' (U+00E9)")
    #expect(TextDifference(expected: "a\u{A0}b", got: "a b")?.note?.contains("U+00A0") == true)
    #expect(TextDifference(expected: "a", got: "b")?.note == nil)
  }
}
