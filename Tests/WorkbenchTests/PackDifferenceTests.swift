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

  /// All cases as lines, and the four counts.
  private func lines(_ text: String, _ first: String, _ second: String) throws -> (lines: [String], counts: [Int]) {
    let comparison = try PackComparison(pack(first), pack(second))
    var lines: [String] = []
    withText(text) { source in
      comparison.compare(source) { make, start in
        let found = make()
        #expect(found.hit.offset == start)
        lines.append(Concordance(width: 200).line(found).map(\.text).joined())
      }
    }
    let found = comparison.difference
    return (lines, [found.agreed, found.onlyFirst, found.onlySecond, found.otherwise])
  }

  @Test func editsThatOverlapAreOneDifference() throws {
    let (short, long) = ("  - {id: he, from: he, to: she}", "  - {id: he-is, from: he is, to: they are}")
    let found = try lines("He is tired.", short, long)
    #expect(found.counts == [0, 0, 0, 1])
    #expect(found.lines.count == 1 && found.lines[0].contains("[He is→She is|They are] tired."), "\(found.lines)")
    #expect(found.lines[0].contains("he | he-is"))
    let turned = try lines("He\nis tired.", long, short)
    #expect(turned.counts == [0, 0, 0, 1])
    #expect(turned.lines[0].contains("[He⏎is→They⏎are|She⏎is] tired."), "\(turned.lines)")
  }

  @Test func editsThatOverlapInAChainAreOneDifference() throws {
    let first = """
        - {id: he-said, from: he said, to: she told}
        - {id: it-was, from: it was, to: they were}
      """
    let found = try lines("So he said it was his.", first, "  - {id: said-it, from: said it, to: wrote them}")
    #expect(found.counts == [0, 0, 0, 1])
    #expect(found.lines[0].contains("[he said it was→she told they were|he wrote them was] his."), "\(found.lines)")
    #expect(found.lines[0].contains("he-said, it-was | said-it"))
  }

  @Test func editsThatOverlapAndGiveTheSameAgree() throws {
    let found = try lines("He is.", "  - {id: he, from: he, to: she}", "  - {id: he-is, from: he is, to: she is}")
    #expect(found.counts == [1, 0, 0, 0] && found.lines.isEmpty)
  }

  @Test func anEditWithinWhatTheOtherKeepsIsOfOneOnly() throws {
    let (edit, kept) = ("  - {id: he, from: he, to: she}", "  - {id: he-is, from: he is, keep: true}")
    let found = try lines("He is, he.", edit, kept)
    #expect(found.counts == [0, 2, 0, 0])
    #expect(found.lines[0].contains("[He→She|·] is, he.") && found.lines[0].contains("he | no rule"), "\(found.lines)")
  }

  @Test func aPackDoesNotDifferFromItself() throws {
    let comparison = try PackComparison(pack(pronouns), pack(pronouns))
    withText("he, his and his") { source in
      comparison.compare(source) { _, _ in Issue.record("a difference") }
    }
    #expect(comparison.difference.count == 0 && comparison.difference.agreed == 3)
  }
}
