import Testing

@Suite struct UntestedRuleTests {
  @Test func entriesAndBranchesThatDecideNoTestAreFound() throws {
    let lexicon = """
        - {id: he, from: he, to: she}
        - {id: him, from: him, to: her}
        - id: his
          from: his
          choose:
            - {id: kept, when: {next: {is: [a]}}, keep: true}
            - {id: last, when: {next: {any: [end]}}, to: hers}
            - {id: else, to: her}
      tests:
        - {in: "he", out: "she"}
        - {in: "his a", same: true}
        - {in: "his hat", out: "hats", todo: true}
      """
    #expect(
      try findings(of: "untested", lexicon: lexicon) == [
        "8:5 warning entry 'him' decides no test; add one [untested]",
        "13:9 warning branch 'last' decides no test; add one [untested]",
        "14:9 warning branch 'else' decides no test; add one [untested]",
      ])
  }

  @Test func manyUntestedEntriesAreCounted() throws {
    let lexicon = (0..<9).map { "  - {id: e\($0), from: \(String(repeating: "a", count: $0 + 1)), to: x}" }
    let found = try findings(of: "untested", lexicon: lexicon.joined(separator: "\n"))
    #expect(found.count == 1)
    #expect(found[0].hasPrefix("7:5 warning 9 of 9 entries decide no test; add some: 'e0', 'e1',"))
  }
}
