import Glibc
import SwapRules
import TestSupport
import Testing

@testable import TiresiasCommands

@Suite struct RulesReportTests {
  private func pack() throws -> RulePack {
    let folder = TemporaryFolder()
    let text = """
      schema: 1
      pack: p
      version: 1.0.0
      lexicon: [{id: he, from: he, to: she}]
      tests:
        - {in: "so\\the said", out: "so\\tshe spoke"}
        - {in: he, out: it, todo: true}
        - {in: he, out: she, todo: true}
        - {in: he, out: she}
      """
    let file = try #require(fopen(folder.file("p.yaml"), "w"))
    fputs(text, file)
    fclose(file)
    return try RulePack.load(path: folder.file("p.yaml"))
  }

  @Test func aFailureShowsTheFirstDifferenceAndWhatDecided() throws {
    let results = try pack().runTests()
    let text = try #require(RulesTestReport.text(of: results[0]))
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0].hasSuffix("p.yaml:6:5: a test fails"))
    #expect(lines[2] == "  expected: so⇥she spoke")
    #expect(lines[3] == "  got:      so⇥she said")
    #expect(lines[4] == "                    ^")
    #expect(lines[5] == "  decided:  he by he")
    #expect(RulesTestReport.text(of: results[1]) == nil)
    #expect(RulesTestReport.text(of: results[2])?.contains("remove the mark") == true)
    var counts = RulesTestReport.Counts()
    for result in results { counts.add(result.outcome) }
    #expect(counts.line == "1 passed, 1 failed, 1 todo, 1 todo that now pass")
  }

  private func editLines(_ text: String, _ pack: RulePack) throws -> [String] {
    try Array(text.utf8).withUnsafeBufferPointer { bytes in
      var candidates: [Candidate] = []
      let segment = SegmentText(bytes)
      try Matcher(pack).candidates(in: segment, into: &candidates)
      return candidates.map { String(decoding: RulesEditLine.bytes(of: $0, in: segment, pack), as: UTF8.self) }
    }
  }

  @Test func anEditLineHasWhatIsWritten() throws {
    let pack = try RulePack.load(path: Assets.root + "/rules/pronouns-neutral.yaml")
    let lines = try editLines("She said isn’t he late, and he\nisn't.", pack)
    #expect(lines.count == 3 && lines[1].contains("\"from\":\"isn’t he\",\"to\":\"aren’t they\""), "\(lines)")
    #expect(lines.last?.contains("\"from\":\"he\\nisn't\",\"to\":\"they\\naren't\"") == true, "\(lines)")
  }

  @Test func anEditLineIsOneObject() throws {
    #expect(
      try editLines("He or \"hE\"", pack()) == [
        "{\"start\":0,\"end\":2,\"from\":\"He\",\"to\":\"She\",\"rule\":\"he\",\"branch\":\"he\"}\n",
        "{\"start\":7,\"end\":9,\"from\":\"hE\",\"kept\":\"case\",\"rule\":\"he\"}\n",
      ])
  }
}
