import TestSupport
import Testing

@testable import Planning

@Suite struct DivisionTests {
  @Test func evenRangesCoverEverythingAndBeginAtMultiples() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let count = Int.random(in: 1...1000, using: &generator)
      let (tasks, grain) = (Int.random(in: 1...40, using: &generator), Int.random(in: 1...30, using: &generator))
      let ranges = Division.even(count, tasks: tasks, grain: grain)
      #expect(ranges.flatMap { Array($0) } == Array(0..<count))
      #expect(ranges.count <= tasks && ranges.allSatisfy { !$0.isEmpty && $0.lowerBound % grain == 0 })
      let sizes = ranges.dropLast().map { $0.count / grain }
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    }
  }

  @Test func weightedRangesCoverEverythingAndNoneIsEmpty() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<500 {
      let weights = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
        Int.random(in: 0...1000, using: &generator)
      }
      let tasks = Int.random(in: 1...70, using: &generator)
      let ranges = Division.weighted(weights, tasks: tasks)
      #expect(ranges.flatMap { Array($0) } == Array(weights.indices))
      #expect(ranges.count == min(tasks, weights.count) && ranges.allSatisfy { !$0.isEmpty })
    }
  }

  @Test func equalWeightsAreCutEvenly() {
    #expect(Division.weighted([5, 5, 5, 5, 5, 5], tasks: 3) == [0..<2, 2..<4, 4..<6])
    #expect(Division.weighted([9, 1, 1, 1], tasks: 2) == [0..<1, 1..<4])
  }

  @Test func taskNumbersAreWrittenAsRanges() {
    #expect(TaskList.text([0, 1, 2, 3, 7, 9, 10]) == "0-3,7,9-10")
    #expect(TaskList.text([]) == "")
  }
}
