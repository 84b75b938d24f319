import ByteIO

/// An open file: its lines' bytes, and its stored bytes on the way.
final class StoredFile {
  private let stream: any ByteStream
  let tap: Tap
  /// Of reading lines' bytes: all that the tap does, and decompressing.
  private var seconds = 0.0
  private let isCompressed: Bool

  init(_ file: any ByteStream, compressed: Bool, hashing: Bool) {
    tap = Tap(file, hashing: hashing)
    stream = compressed ? ZstdReader(tap) : tap
    isCompressed = compressed
  }

  var times: ReadingTimes {
    var times = tap.times
    if isCompressed { times.decompressing = max(0, seconds - times.reading - times.hashing) }
    return times
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try timed(&seconds) { try stream.read(into: buffer) }
  }

  func skip(_ count: Int) throws {
    var left = count
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
    defer { buffer.deallocate() }
    while left > 0 {
      let read = try self.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(left, buffer.count)]))
      if read == 0 {
        throw IOFailure("go on reading", stream.name, reason: "it has become shorter than it was", offset: count - left)
      }
      left -= read
    }
  }
}

/// Passes a stream on and keeps its length and, if asked, its hash.
final class Tap: ByteStream {
  let hash: SHA256?
  private(set) var count = 0
  private(set) var times = ReadingTimes()
  private let source: any ByteStream

  init(_ source: any ByteStream, hashing: Bool) {
    self.source = source
    hash = hashing ? SHA256() : nil
  }

  var name: String { source.name }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let read = try timed(&times.reading) { try source.read(into: buffer) }
    timed(&times.hashing) { hash?.update(UnsafeRawBufferPointer(rebasing: buffer[..<read])) }
    count += read
    return read
  }
}
