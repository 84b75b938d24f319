import Testing

@testable import Planning

@Suite struct ShellWordTests {
  @Test(arguments: [("plain/path-1.json", "plain/path-1.json"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("", "''")])
  func wordsAreQuotedForTheShell(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}
