import Testing

@Suite struct NeverHoldsTests {
  private func isFound(_ condition: String) throws -> Bool {
    let lexicon = """
        - id: e
          from: he
          choose:
            - {id: a, when: \(condition), to: x}
            - {id: c, to: z}
      """
    return try !findings(of: "contradiction", lexicon: lexicon, more: "classes: {w: [of, to], none: []}").isEmpty
  }

  @Test(arguments: [
    "{next: {is: [of], all: [end]}}", "{next: {in: [w], not-in: [w]}}", "{next: {in: [none]}}",
    "{next: {is: [of], suffix: [ing]}}", "{next: {is: [by], in: [w]}}", "{next: {mark: ',', all: [word]}}",
    "{all: [{next: {is: [of]}}, {next: {is: [to]}}]}", "{all: [{match: lower}, {match: upper}]}",
    "{all: [{next: {is: [of]}}, {not: {next: {in: [w]}}}]}", "{next: {all: [end, newline]}}",
    "{next: {all: [adjacent, paragraph]}}", "{next: {is: [élan], not: {is: [ÉLAN]}}}",
  ])
  func aConditionThatContradictsItselfIsFound(condition: String) throws {
    #expect(try isFound(condition))
  }

  /// Each way through one list with each way through the other would take hours.
  @Test func nestedListsTakeNoTime() throws {
    func nested(_ list: String, _ depth: Int) -> String {
      depth == 0 ? "word" : "{\(list): [\(nested(list, depth - 1))]}"
    }
    let lexicon = """
        - id: e
          from: he
          choose:
            - {id: a, when: {next: {not: \(nested("all", 26))}}, to: x}
            - {id: b, when: {next: {not: \(nested("any", 26))}}, to: y}
            - {id: c, to: z}
      """
    #expect(try findings(of: "unreachable", lexicon: lexicon).count < 2)
  }

  @Test(arguments: [
    "{next: {is: [of]}, next2: {is: [to]}}", "{next: {is: [of, going], suffix: [ing]}}",
    "{next: {any: [end, {in: [w]}]}}", "{next: {in: [w], not: {is: [of]}}}", "{next: {all: [newline, adjacent]}}",
    "{next: {is: [Élan], suffix: [élan]}}",
  ])
  func aConditionThatCanHoldIsNot(condition: String) throws {
    #expect(try !isFound(condition))
  }
}
