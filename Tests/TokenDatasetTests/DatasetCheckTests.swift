import Foundation
import Testing
import TestSupport
import TokenDataset

struct DatasetCheckTests {
  private func check(_ index: RawIndex, bin: Int) throws -> DatasetCheck {
    let folder = TemporaryFolder()
    return try DatasetCheck(prefix: folder.dataset(index, bin: Data(count: bin)))
  }

  @Test func aSoundSetHasNoFaultsAndNoNotes() throws {
    let check = try check(RawIndex(sizes: [2, 4]), bin: 12)
    #expect(check.isSound)
    #expect(check.notes.isEmpty)
  }

  @Test func trailingBytesAreAFault() throws {
    let check = try check(RawIndex(sizes: [2, 4]), bin: 13)
    #expect(check.faults.first?.offset == 12)
    #expect(check.faults.first?.reason.contains("1 bytes follow") == true)
  }

  @Test func documentMarksThatGoBackOrEndElsewhereAreFaults() throws {
    #expect(try check(RawIndex(sizes: [2, 4], marks: [0, 2, 1, 2]), bin: 12).faultCount == 1)
    #expect(try check(RawIndex(sizes: [2, 4], marks: [0, 1]), bin: 12).faultCount == 1)
    #expect(try check(RawIndex(sizes: [2, 4], marks: [1, 2]), bin: 12).faultCount == 1)
    #expect(try check(RawIndex(sizes: [2, 4], marks: [0, 3]), bin: 12).faultCount == 1)
    #expect(try check(RawIndex(sizes: [2, 4], marks: [0, -1, 2]), bin: 12).faultCount == 1)
    #expect(try check(RawIndex(sizes: [2, 4], marks: []), bin: 12).faultCount == 1)
  }

  @Test func documentsOfSeveralItemsAreANote() throws {
    let check = try check(RawIndex(sizes: [2, 4], marks: [0, 2]), bin: 12)
    #expect(check.isSound)
    #expect(check.notes.count == 1)
  }

  @Test func overlapIsANote() throws {
    let check = try check(RawIndex(sizes: [3, 0, 3], pointers: [0, 6, 0]), bin: 6)
    #expect(check.isSound)
    #expect(check.notes.count == 2, "one for the overlap, one for the empty item")
  }

  @Test func everyBadPointerIsCountedAndTheFirstAreKept() throws {
    let sizes = [Int32](repeating: 1, count: 101)
    let pointers = [Int64](repeating: 1000, count: 100) + [0]
    let check = try check(RawIndex(sizes: sizes, pointers: pointers), bin: 202)
    #expect(check.faultCount == 100)
    #expect(check.faults.count == 20)
  }

  @Test(arguments: [1, 2, 3, 10, 501]) func statisticsAreThoseOfASortedList(count: Int) throws {
    let folder = TemporaryFolder()
    var random = SplitMix(state: UInt64(count))
    let sizes = (0..<count).map { _ in Int(random.next() % 70_000) }
    try TokenIndexWriter.write(folder.file("data.idx"), type: .uint8, sizes: sizes)
    try Data(count: sizes.reduce(0, +)).write(to: URL(filePath: folder.file("data.bin")))
    let statistics = try DatasetStatistics(TokenDataset(prefix: folder.file("data")))
    let sorted = sizes.sorted()
    #expect(statistics.shortest == sorted.first)
    #expect(statistics.longest == sorted.last)
    #expect(statistics.median == sorted[(count - 1) / 2])
    #expect(statistics.tokens == sizes.reduce(0, +))
  }
}
