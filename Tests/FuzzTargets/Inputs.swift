import ByteIO
import Glibc

/// Bytes in memory as a stream, handed over in pieces.
final class MemoryStream: ByteStream {
  let name = "input"
  private let bytes: UnsafeRawBufferPointer
  private let piece: Int
  private var position = 0

  /// The bytes must outlive the stream.
  init(_ bytes: UnsafeRawBufferPointer, piece: Int = .max) {
    self.bytes = bytes
    self.piece = piece
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - position, piece)
    if count > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
      position += count
    }
    return count
  }
}

/// A file that each execution fills anew; not atomically, that would be most of the time.
struct InputOfFile {
  let path: String

  init(_ folder: String, _ name: String) throws {
    path = folder + "/" + name
    try FileSystem.makeParent(of: path)
  }

  func fill(_ bytes: UnsafeRawBufferPointer) throws {
    let file = try PositionedFile(path)
    try file.setSize(bytes.count)
    if bytes.count > 0 { try file.write(bytes, at: 0) }
  }

  func fill(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try fill($0) } }
}

/// A copy without a byte to spare, so that a read beyond it is seen where memory is watched.
func withTightCopy<T: BitwiseCopyable, Result>(
  of values: some Collection<T>, _ body: (UnsafeMutableBufferPointer<T>) throws -> Result
) rethrows -> Result {
  let copy = UnsafeMutableBufferPointer<T>.allocate(capacity: values.count)
  defer { copy.deallocate() }
  _ = copy.initialize(from: values)
  return try body(copy)
}

extension [UInt8] {
  init(utf8 text: String) { self = Array(text.utf8) }
}
