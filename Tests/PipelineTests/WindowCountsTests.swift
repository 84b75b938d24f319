import Intervention
import StructuredText
import Testing

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
}
