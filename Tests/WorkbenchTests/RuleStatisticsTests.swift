import StructuredText
import SwapRules
import TestSupport
import Testing
import Tokenization

@testable import Workbench

@Suite struct RuleStatisticsTests {
  private func statistics(tokenizer: Tokenizer? = nil) throws -> RuleStatistics {
    let counter = try RuleCounter(pack(pronouns), tokenizer: tokenizer)
    try withText("he and his dog; his", subset: "A", counter.add)
    try withText("his and his and hE", subset: "B", counter.add)
    try withText("", subset: "B", counter.add)
    return counter.statistics
  }

  @Test func editsAreCountedByRuleBranchAndSubset() throws {
    let found = try statistics()
    #expect(found.editCount == 5 && found.uncertainCount == 2 && found.keptCount == 1)
    #expect(found.total == RuleStatistics.Size(texts: 3, bytes: 37, words: 10))
    #expect(found.count(in: "A") == 3 && found.count(in: "B") == 2)
    #expect(found.kept == ["case": 1])
    let rules = found.edits.map { (found.pack.branches[$0.key.branch].id, $0.value) }
    #expect(rules.first { $0.0 == "before-and" }?.1 == ["B": 2])
  }

  @Test func branchesThatWereOverruledAreCounted() throws {
    let found = try statistics()
    let names = found.overlaps.map { (found.pack.branches[$0.key.decided].id, found.pack.branches[$0.key.other].id) }
    #expect(names.map(\.0) == ["before-and"] && names.map(\.1) == ["before-a"])
    #expect(found.overlaps.values.map { $0 } == [2])
  }

  @Test func theTablesHoldTheSameFigures() throws {
    let found = try statistics()
    let lines = found.table.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines.contains("edits 5 500000.0"))
    #expect(lines.contains("his before-and 2 200000.0 2"))
    #expect(lines.contains("A 1 5 3 600000.0"))
    let rows = found.tsv.split(separator: "\n")
    #expect(rows.allSatisfy { $0.split(separator: "\t", omittingEmptySubsequences: false).count == 6 })
    #expect(rows.contains("edits\this\tbefore-and\tB\t\t2") && rows.contains("left alone\t\t\t\tcase\t1"))
    #expect(found.json["edits"] == 5 && found.json["aligned"] == .null)
    _ = try found.json.serialized()
  }

  @Test func aStrangersNameOfASubsetCommandsNoTerminal() throws {
    let counter = try RuleCounter(pack("  - {id: he, from: he, to: she}"))
    try withText("he", subset: "A\u{1B}[2J\tB", counter.add)
    #expect(counter.statistics.tsv.contains("edits\the\the\tA␛[2J⇥B\t\t1\n"))
  }

  @Test func wordsAreWhatStandsBetweenASCIISpacesAndMarks() throws {
    let count = { (text: String) in Array(text.utf8).withUnsafeBufferPointer { RuleCounter.words(in: $0) } }
    #expect(count("He's 42, naïve—no") == 4 && count("") == 0 && count(" .. ") == 0)
    #expect(count("he—she") == 1 && count("he — she") == 3 && count("he\u{A0}she") == 1)
    #expect(try statistics().table.contains("\nwords, cut at ASCII spaces and marks     10\n"))
  }

  /// " his" is one token and " hers" another for the 20B tokenizer; at a line's start " himself" is one and "herself" two.
  @Test(.enabled(if: Assets.tokenizer != nil)) func theShareThatAlignedLeavesOutIsTheRuns() throws {
    let tokenizer = try Tokenizer(path: #require(Assets.tokenizer))
    let counter = try RuleCounter(pack("  - {id: himself, from: himself, to: herself}"), tokenizer: tokenizer)
    try withText("He saw himself.\nhimself he saw, and himself too, himself.", counter.add)
    let tokens = try #require(counter.statistics.tokens)
    #expect(tokens.made == 3 && tokens.leftOut == ["length": 1] && tokens.lengthShare == 0.25)
  }
}
