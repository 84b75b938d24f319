import Foundation
import Testing
import TestSupport
import TokenDataset

struct TokenDatasetWriterTests {
  @Test func writesTheFormatByteForByte() throws {
    let folder = TemporaryFolder()
    let prefix = try folder.dataset([[1, 2, 300], [], [65535]])
    #expect(try contents(prefix + ".idx") == RawIndex(sizes: [3, 0, 1]).bytes)
    #expect(try contents(prefix + ".bin") == Data([1, 0, 2, 0, 44, 1, 255, 255]))
    #expect(folder.names == ["data.bin", "data.idx"])
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_073])
  func itemsOfEqualLength(count: Int) throws {
    let folder = TemporaryFolder()
    try TokenIndexWriter.write(folder.file("a.idx"), type: .int32, itemCount: count, length: 9)
    let expected = RawIndex(type: 4, sizes: [Int32](repeating: 9, count: count)).bytes
    #expect(try contents(folder.file("a.idx")) == expected)
  }

  @Test func longItemsAreWrittenInPieces() throws {
    let folder = TemporaryFolder()
    let items = [(0..<100_001).map { UInt32($0 % 50_000) }, [7]]
    for type in [TokenType.uint16, .int32, .int64] {
      let dataset = try TokenDataset(prefix: folder.dataset(type: type, items))
      #expect(try dataset.tokens(of: 0) == items[0])
      #expect(try dataset.tokens(of: 1) == items[1])
    }
  }

  @Test func anIdThatDoesNotFitIsRefused() throws {
    let folder = TemporaryFolder()
    for (type, id) in [(TokenType.uint16, UInt32(65_536)), (.int32, 1 << 31), (.int8, 128), (.uint8, 256)] {
      let writer = try TokenDatasetWriter(folder.file("data"), type: type)
      try writer.append([1, 2])
      let failure = #expect(throws: DatasetFailure.self) { try writer.append([1, id]) }
      #expect(failure?.code == .token)
      #expect(failure?.reason.contains("\(id)") == true)
      #expect(writer.itemCount == 1)
    }
    #expect(folder.names.isEmpty, "nothing is left of what was not finished")
  }

  @Test func anItemTooLongFor32BitsIsRefused() throws {
    let folder = TemporaryFolder()
    for size in [1 << 31, -1] {
      #expect(throws: DatasetFailure.self) {
        try TokenIndexWriter.write(folder.file("a.idx"), type: .uint16, sizes: [1, size])
      }
    }
    #expect(folder.names.isEmpty)
  }

  @Test func typeForAVocabulary() {
    #expect(TokenType.fitting(vocabularySize: 50_277) == .uint16)
    #expect(TokenType.fitting(vocabularySize: 65_499) == .uint16)
    #expect(TokenType.fitting(vocabularySize: 65_500) == .int32)
  }
}

func contents(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
