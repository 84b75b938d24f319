import SwapRules
import Testing

@testable import Workbench

@Suite struct HitTests {
  @Test func aHitHasItsContextWholeCharactersOnly() throws {
    let long = String(repeating: "é", count: 300)
    let hit = try #require(try hits("\(long) He \(long)", pack(pronouns), subset: "S").first)
    #expect(hit.word == "He" && hit.written == "She" && hit.entry == "he" && hit.rule == "he")
    #expect(hit.left.allSatisfy { $0 == "é" || $0 == " " } && hit.left.utf8.count <= Hit.context)
    #expect(hit.right.allSatisfy { $0 == "é" || $0 == " " } && hit.right.utf8.count <= Hit.context + 3)
    #expect(hit.place == "f.jsonl:1")
    #expect(try hits("é he", pack(pronouns), line: nil).first?.place == "f.jsonl@3")
  }

  @Test func aFilterTakesRulesSubsetsAndReasons() throws {
    let pack = try pack(pronouns)
    func words(_ filter: HitFilter) throws -> [String] {
      try withText("He hE his and his", subset: "A") { source in
        var candidates: [Candidate] = []
        try Matcher(pack).candidates(in: SegmentText(source.text), into: &candidates)
        return filter.keeps(source)
          ? candidates.filter { filter.keeps($0, pack) }.map { Hit($0, in: source, pack).word } : []
      }
    }
    var filter = HitFilter()
    #expect(try words(filter) == ["He", "his", "his"])
    filter.rules = ["his"]
    #expect(try words(filter) == ["his", "his"])
    filter.rules = ["at-end"]
    #expect(try words(filter) == ["his"])
    filter.rules = []
    filter.reasons = ["case"]
    #expect(try words(filter) == ["hE"])
    filter.subsets = ["B"]
    #expect(try words(filter) == [])
  }

  @Test func subsetsOfWhichNoTextIsAreRefused() throws {
    var filter = HitFilter()
    try filter.check(againstSubsets: [])
    filter.subsets = ["FreeLaw"]
    try filter.check(againstSubsets: ["FreeLaw", "ArXiv"])
    filter.subsets = ["FreeLw"]
    #expect { try filter.check(againstSubsets: ["FreeLaw", "ArXiv"]) } throws: {
      "\($0)" == "no text is of subset 'FreeLw'; did you mean 'FreeLaw'?"
    }
    #expect { try filter.check(againstSubsets: [""]) } throws: { "\($0)".contains("no text here says") }
  }

  @Test func namesThatThePackDoesNotHaveAreRefused() throws {
    let pack = try pack(pronouns, more: "guards: {spans: [url]}")
    var filter = HitFilter()
    (filter.rules, filter.reasons) = (["he", "at-end"], ["guard", "guard:url", "paired"])
    try filter.check(against: pack)
    filter.rules = ["at-and"]
    #expect { try filter.check(against: pack) } throws: { "\($0)".contains("did you mean 'at-end'?") }
    (filter.rules, filter.reasons) = ([], ["guard:ulr"])
    #expect { try filter.check(against: pack) } throws: { "\($0)".contains("did you mean 'guard:url'?") }
  }
}
