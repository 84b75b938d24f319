import Testing

@testable import Terms

@Suite struct TermListTests {
  @Test func pronounsAreCountedWhereNothingElseIsAskedFor() throws {
    let list = try TermList(words: [])
    #expect(list.terms.count == 14)
    #expect(list.terms[0] == Term("he", group: "masculine"))
    #expect(list.terms[4] == Term("she", group: "feminine"))
    #expect(list.terms[13] == Term("themselves", group: "neutral"))
  }

  @Test(arguments: ["", " she", "she ", "her  own", "a\nb", String(repeating: "a", count: 300)])
  func whatIsNoTermIsRefused(term: String) {
    #expect(throws: TermFailure.self) { try TermList(words: ["he", term]) }
  }

  @Test func aTermGivenTwiceIsRefused() {
    #expect(throws: TermFailure.self) { try TermList(words: ["he", "she", "he"]) }
  }
}
