import ByteIO

/// Standard input, whole or line by line.
final class StandardInput {
  private let file: any ByteStream
  private var pending: [UInt8] = []
  /// Where the unread part of `pending` starts, and from where on no line feed has been sought yet.
  private var start = 0
  private var searched = 0
  private var ended = false

  init(_ file: any ByteStream = InputFile(standardInput: ())) { self.file = file }

  /// Everything that is left.
  func readAll() throws -> [UInt8] {
    while !ended { try refill() }
    defer { (pending, start) = ([], 0) }
    return Array(pending[start...])
  }

  /// The next line without its line feed; nil at the end. Memory: the longest line, and a buffer.
  func nextLine() throws -> [UInt8]? {
    while true {
      if let feed = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { (start, searched) = (feed + 1, feed + 1) }
        return Array(pending[start..<feed])
      }
      searched = pending.count
      if ended { return lastLine() }
      try refill()
    }
  }

  private func lastLine() -> [UInt8]? {
    if start == pending.count { return nil }
    defer { start = pending.count }
    return Array(pending[start...])
  }

  private func refill() throws {
    let size = 1 << 18
    pending.removeFirst(start)
    (start, searched) = (0, searched - start)
    let filled = pending.count
    pending.append(contentsOf: repeatElement(0, count: size))
    let count = try pending.withUnsafeMutableBytes {
      try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
    }
    pending.removeLast(size - count)
    ended = count == 0
  }
}
