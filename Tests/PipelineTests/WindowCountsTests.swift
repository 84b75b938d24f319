import StructuredText
import TestSupport
import Testing

@testable import Intervention
@testable import Pipeline

struct WindowCountsTests {
  @Test func `counts survive a part's record and add up`() throws {
    var counts = WindowCounts()
    counts.sequences = 3
    counts.edits = 5
    counts.byRule[.init(stage: 0, rule: 1, branch: 2)] = 5
    counts.kept["length"] = 2
    counts.pronounsBefore.counts[0] = 9
    let again = try WindowCounts(JSONNode(counts.json, name: "record"))
    #expect(again == counts)
    var sum = counts
    sum += again
    #expect(sum.edits == 10)
    #expect(sum.byRule == [.init(stage: 0, rule: 1, branch: 2): 10])
    #expect(sum.kept == ["length": 4])
    #expect(sum.pronounsBefore.counts[0] == 18)
  }

  @Test func `a record with other contents is refused`() {
    let node = JSONNode(.object(["sequences": -1]), name: "record")
    #expect(throws: JSONFailure.self) { try WindowCounts(node) }
  }

  @Test
  func `changed tokens are those of the edits where nothing moved, and are counted one by one where something did`() {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      var record = SampleRecord()
      record.control = (0..<40).map { _ in .random(in: 0...3, using: &random) }
      record.window = record.control
      var position = Int.random(in: -3...2, using: &random)
      while position < 40 {
        let count = Int.random(in: 1...4, using: &random)
        for place in position..<position + count where record.window.indices.contains(place) {
          record.window[place] = .random(in: 0...3, using: &random)
        }
        record.edits.append(edit(position, count))
        position += count + .random(in: 0...6, using: &random)
      }
      if Bool.random(using: &random) {
        record.edits[0].afterIDs = 0..<9
        record.window = record.window.dropFirst(2) + [1, 2]
      }
      let expected = zip(record.control, record.window).count { $0 != $1 }
      #expect(record.differences == expected)
    }
  }

  private func edit(_ position: Int, _ count: Int) -> SampleRecord.Edit {
    SampleRecord.Edit(
      position: position, outputPosition: position, dataset: 0, item: 0, itemToken: 0, stage: 0, rule: 0, branch: 0,
      isUncertain: false, before: 0..<1, after: 0..<1, beforeIDs: 0..<count, afterIDs: 0..<count, isCut: false)
  }
}
