import Testing

@Suite struct SelfReplacementTests {
  @Test func aWordThatBecomesItselfIsFound() throws {
    let lexicon = """
        - {id: he, from: he, to: he}
        - {id: colour, from: [colour, color], to: color}
        - id: his
          from: his
          choose:
            - {id: end, when: {next: {any: [end]}}, to: his}
            - {id: else, to: her}
        - {id: kept, from: she, keep: true}
        - {id: curly, from: isn’t, to: isn't}
        - {id: him, from: him, to: Him}
        - {id: typographic, from: aren't, to: aren’t}
      """
    let found = try findings(of: "self", lexicon: lexicon)
    #expect(
      found == [
        "7:24 warning 'he' becomes 'he', itself, which counts as an edit; 'keep: true' leaves it alone [self]",
        "8:41 warning 'color' becomes 'color', itself, which counts as an edit; take it out of 'from', or leave all alone"
          + " with 'keep: true' [self]",
        "12:9 warning 'his' becomes 'his', itself, which counts as an edit; 'keep: true' leaves it alone [self]",
        "15:30 warning 'isn’t' becomes 'isn't', itself, which counts as an edit; 'keep: true' leaves it alone [self]",
      ])
  }
}
