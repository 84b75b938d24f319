import ByteIO
import Foundation
import Testing
import TestSupport
import TokenDataset
import TrainingOrder

struct WindowIndexMapsTests {
  /// A window of a run of 20 steps of 8 samples of 9 tokens: its data set and its maps.
  private func window(_ folder: TemporaryFolder, _ steps: Range<Int>) throws -> (TokenDataset, WindowIndexMaps) {
    let run = try TrainingRun(trainIterations: 20, batchSize: 8, sequenceLength: 8)
    let dataset = try folder.dataset(sizes: [Int](repeating: 9, count: steps.count * 8))
    let maps = try WindowIndexMaps(
      prefix: dataset.prefix, itemCount: dataset.itemCount, firstPosition: steps.lowerBound * 8, run: run)
    #expect(try maps.write().count == 6)
    return (dataset, maps)
  }

  @Test(arguments: [12..<20, 1..<2, 0..<20, 10..<20, 3..<9, 1..<20, 0..<5])
  func everyStepOfTheWindowReadsItsItems(steps: Range<Int>) throws {
    let folder = TemporaryFolder()
    let (dataset, maps) = try window(folder, steps)
    for naming in IndexMapNaming.allCases {
      let reader = try NeoXReader(maps.names(naming))
      #expect(reader.maps.length >= 160, "the loader does not come up short")
      for item in 0..<dataset.itemCount {
        #expect(try reader.tokens(ofSequence: steps.lowerBound * 8 + item) == dataset.tokens(of: item))
        #expect(try reader.row(of: steps.lowerBound * 8 + item).replacements == 0)
      }
    }
  }

  @Test(arguments: [12..<20, 1..<2, 3..<9, 0..<5, 0..<19]) func positionsOutsideTheWindowStop(steps: Range<Int>) throws
  {
    let folder = TemporaryFolder()
    let (_, maps) = try window(folder, steps)
    for naming in IndexMapNaming.allCases {
      let reader = try NeoXReader(maps.names(naming))
      for position in 0..<160 where !(steps.lowerBound * 8..<steps.upperBound * 8).contains(position) {
        #expect(throws: OrderFailure.self) { try reader.tokens(ofSequence: position) }
      }
    }
  }

  @Test func theArraysAreThoseOfTheSpecification() throws {
    let folder = TemporaryFolder()
    let (_, maps) = try window(folder, 12..<20)
    let names = try maps.names(.v1)
    #expect(names.samplesPath.hasSuffix("_train_0_indexmap_161ns_8sl_1234s_sample_idx.npy"))
    #expect(try values(names.documentsPath) == Array(0..<64))
    #expect(try values(names.shufflePath) == [Int](repeating: 0, count: 96) + (0..<64).map { 2 * $0 + 2 } + [0])
    let rows = [64, 0, 64, 0] + (0..<64).flatMap { [$0, 0, $0, 8] }
    #expect(try values(names.samplesPath) == rows + [Int](repeating: 0, count: 2 * 161 - rows.count))
    #expect(try NPYFile(names.samplesPath).shape == [161, 2])
    #expect(try NPYFile(names.documentsPath).element == .int32)
    #expect(try NPYFile(names.samplesPath).element == .int32)
    #expect(try NPYFile(names.shufflePath).element == .uint32)
    for (old, new) in zip(names.all, try maps.names(.current).all) {
      #expect(try contents(old) == contents(new))
    }
  }

  /// The golden has no guard rows; everything else is the same.
  @Test(.enabled(if: Goldens.isThere), arguments: IndexMapNaming.allCases)
  func batchesAreThoseOfTheGoldenWindow(naming: IndexMapNaming) throws {
    let golden = Goldens.path("window_only", naming)
    let folder = TemporaryFolder()
    for ending in [".bin", ".idx"] {
      try FileManager.default.copyItem(atPath: golden + "/data" + ending, toPath: folder.file("data" + ending))
    }
    let run = try TrainingRun(trainIterations: 20, batchSize: 8, sequenceLength: 8)
    let maps = try WindowIndexMaps(prefix: folder.file("data"), itemCount: 64, firstPosition: 96, run: run)
    try maps.write()
    let reader = try NeoXReader(maps.names(naming))
    #expect(
      try (96..<160).flatMap { try reader.tokens(ofSequence: $0).map(Int.init) } == values(golden + "/batches.npy"))
  }

  /// Without its guard a window's maps are the golden's, byte for byte.
  @Test(
    .enabled(if: Goldens.isThere),
    arguments: [("window_only", 64, 96, 20, 8, 8), ("preshuffled_replay", 32, 0, 8, 4, 32)],
    IndexMapNaming.allCases)
  func unguardedMapsAreTheGoldens(
    window: (name: String, items: Int, first: Int, steps: Int, batch: Int, length: Int), naming: IndexMapNaming
  ) throws {
    let folder = TemporaryFolder()
    let run = try TrainingRun(
      trainIterations: window.steps, batchSize: window.batch, sequenceLength: window.length)
    let maps = try WindowIndexMaps(
      prefix: folder.file("data"), itemCount: window.items, firstPosition: window.first, run: run, isGuarded: false)
    try maps.write()
    for path in try maps.names(naming).all {
      #expect(try contents(path) == contents(Goldens.path(window.name, naming) + "/" + FileSystem.name(of: path)))
    }
  }

  @Test func manyMoreItemsThanHalfTheRunStillFit() throws {
    let folder = TemporaryFolder()
    let (_, maps) = try window(folder, 1..<20)
    #expect(try NPYFile(maps.names(.v1).samplesPath).shape == [2 * 152 + 2, 2])
  }

  @Test func aLongRunTakesLittleDisk() throws {
    let folder = TemporaryFolder()
    let maps = try WindowIndexMaps(
      prefix: folder.file("w"), itemCount: 1000, firstPosition: 136_192_000, run: TrainingRun.preset("pythia"))
    let paths = try maps.write()
    #expect(try FileSystem.size(of: paths[1]) == 128 + 8 * 146_432_001)
    #expect(try FileSystem.size(of: paths[2]) == 128 + 4 * 146_432_001)
    #expect(try paths.allSatisfy { try FileSystem.allocatedSize(of: $0) < 1 << 20 })
  }

  @Test func writingAgainReplacesAndLeavesNothingHalf() throws {
    let folder = TemporaryFolder()
    let (_, maps) = try window(folder, 12..<20)
    let before = try contents(maps.names(.current).samplesPath)
    try maps.write()
    #expect(try contents(maps.names(.current).samplesPath) == before)
    #expect(folder.names.filter { $0.hasSuffix(".npy") }.count == 6)
    #expect(!folder.names.contains { $0.hasSuffix(".partial") })
  }

  @Test func aWindowThatDoesNotFitTheRunIsRefused() throws {
    let run = try TrainingRun(trainIterations: 20, batchSize: 8, sequenceLength: 8)
    for (items, first) in [(0, 0), (161, 0), (8, 153), (8, -1), (1, 160), (Int.max, 0), (8, Int.max)] {
      #expect(throws: OrderFailure.self) {
        try WindowIndexMaps(prefix: "w", itemCount: items, firstPosition: first, run: run)
      }
    }
  }

  private func values(_ path: String) throws -> [Int] {
    let file = try NPYFile(path)
    return (0..<file.count).map {
      file.element == .int64
        ? Int(file.bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Int64.self))
        : Int(file.bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
    }
  }
}
