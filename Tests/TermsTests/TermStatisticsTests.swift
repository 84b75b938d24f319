import ByteIO
import Pipeline
import StructuredText
import SwapRules
import TestSupport
import Testing
import TokenDataset
import Tokenization
import TrainingOrder

@testable import Terms

@Suite struct TermStatisticsTests {
  private let fixture: TermFixture
  private let words = ["she", "he", "her", "her own", "don't", "él", "mother-in-law", "him"]

  init() throws { fixture = try TermFixture() }

  private func count(
    _ reading: Reading, _ list: TermList, steps: Range<Int>, every: Int? = nil, workers: Int = 2
  ) throws -> TermStatistics {
    var job = TermJob(list, reading, fixture.tokenizer)
    (job.every, job.workers, job.progress) = (every, workers, .quiet)
    return try job.run(steps: steps)
  }

  /// Every sample decoded whole, piece by piece, and every place of it tried.
  private func slowly(_ tokens: [UInt32], subsets: [Int]) -> [[Int]: Int] {
    let slow = SlowTerms(words: words, isCaseSensitive: false)
    var counts: [[Int]: Int] = [:]
    for index in tokens.indices.dropFirst() { counts[[subsets[index], -1], default: 0] += 1 }
    for piece in tokens.indices.split(whereSeparator: { fixture.tokenizer.isSpecial(tokens[$0]) }) {
      var (text, owners): ([UInt8], [Int]) = ([], [])
      for index in piece {
        let bytes = Array(fixture.tokenizer.bytes(of: tokens[index]))
        text += bytes
        owners += bytes.map { _ in index }
      }
      for (term, start) in slow.find(in: text) where owners[start] > 0 {
        counts[[subsets[owners[start]], term], default: 0] += 1
      }
    }
    return counts
  }

