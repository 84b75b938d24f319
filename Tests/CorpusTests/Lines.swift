import ByteIO
import Corpus
import Foundation
import TestSupport

/// A document as the tests compare it: everything copied.
struct Copied: Equatable {
  var text: [UInt8]
  var subset: [UInt8]?
  var file = 0
  var line: Int
  var offset: Int
  var loneSurrogates = 0
}

extension TemporaryFolder {
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try AtomicFile.replace(file(name), with: bytes)
    return file(name)
  }

  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  /// The pieces as one zstd frame each.
  func writeFrames(_ name: String, _ pieces: [[UInt8]]) throws -> String {
    var all: [UInt8] = []
    for piece in pieces {
      let writer = try ZstdFileWriter(file("frame.zst"))
      try piece.withUnsafeBytes { try writer.write($0) }
      try writer.commit()
      all += try FileSystem.contents(of: file("frame.zst"))
      try FileSystem.remove(file("frame.zst"))
    }
    return try write(name, all)
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

func readAll(_ reader: DocumentReader) throws -> [Copied] {
  var all: [Copied] = []
  while let document = try reader.read() {
    all.append(
      Copied(
        text: Array(document.text), subset: document.subset.map { Array($0) }, file: document.file,
        line: document.line, offset: document.offset, loneSurrogates: document.loneSurrogates))
  }
  return all
}

/// What the fast and what the careful way make of one line.
func parse(_ line: [UInt8]) -> Result<Copied, LineFault> {
  do {
    let batch = try LineReader(ByteList(line + [0x0A, 0x20, 0x0A, 0x20])).next()!
    let parser = try LineParser()
    return try withExtendedLifetime(parser) { .success(copy(try parser.parse(batch, 0))) }
  } catch {
    return .failure(error as! LineFault)
  }
}

func copy(_ line: ParsedLine) -> Copied {
  Copied(
    text: Array(line.text), subset: line.subset.map { Array($0) }, line: 1, offset: 0,
    loneSurrogates: line.loneSurrogates)
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
