import Testing

@Suite struct UnusedClassTests {
  @Test func aClassThatNoConditionNamesIsFound() throws {
    let lexicon =
      "  - {id: e, from: he, choose: [{id: a, when: {not: {next: {not-in: [used]}}}, to: x}, {id: b, to: y}]}"
    #expect(
      try findings(of: "unused-class", lexicon: lexicon, more: "classes: {used: [a], spare: [b]}") == [
        "5:22 warning class 'spare' is named by no condition; expected 'in: [spare]' somewhere, or delete it [unused-class]"
      ])
  }

  @Test func aPackWithoutALexiconDefinesClassesForOthers() throws {
    let text = schemaLine + "schema: 1\npack: p\nversion: 1.0.0\nclasses: {spare: [b]}\n"
    #expect(try findings(text).isEmpty)
  }
}