  private func expect(_ counts: TermCounts, _ expected: [[Int]: Int]) {
    for subset in 0..<counts.subsetCount {
      #expect(counts.tokens(ofSubset: subset) == expected[[subset, -1], default: 0], "tokens of subset \(subset)")
      for term in words.indices {
        #expect(
          counts.count(of: term, subset: subset) == expected[[subset, term], default: 0], "\(words[term]), \(subset)")
      }
    }
  }

  @Test func aBaseIsCountedAsBySlowReading() throws {
    let order = try fixture.order
    let reading = try Reading(order, batchSize: 4)
    let statistics = try count(reading, TermList(words: words), steps: 5..<40)
    #expect(statistics.subsets == ["(none)", "Set 0", "Set 1", "Set 2"])
    let origin = try Origin(prefix: fixture.prefix)
    var expected: [[Int]: Int] = [:]
    for q in 20..<160 {
      var (tokens, subsets): ([UInt32], [Int]) = ([], [])
      try order.forEachSpan(ofSequence: q) { _, span in
        tokens += try order.parts[0].dataset.tokens(of: span.item)[span.offset..<span.offset + span.count]
        subsets += [Int](repeating: origin.subset(ofItem: span.item).map { $0 + 1 } ?? 0, count: span.count)
      }
      expected.merge(slowly(tokens, subsets: subsets), uniquingKeysWith: +)
    }
    #expect(expected[[1, 1], default: 0] > 10 && expected.values.reduce(0, +) > 140 * 64 + 300)
    expect(statistics.total(arm: 0), expected)
  }

  @Test(arguments: ["aligned", "slide", "pad"]) func armsOfAWindowAreCountedAsBySlowReading(length: String) throws {
    let path = try fixture.window(length: length)
    let statistics = try count(try Reading(windowManifest: path), TermList(words: words), steps: 30..<60)
    #expect(statistics.arms == ["control", "intervention"])
    #expect(statistics.subsets.isEmpty)
    #expect(statistics.notes.contains { $0.hasPrefix("no subsets") })
    for (arm, name) in ["control", "window"].enumerated() {
      let data = try TokenDataset(prefix: path.dropLast("manifest.json".count) + name + "_document")
      var expected: [[Int]: Int] = [:]
      for item in 0..<data.itemCount {
        expected.merge(slowly(try data.tokens(of: item), subsets: [Int](repeating: 0, count: 65)), uniquingKeysWith: +)
      }
      expect(statistics.total(arm: arm), expected)
    }
  }

  @Test(arguments: ["aligned", "slide", "pad"]) func subsetsAddUpToTheArm(length: String) throws {
    let path = try fixture.window(length: length)
    let list = try TermList(words: words)
    let bare = try count(try Reading(windowManifest: path), list, steps: 30..<60)
    let whole = try count(try Reading(windowManifest: path, base: fixture.order), list, steps: 0..<60, every: 30)
    #expect(whole.bins == [0..<30, 30..<60])
    #expect(whole.counts[0][0] == whole.counts[0][1])
    for arm in 0..<2 {
      let counts = whole.counts[1][arm]
      #expect(counts.tokens == bare.total(arm: arm).tokens)
      for term in words.indices { #expect(counts.count(of: term) == bare.total(arm: arm).count(of: term)) }
    }
    // A control is the base; an edited text has as many tokens of each subset, give or take what slid off the ends.
    let (control, window) = (whole.counts[1][0], whole.counts[1][1])
    for subset in 0..<4 {
      #expect(
        abs(control.tokens(ofSubset: subset) - window.tokens(ofSubset: subset)) <= (length == "aligned" ? 0 : 400))
    }
    let him = try #require(words.firstIndex(of: "him"))
    #expect(window.count(of: him) == 0 || length == "aligned")
  }

  @Test func workersAndBinsChangeNothing() throws {
    let reading = try Reading(windowManifest: fixture.window(length: "slide"), base: fixture.order)
    let list = try TermList(words: words, packs: [RulePack.load(path: fixture.rulesPath)])
    let one = try count(reading, list, steps: 3..<60, workers: 1)
    for workers in [2, 5] {
      let many = try count(reading, list, steps: 3..<60, every: 7, workers: workers)
      #expect(many.bins.first == 3..<7 && many.bins.last == 56..<60)
      for arm in 0..<2 { #expect(many.total(arm: arm) == one.total(arm: arm)) }
    }
  }

  @Test func aPacksEntriesAreCountedWhateverItDoesToThem() throws {
    let reading = try Reading(fixture.order, batchSize: 4)
    let list = try TermList(words: ["he", "him", "her own", "cat"], packs: [RulePack.load(path: fixture.rulesPath)])
    let total = try count(reading, list, steps: 0..<60).total(arm: 0)
    #expect(list.terms.map(\.group) == ["masculine", "masculine", "", "", "masculine", "masculine", "rules", "rules"])
    // The pack declares no clitics: "he's" is none of its words.
    for term in 0..<4 { #expect(total.count(of: term + 4) <= total.count(of: term)) }
    #expect(total.count(of: 5) > 50)
  }

  @Test func stepsThatAreNotThereAreRefused() throws {
    let reading = try Reading(windowManifest: fixture.window(length: "aligned", control: "false"))
    #expect(reading.arms.map(\.name) == ["intervention"])
    #expect(reading.notes.first?.hasPrefix("no control") == true)
    #expect(throws: OrderFailure.self) { try count(reading, TermList(words: []), steps: 29..<31) }
    #expect(throws: OrderFailure.self) { try count(reading, TermList(words: []), steps: 40..<40) }
  }

  @Test func aControlThatWasLeftBehindIsTheBase() throws {
    let path = try fixture.window(length: "aligned")
    let whole = try count(Reading(windowManifest: path, base: fixture.order), TermList(words: words), steps: 30..<60)
    for ending in ["bin", "idx"] {
      try FileSystem.remove(path.dropLast("manifest.json".count) + "control_document." + ending)
    }
    let bare = try Reading(windowManifest: path)
    #expect(bare.arms.count == 1 && bare.notes[0].contains("revert"))
    let again = try count(Reading(windowManifest: path, base: fixture.order), TermList(words: words), steps: 30..<60)
    #expect(again.arms == whole.arms && again.counts == whole.counts)
  }

  @Test func anotherTokenizersDataAreRefused() throws {
    try TinyTokenizer.write(fixture.folder.file("less.json"), merges: [])
    let less = try Tokenizer(path: fixture.folder.file("less.json"))
    var job = TermJob(try TermList(words: []), try Reading(fixture.order, batchSize: 4), less)
    job.progress = .quiet
    let failure = #expect(throws: TermFailure.self) { try job.run(steps: 0..<1) }
    #expect(failure?.reason.contains("is not in the tokenizer") == true)
  }

  @Test func tablesSayTheSameNumbers() throws {
    let reading = try Reading(windowManifest: fixture.window(length: "aligned"), base: fixture.order)
    let statistics = try count(reading, TermList(words: ["he", "she"]), steps: 20..<60, every: 10)
    let lines = statistics.tsv.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(lines[0].joined(separator: " ").hasPrefix("from_step step arm subset group term count tokens per_million"))
    #expect(lines.dropFirst().allSatisfy { $0.count == 12 })
    let he = lines.filter { $0[2] == "control" && $0[3] == "(all)" && $0[5] == "he" }
    #expect(he.map { Int($0[1]) } == [30, 40, 50, 60])
    #expect(he.map { Int($0[6])! }.reduce(0, +) == statistics.total(arm: 0).count(of: 0))
    #expect(Int(he[3][9]) == statistics.total(arm: 0).count(of: 0))
    #expect(Double(he[0][8]) == Double(he[0][6])! / (10 * 4 * 64) * 1e6)
    let node = try JSONNode.parse(try statistics.json.serialized(), name: "json")
    #expect(try node.member("rows").elements().count == lines.count - 1)
    #expect(statistics.termTable.rows[0] == ["group", "term", "control", "per million", "intervention", "per million"])
    #expect(statistics.subsetTable?.rows.count == 1 + 2 * 4)
  }
}
