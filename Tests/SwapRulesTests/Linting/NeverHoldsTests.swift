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

  @Test(arguments: [
    "{next: {is: [of]}, next2: {is: [to]}}", "{next: {is: [of, going], suffix: [ing]}}",
    "{next: {any: [end, {in: [w]}]}}", "{next: {in: [w], not: {is: [of]}}}", "{next: {all: [newline, adjacent]}}",
    "{next: {is: [Élan], suffix: [élan]}}",
  ])
  func aConditionThatCanHoldIsNot(condition: String) throws {
    #expect(try !isFound(condition))
  }
}
