import Foundation
import Testing
import TestSupport
import TokenDataset

struct DatasetShardingTests {
  @Test(arguments: [1, 5, 128, 999, 1 << 20])
  func shardAndUnshardGiveTheSameBytesBack(size: Int) throws {
    let folder = TemporaryFolder()
    let items = randomItems(60, longest: 30, seed: UInt64(size))
    let prefix = try folder.dataset(items)
    let shards = try DatasetSharding(prefix: prefix, output: folder.file("shards")).shard(size: size)
    #expect(try Set(shards.dropLast().map { try contents($0).count }).isSubset(of: [size]))
    let joined = try DatasetSharding(prefix: folder.file("shards"), output: folder.file("joined")).unshard()
    #expect(try contents(joined) == contents(prefix + ".bin"))
    #expect(try contents(folder.file("joined.idx")) == contents(prefix + ".idx"))
    #expect(!folder.names.contains { $0.hasSuffix(".partial") })
  }

  @Test func shardsCanBeCutAnew() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset(randomItems(30, longest: 30, seed: 1))
    _ = try DatasetSharding(prefix: prefix, output: folder.file("a")).shard(size: 7)
    _ = try DatasetSharding(prefix: folder.file("a"), output: folder.file("b")).shard(size: 11)
    let joined = try DatasetSharding(prefix: folder.file("b")).unshard()
    #expect(try contents(joined) == contents(prefix + ".bin"))
  }

  @Test func anExactMultipleHasNoEmptyShard() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3, 4]])
    #expect(
      try DatasetSharding(prefix: prefix).shard(size: 4).map { $0.suffix(14) } == ["0-of-00001.bin", "1-of-00001.bin"])
  }

  @Test func nothingIsOverwritten() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3, 4]])
    _ = try DatasetSharding(prefix: prefix).shard(size: 4)
    let failure = #expect(throws: DatasetFailure.self) { try DatasetSharding(prefix: prefix).shard(size: 4) }
    #expect(failure?.code == .output)
    #expect(throws: DatasetFailure.self) { try DatasetSharding(prefix: prefix).unshard() }
    #expect(throws: DatasetFailure.self) { try DatasetSharding(prefix: prefix).shard(size: 0) }
  }

  @Test func progressEndsAtTheTotal() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 3, 4, 5]])
    var reports: [(Int, Int)] = []
    _ = try DatasetSharding(prefix: prefix) { reports.append(($0, $1)) }.shard(size: 3)
    #expect(reports.last?.0 == 10)
    #expect(reports.allSatisfy { $0.1 == 10 })
  }
}
