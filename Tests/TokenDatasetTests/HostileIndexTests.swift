import Foundation
import Testing
import TestSupport
import TokenDataset

/// Files come from strangers: nothing in them is believed before it is checked.
struct HostileIndexTests {
  private func failure(_ index: RawIndex, bin: Data = Data(count: 12)) -> DatasetFailure? {
    let folder = TemporaryFolder()
    return #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: folder.dataset(index, bin: bin)) }
  }

  @Test func claimsOfMoreItemsThanTheFileHolds() throws {
    for claim in [UInt64(1) << 60, .max, 1 << 63, 4, 1 << 61 + 3] {
      let failure = failure(RawIndex(itemCount: claim, sizes: [2, 4]))
      #expect(failure?.code == .length)
      #expect(failure?.description.contains("data.idx") == true)
      #expect(failure?.description.contains("\(claim) items") == true)
    }
  }

  @Test func claimsOfMoreDocumentMarksThanTheFileHolds() {
    for claim in [UInt64(1) << 60, .max, 4, 2] {
      #expect(failure(RawIndex(markCount: claim, sizes: [2, 4]))?.code == .length)
    }
  }

  @Test func aHeaderThatIsNone() {
    #expect(failure(RawIndex(magic: Array("MMIDIDX\0\u{1}".utf8), sizes: [2]))?.offset == 0)
    #expect(failure(RawIndex(version: 2, sizes: [2]))?.offset == 9)
    for type in [UInt8(0), 6, 7, 9, 255] { #expect(failure(RawIndex(type: type, sizes: [2]))?.offset == 17) }
  }

  @Test func anIndexCutAnywhereOrWithMoreBehind() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset(RawIndex(sizes: [2, 4]), bin: Data(count: 12))
    let whole = RawIndex(sizes: [2, 4]).bytes
    for length in 0..<whole.count {
      try whole.prefix(length).write(to: URL(filePath: prefix + ".idx"))
      #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
    }
    #expect(failure(RawIndex(sizes: [2, 4], trailing: [0]))?.code == .length)
  }

  @Test func aNegativeSize() {
    let failure = failure(RawIndex(sizes: [3, -1, 4]))
    #expect(failure?.offset == 38)
    #expect(failure?.reason.contains("item 1 has size -1") == true)
  }

  @Test func pointersOutsideTheData() throws {
    for pointer in [Int64.max, .min, -1, 11, 13, .max - 3] {
      let folder = TemporaryFolder()
      let prefix = try folder.dataset(RawIndex(sizes: [1, 1, 1], pointers: [0, pointer, 2]), bin: Data(count: 12))
      #expect(throws: DatasetFailure.self, "\(pointer)") { try TokenDataset(prefix: prefix).tokens(of: 1) }
      let check = try DatasetCheck(prefix: prefix)
      #expect(!check.isSound)
    }
  }

  @Test func aBinOneByteShortNamesFileByteAndLengths() {
    let failure = failure(RawIndex(sizes: [2, 4]), bin: Data(count: 11))
    #expect(failure?.code == .length)
    #expect(failure?.path.hasSuffix("data.bin") == true)
    #expect(failure?.offset == 11)
    #expect(failure?.reason.contains("byte 12") == true)
    #expect(failure?.reason.contains("11 bytes") == true)
  }

  @Test func missingFilesSayWhatWasLookedFor() throws {
    let folder = TemporaryFolder()
    let none = #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: folder.file("none")) }
    #expect(none?.path.hasSuffix("none.idx") == true)
    let prefix = try folder.dataset([[1]])
    try FileManager.default.removeItem(atPath: prefix + ".bin")
    #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
  }

  @Test func incompleteAndMixedShardsAreNamed() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3, 4, 5]])
    let shards = try DatasetSharding(prefix: prefix).shard(size: 2)
    #expect(shards.map { $0.suffix(19) } == (0..<5).map { "-0000\($0)-of-00004.bin" })
    try FileManager.default.removeItem(atPath: prefix + ".bin")
    try FileManager.default.moveItem(atPath: shards[3], toPath: folder.file("away"))
    let missing = #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
    #expect(missing?.path == shards[3])
    try FileManager.default.moveItem(atPath: folder.file("away"), toPath: shards[3])
    _ = try TokenDataset(prefix: prefix)
    try Data().write(to: URL(filePath: prefix + "-00007-of-00004.bin"))
    #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
    try FileManager.default.moveItem(atPath: prefix + "-00007-of-00004.bin", toPath: prefix + "-00000-of-00005.bin")
    let mixed = #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
    #expect(mixed?.reason.contains("two sets") == true)
  }

  @Test func aShardCutShortIsFoundAtOnce() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3, 4, 5]])
    let shards = try DatasetSharding(prefix: prefix).shard(size: 4)
    try FileManager.default.removeItem(atPath: prefix + ".bin")
    try Data([1, 0, 2]).write(to: URL(filePath: shards[0]))
    #expect(throws: DatasetFailure.self) { try TokenDataset(prefix: prefix) }
  }
}

/// Any byte of an `.idx` may be any other: what comes back is tokens or an error, never a trap.
struct FuzzedIndexTests {
  @Test(arguments: 0..<40) func changedBytesNeverTrap(round: Int) throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset(randomItems(12, longest: 6, seed: UInt64(round)))
    let whole = try contents(prefix + ".idx")
    var random = SplitMix(state: UInt64(round))
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 9..<bytes.count, using: &random)] = [0, 1, 127, 128, 255].randomElement(using: &random)!
      }
      try bytes.write(to: URL(filePath: prefix + ".idx"))
      _ = try DatasetCheck(prefix: prefix)
      guard let dataset = try? TokenDataset(prefix: prefix) else { continue }
      for item in 0..<dataset.itemCount where dataset.size(of: item) < 1 << 20 { _ = try? dataset.tokens(of: item) }
      _ = try DatasetStatistics(dataset)
    }
  }
}
