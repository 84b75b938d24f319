import Foundation
import Testing
import TestSupport
import TokenDataset

struct TokenDatasetTests {
  @Test(arguments: TokenType.allCases)
  func readsWhatTheWriterWrote(type: TokenType) throws {
    let folder = TemporaryFolder()
    let items = randomItems(300, longest: 90, maximum: type.maximum, seed: UInt64(type.rawValue))
    let dataset = try TokenDataset(prefix: folder.dataset(type: type, items))
    #expect(dataset.tokenType == type)
    #expect(dataset.itemCount == items.count)
    #expect(dataset.tokenCount == items.reduce(0) { $0 + $1.count })
    #expect(dataset.byteCount == dataset.tokenCount * type.byteCount)
    for (number, item) in items.enumerated() {
      #expect(dataset.size(of: number) == item.count)
      #expect(try dataset.tokens(of: number) == item)
    }
  }

  @Test func copiesAnyPartOfAnItem() throws {
    let folder = TemporaryFolder()
    let items = randomItems(20, longest: 12, seed: 3)
    let dataset = try TokenDataset(prefix: folder.dataset(items))
    for (number, item) in items.enumerated() {
      for offset in 0...item.count {
        for count in 0...(item.count - offset) {
          var target = [UInt32](repeating: 99_999, count: count + 1)
          try dataset.copyTokens(item: number, offset: offset, count: count, into: &target)
          #expect(target == item[offset..<offset + count] + [99_999], "nothing is written behind")
        }
      }
    }
  }

  @Test(arguments: TokenType.allCases)
  func tokensOf16BitsAreSeenWhereTheyLie(type: TokenType) throws {
    let folder = TemporaryFolder()
    let items = randomItems(20, longest: 12, maximum: type.maximum, seed: 3)
    let dataset = try TokenDataset(prefix: folder.dataset(type: type, items))
    for (number, item) in items.enumerated() where !item.isEmpty {
      let seen = try dataset.withUInt16(item: number, offset: 1, count: item.count - 1) { $0.map { UInt32($0) } }
      #expect(seen == (type == .uint16 ? Array(item.dropFirst()) : nil))
    }
    guard type == .uint16 else { return }
    for (offset, count) in [(0, items[0].count + 1), (items[0].count, 1), (-1, 1)] {
      #expect(throws: DatasetFailure.self) {
        try dataset.withUInt16(item: 0, offset: offset, count: count) { $0.count }
      }
    }
  }

  @Test func anyTokensCanBeAskedForInAnyShards() throws {
    let folder = TemporaryFolder()
    let items = randomItems(20, longest: 12, seed: 3)
    let dataset = try TokenDataset(prefix: folder.dataset(items))
    for (item, offset, count) in [
      (0, 0, 1), (3, 0, 100), (3, 100, 1), (19, 0, Int.max), (5, Int.max, Int.max), (-1, 0, 1), (20, 0, 1), (4, -1, 5),
      (4, 1, -5),
    ] { dataset.willNeed(item: item, offset: offset, count: count) }
    #expect(try dataset.tokens(of: 3) == items[3])
  }

  @Test func aPartOutsideTheItemIsAnError() throws {
    let folder = TemporaryFolder()
    let dataset = try TokenDataset(prefix: folder.dataset([[1, 2, 3], [4]]))
    var target = [UInt32](repeating: 0, count: 9)
    for (item, offset, count) in [(0, 0, 4), (0, 3, 1), (0, -1, 1), (0, 1, -1), (2, 0, 0), (-1, 0, 0), (0, 4, 0)] {
      #expect(throws: DatasetFailure.self) {
        try dataset.copyTokens(item: item, offset: offset, count: count, into: &target)
      }
    }
    #expect(throws: DatasetFailure.self) { try dataset.copyTokens(item: 0, offset: Int.max, count: 1, into: &target) }
    #expect(throws: DatasetFailure.self) { try dataset.copyTokens(item: 0, offset: 1, count: Int.max, into: &target) }
  }

  @Test func acceptsThePrefixHoweverItIsWritten() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3], [4, 5]])
    _ = try DatasetSharding(prefix: prefix).shard(size: 3)
    for path in [prefix, prefix + ".bin", prefix + ".idx", prefix + "-00001-of-00003.bin"] {
      #expect(try TokenDataset(prefix: path).prefix == prefix)
    }
  }

  @Test func overlappingAndEmptyItemsAreLegal() throws {
    let folder = TemporaryFolder()
    let index = RawIndex(sizes: [3, 0, 2, 3], pointers: [0, 6, 2, 0])
    let dataset = try TokenDataset(prefix: folder.dataset(index, bin: Data([1, 0, 2, 0, 3, 0])))
    #expect(try (0..<4).map { try dataset.tokens(of: $0) } == [[1, 2, 3], [], [2, 3], [1, 2, 3]])
    #expect(dataset.tokenCount == 8)
  }

  @Test func aDataSetWithoutItemsIsLegal() throws {
    let folder = TemporaryFolder()
    let dataset = try TokenDataset(prefix: folder.dataset([]))
    #expect(dataset.itemCount == 0)
    #expect(try DatasetStatistics(dataset).median == 0)
    #expect(try DatasetCheck(prefix: dataset.prefix).isSound)
  }

  @Test func aStoredNegativeTokenIsAnErrorWithItsPlace() throws {
    let folder = TemporaryFolder()
    let bin = Data([1, 0, 0, 0, 255, 255, 255, 255])
    let dataset = try TokenDataset(prefix: folder.dataset(RawIndex(type: 4, sizes: [1, 1]), bin: bin))
    #expect(try dataset.tokens(of: 0) == [1])
    let failure = #expect(throws: DatasetFailure.self) { try dataset.tokens(of: 1) }
    #expect(failure?.code == .token)
    #expect(failure?.offset == 4)
  }

  @Test func readsShardsCutAtAnyByteAsOne() throws {
    let items = randomItems(40, longest: 9, seed: 8)
    for size in [1, 2, 3, 7, 64, 1000, 100_000] {
      let folder = TemporaryFolder()
      let prefix = try folder.dataset(items)
      let whole = try TokenDataset(prefix: prefix).byteCount
      let shards = try DatasetSharding(prefix: prefix).shard(size: size)
      #expect(shards.count == (whole + size - 1) / size)
      try FileManager.default.removeItem(atPath: prefix + ".bin")
      let dataset = try TokenDataset(prefix: prefix)
      #expect(dataset.files.isSharded)
      #expect(try (0..<items.count).map { try dataset.tokens(of: $0) } == items)
      var raw = [UInt8](repeating: 0, count: 2 * items[1].count + 2)
      try dataset.copyBytes(item: 1, count: items[1].count, into: &raw)
      #expect(raw == items[1].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] } + [0, 0])
    }
  }

  @Test func identityIsTheFilesAndAHash() throws {
    let folder = TemporaryFolder()
    let dataset = try TokenDataset(prefix: folder.dataset([[1, 2], [3]]))
    let identity = try dataset.identity()
    #expect(identity.data == [.init(name: "data.bin", size: 6)])
    #expect(identity.index.name == "data.idx")
    #expect(identity.indexSHA256.count == 64)
    let hash = try dataset.dataSHA256()
    _ = try DatasetSharding(prefix: dataset.prefix).shard(size: 4)
    try FileManager.default.removeItem(atPath: dataset.prefix + ".bin")
    #expect(try TokenDataset(prefix: dataset.prefix).dataSHA256() == hash, "shards hash as the joined file")
  }
}
