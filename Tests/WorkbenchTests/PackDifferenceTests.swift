import SwapRules
import Testing

@testable import Workbench

@Suite struct PackDifferenceTests {
  private let other = """
      - {id: he, from: he, to: she}
      - {id: his, from: his, to: her}
      - {id: it, from: it, to: they}
    """

  private func cases(_ text: String) throws -> (difference: PackDifference, cases: [PackDifference.Case]) {
    let comparison = try PackComparison(pack(pronouns, more: "guards: {spans: [url]}"), pack(other))
    var cases: [PackDifference.Case] = []
    withText(text) { source in comparison.compare(source) { make, _ in cases.append(make()) } }
    return (comparison.difference, cases)
  }

  @Test func onlyWordsThatAreDecidedOtherwiseAreShown() throws {
    let (difference, cases) = try cases("he and his dog, it, www.x.y/he his")
    #expect(cases.map(\.hit.word) == ["it", "he", "his"])
    #expect(cases.map(\.first.text) == ["stays (no rule)", "stays (guard:url)", "hers (at-end)"])
    #expect(cases.map(\.second.text) == ["they (it)", "she (he)", "her (his)"])
    #expect((difference.agreed, difference.onlyFirst, difference.onlySecond, difference.otherwise) == (2, 0, 2, 1))
    #expect(difference.pairs[PackDifference.Pair(first: "at-end", second: "his")] == 1)
    #expect(difference.table.contains("guard:url"))
  }

  @Test func aPackDoesNotDifferFromItself() throws {
    let comparison = try PackComparison(pack(pronouns), pack(pronouns))
    withText("he, his and his") { source in
      comparison.compare(source) { _, _ in Issue.record("a difference") }
    }
    #expect(comparison.difference.count == 0 && comparison.difference.agreed == 3)
  }
}
