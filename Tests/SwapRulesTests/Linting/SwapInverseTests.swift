import Testing

@Suite struct SwapInverseTests {
  private let lexicon = """
      - {id: he, from: he, to: she}
      - {id: she, from: she, to: he}
      - {id: him, from: him, to: her}
      - {id: his, from: his, to: her}
      - {id: her, from: her, choose: [{id: a, when: {next: {any: [end]}}, to: him}, {id: b, to: his}]}
    """

  @Test func aTestThatDoesNotComeBackIsFound() throws {
    let tests = "\ntests: [{in: he saw her, out: she saw him}, {in: he saw him go, out: she saw her go}]"
    #expect(
      try findings(of: "inverse", lexicon: lexicon + tests, more: "direction: both") == [
        "12:45 warning a swap does not undo itself: 'he saw him go' becomes 'she saw her go', and that becomes"
          + " 'he saw his go' [inverse]"
      ])
  }

  /// Where no choice is in doubt nothing excuses it: here a guard holds one way only.
  @Test func aTestThatDoesNotComeBackForCertainIsAnError() throws {
    let tests = "\ntests: [{in: she saw him, out: he saw her}]"
    let guards = "direction: both\nguards: {regex: ['\\bhe saw her']}"
    let findings = try findings(of: "inverse", lexicon: lexicon + tests, more: guards)
    #expect(findings.count == 1)
    #expect(findings.first?.contains("error a swap does not undo itself: 'she saw him' becomes 'he saw her'") == true)
  }

  /// What is at fault is left out: that another entry wants it then is no fault of that one.
  @Test func theWordThatAnEntryAtFaultWritesIsNotMissed() throws {
    let lexicon = """
        - {id: uncle, from: uncle, to: aunt, clitics: ["'s"]}
        - {id: aunt, from: aunt, to: uncle}
      """
    let found = try findings(of: "language", lexicon: lexicon, more: "direction: both")
    #expect(found.count == 1 && found.first?.contains("have other clitics") == true, "\(found)")
  }

  @Test func aPackOfOneDirectionNeedNotUndoItself() throws {
    let tests = "\ntests: [{in: he saw him go, out: she saw her go}]"
    #expect(try findings(of: "inverse", lexicon: lexicon + tests, more: "direction: m2f").isEmpty)
  }
}
