import SwapRules
import Testing

@Suite struct CreditGuardTests {
  private func pack() throws -> RulePack {
    try SwapRulesTests.pack(
      lexicon("  - {id: ann, from: [ann, bo, wilhelmina], to: x}", more: "guards: {spans: [credit]}"))
  }

  @Test(arguments: [
    "# written by Ann", "  // Ann", "/* Ann */", " * Ann", "-- Ann", "; Ann", "% Ann", "x\n## Ann\nx",
    "Copyright 2003 by Ann", "COPYRIGHT Ann", "(C) Ann", "@author Ann", "\\author{Ann}", "Authors: Lee and Ann",
    "__author__ = 'Ann'", ":author: Ann", "Maintainer: Ann", "credits = Ann", "Contributor(s): Ann",
    "Ann <ann@example.org>", "ann@example.org (Ann)", "Ann, Lee and someone else (lee@example.org)",
  ])
  func whoMadeSomethingIsNamedThere(text: String) throws {
    #expect(try Set(pack().rules(text)) == ["guard:credit"])
  }

  @Test(arguments: [
    "Ann", "* Ann", "- Ann", "#Ann", "the author Ann", "10(c), Ann", "an authority: Ann", "Ann @ six",
    "# a comment\nAnn", "copyright\nAnn\nx@y.example", "Ann:\n# x",
  ])
  func elsewhereItIsNot(text: String) throws {
    #expect(try pack().rules(text) == ["ann"])
  }

  @Test func howLongNamesAreDoesNotMatter() throws {
    let pack = try pack()
    for count in [5, 18, 19, 20, 21, 30] {
      let frames = ["Ann " + Array(repeating: "_", count: count).joined(separator: " ") + " x@y.example"]
      let decisions = try frames.flatMap { frame in
        try ["Bo", "Wilhelmina"].map { try pack.rules(frame.replacing("_", with: $0)).first }
      }
      #expect(Set(decisions).count == 1, "\(count)")
    }
  }

  @Test func whatAnEdgeHidesMayBeAnAddressOrAComment() throws {
    let pack = try pack()
    #expect(try pack.rules("x\nby Ann and ", trailing: .cut) == ["edge"])
    #expect(try pack.rules(" by Ann\n", leading: .cut) == ["edge"])
    #expect(try pack.rules(" copyright Ann and ", leading: .cut, trailing: .cut) == ["guard:credit"])
    #expect(try pack.rules("it was so,\nby Ann\nand so it was", leading: .cut, trailing: .cut) == ["ann"])
  }
}
