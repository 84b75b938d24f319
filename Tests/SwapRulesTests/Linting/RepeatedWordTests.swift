import Testing

@Suite struct RepeatedWordTests {
  @Test func aWordThatStandsTwiceInAClassIsFoundInListsAndFiles() throws {
    let text = schemaLine + "schema: 1\npack: p\nversion: 1.0.0\nclasses: {a: [x, y, X], b: {file: b.txt}}\n"
    #expect(
      try findings(text, files: ["b.txt": "don't\n# twice\ndon’t\n"]) == [
        "b.txt:3:1 warning 'don’t' stands twice in class 'b'; the first is in line 1 [repeated-word]",
        "5:21 warning 'X' stands twice in class 'a'; the first is in line 5 [repeated-word]",
      ])
  }
}
