import ByteIO
import CZstd
import Foundation
import TestSupport
import Testing

@Suite struct ZstdTests {
  @Test(arguments: [1, 3, 7, 100, 4096, 131_071, 131_072, 131_073, 1 << 20])
  func readsFramesOfEveryKindThroughBuffersOfEverySize(bufferSize: Int) throws {
    // With and without checksum and content size; sizes around zstd's blocks of 128 KiB.
    let sizes = bufferSize < 100 ? [0, 1, 5000] : [0, 1, 5000, 131_072, 131_073, 400_000]
    for size in sizes {
      for options in FrameOptions.all {
        let content = patterned(size)
        let stream = ByteList(frame(content, options))
        #expect(try readAll(ZstdReader(stream), bufferSize) == content, "\(size) \(options)")
      }
    }
  }

  @Test func readsSeveralFramesOfAnyLevelAsOneStream() throws {
    let contents = [patterned(10), [], patterned(300_000), Array("tail".utf8)]
    var file: [UInt8] = []
    for (level, content) in zip([-5, 1, 9, 19], contents) {
      file += frame(content, FrameOptions(level: Int32(level), checksum: level % 2 == 0))
    }
    for bufferSize in [1000, 1 << 20] {
      #expect(try readAll(ZstdReader(ByteList(file)), bufferSize) == contents.flatMap { $0 })
    }
  }

  @Test func passesOverSkippableFrames() throws {
    let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let file = skippable + frame([1, 2], .init()) + skippable + frame([3], .init())
    #expect(try readAll(ZstdReader(ByteList(file)), 64) == [1, 2, 3])
  }

  @Test func aFrameCutAnywhereIsAnErrorAfterItsWholeBlocks() throws {
    let content = patterned(3000)
    for options in FrameOptions.all {
      let whole = frame(content, options)
      for length in stride(from: 0, to: whole.count, by: 7) {
        let failure = #expect(throws: IOFailure.self) {
          try readAll(ZstdReader(ByteList(Array(whole[..<length]))), 512)
        }
        #expect(failure?.endsEarly == true)
        #expect(failure?.offset == length)
        #expect(failure?.description.contains("in the middle of a frame") == true)
      }
    }
  }

  @Test func aCutInASecondFrameGivesTheFirstOneOut() throws {
    let first = patterned(1000)
    let file = frame(first, .init()) + frame(first, .init()).dropLast(5)
    let reader = ZstdReader(ByteList(file))
    var got: [UInt8] = []
    let failure = #expect(throws: IOFailure.self) { try drain(reader, 100, into: &got) }
    #expect(failure?.endsEarly == true)
    #expect(got.starts(with: first))
  }

  @Test func aCutFrameGivesOutTheSameBytesThroughBuffersOfEverySize() throws {
    let content = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 / 1000) }
    let whole = frame(content, FrameOptions())
    for length in 9..<whole.count {
      var expected: [UInt8] = []
      _ = try? drain(ZstdReader(ByteList(Array(whole[..<length]))), 1 << 20, into: &expected)
      for bufferSize in [65_536, 131_071] {
        var got: [UInt8] = []
        _ = try? drain(ZstdReader(ByteList(Array(whole[..<length]))), bufferSize, into: &got)
        #expect(got == expected, "cut to \(length): \(got.count) and \(expected.count) bytes")
      }
    }
  }

  @Test func garbageIsNotACut() throws {
    for garbage in [Array("{\"text\": 1}".utf8), frame([1], .init()) + Array("garbage".utf8)] {
      let failure = #expect(throws: IOFailure.self) { try readAll(ZstdReader(ByteList(garbage)), 512) }
      #expect(failure?.endsEarly == false)
      #expect(failure?.description.contains("bad zstd data") == true)
    }
  }

  @Test func aFlippedBitUnderAChecksumNeverPasses() throws {
    let content = patterned(2000)
    let whole = frame(content, FrameOptions(checksum: true))
    for at in 4..<whole.count {
      var broken = whole
      broken[at] ^= 0x10
      if let read = try? readAll(ZstdReader(ByteList(broken)), 512) { #expect(read == content, "byte \(at)") }
    }
  }

  @Test func aFrameThatAsksForAHugeWindowIsRefused() throws {
    // A frame header with a window of 2^41 bytes.
    let header: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xF8, 0x01, 0x00, 0x00]
    let failure = #expect(throws: IOFailure.self) { try readAll(ZstdReader(ByteList(header)), 512) }
    #expect(failure?.description.contains("too much memory") == true)
  }

  @Test func whatIsWrittenIsReadAndTheSameBytesEveryTime() throws {
    let folder = TemporaryFolder()
    let content = patterned(500_000)
    for name in ["a.zst", "b.zst"] {
      let writer = try ZstdFileWriter(folder.file(name))
      for start in stride(from: 0, to: content.count, by: 777) {
        try Array(content[start..<min(start + 777, content.count)]).withUnsafeBytes { try writer.write($0) }
      }
      #expect(!FileSystem.exists(folder.file(name)))
      #expect(try writer.commit() == FileSystem.size(of: folder.file(name)))
    }
    #expect(try readAll(openStream(folder.file("a.zst")), 4096) == content)
    #expect(try FileSystem.contents(of: folder.file("a.zst")) == FileSystem.contents(of: folder.file("b.zst")))
  }

  @Test func anEmptyFileWrittenIsAWholeFrame() throws {
    let folder = TemporaryFolder()
    try ZstdFileWriter(folder.file("e.zst")).commit()
    #expect(try readAll(openStream(folder.file("e.zst")), 16) == [])
  }
}

struct FrameOptions: CustomStringConvertible {
  var level: Int32 = 3
  var checksum = false
  var contentSize = true
  var description: String { "level \(level), checksum \(checksum), content size \(contentSize)" }

  static let all = [false, true].flatMap { checksum in
    [false, true].map { FrameOptions(checksum: checksum, contentSize: $0) }
  }
}

/// One zstd frame with `content`.
func frame(_ content: [UInt8], _ options: FrameOptions) -> [UInt8] {
  let context = ZSTD_createCCtx()
  defer { ZSTD_freeCCtx(context) }
  ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, options.level)
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, options.checksum ? 1 : 0)
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, options.contentSize ? 1 : 0)
  var target = [UInt8](repeating: 0, count: ZSTD_compressBound(content.count))
  let size = ZSTD_compress2(context, &target, target.count, content, content.count)
  return Array(target[..<size])
}

/// Text with repeats and noise, so that it compresses neither to nothing nor not at all.
func patterned(_ count: Int) -> [UInt8] {
  var generator = SplitMix(state: UInt64(count))
  return (0..<count).map { $0 % 64 < 40 ? UInt8($0 & 63) + 32 : UInt8(truncatingIfNeeded: generator.next()) }
}

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Bytes in memory as a stream.
final class ByteList: ByteStream {
  let name = "bytes"
  private var rest: ArraySlice<UInt8>
  init(_ bytes: [UInt8]) { rest = bytes[...] }
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}

func readAll(_ stream: any ByteStream, _ bufferSize: Int) throws -> [UInt8] {
  var all: [UInt8] = []
  try drain(stream, bufferSize, into: &all)
  return all
}

func drain(_ stream: any ByteStream, _ bufferSize: Int, into all: inout [UInt8]) throws {
  var buffer = [UInt8](repeating: 0, count: bufferSize)
  while true {
    let count = try buffer.withUnsafeMutableBytes { try stream.read(into: $0) }
    if count == 0 { return }
    all += buffer[..<count]
  }
}
