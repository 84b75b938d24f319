import ByteIO

/// The arrays of an `.idx` file (Megatron's "mmap" dataset, version 1), mapped.
///
///     0   9 bytes  MMIDIDX\0\0        18   u64 N, items          34+4N   i64 pointers[N], bytes
///     9   u64      version = 1        26   u64 D, length of      34+12N  i64 doc_idx[D]
///     17  u8       type code               doc_idx
///     34  i32      sizes[N], tokens
///
/// All little-endian, no padding: the arrays are unaligned. Opening checks the header against the file's length, so that
/// every index below ``itemCount`` is inside the mapping; the values are the caller's to judge.
struct IndexFile: Sendable {
  static let magic: [UInt8] = Array("MMIDIDX\0\0".utf8)
  static let headerSize = 34

  let path: String
  let type: TokenType
  let itemCount: Int
  /// D: the length of doc_idx, item count after each document, from 0.
  let documentMarkCount: Int
  let file: MappedFile

  init(_ path: String, access: MappedFile.Access) throws {
    file = try MappedFile(path, access: access)
    self.path = path
    let bytes = file.bytes
    guard bytes.count >= Self.headerSize else {
      throw DatasetFailure(
        .length, path, at: bytes.count, "it ends inside the header, which has 34 bytes. Copy it again.")
    }
    guard bytes[..<9].elementsEqual(Self.magic) else {
      throw DatasetFailure(.format, path, at: 0, "it does not start with MMIDIDX: not the .idx of a token data set")
    }
    let version = bytes.loadUnaligned(fromByteOffset: 9, as: UInt64.self)
    guard version == 1 else { throw DatasetFailure(.format, path, at: 9, "version \(version) is not known, only 1") }
    guard let type = TokenType(rawValue: bytes[17]) else {
      throw DatasetFailure(
        .format, path, at: 17, "type code \(bytes[17]) is no integer type for tokens (1-5 and 8 are)")
    }
    self.type = type
    (itemCount, documentMarkCount) = try Self.counts(bytes, path)
  }

  /// N and D, if the file has exactly the 34 + 12 N + 8 D bytes that they ask for.
  private static func counts(_ bytes: UnsafeRawBufferPointer, _ path: String) throws -> (Int, Int) {
    let items = bytes.loadUnaligned(fromByteOffset: 18, as: UInt64.self)
    let marks = bytes.loadUnaligned(fromByteOffset: 26, as: UInt64.self)
    // Neither product can overflow once both counts are below the file's own length.
    guard items <= UInt64(bytes.count), marks <= UInt64(bytes.count) else {
      let (place, what) = items > UInt64(bytes.count) ? (18, "\(items) items") : (26, "\(marks) document marks")
      throw DatasetFailure(.length, path, at: place, "it claims \(what), but has \(bytes.count) bytes in all")
    }
    let expected = headerSize + 12 * Int(items) + 8 * Int(marks)
    guard bytes.count == expected else {
      throw DatasetFailure(
        .length, path, at: min(bytes.count, expected),
        "\(items) items and \(marks) document marks take \(expected) bytes, but it has \(bytes.count). Copy it again.")
    }
    return (Int(items), Int(marks))
  }

  /// Length of an item in tokens, as the file has it.
  @inline(__always)
  func size(_ item: Int) -> Int {
    Int(file.bytes.loadUnaligned(fromByteOffset: Self.headerSize + 4 * item, as: Int32.self))
  }

  /// Where an item starts in the data, in bytes, as the file has it.
  @inline(__always)
  func pointer(_ item: Int) -> Int {
    Int(file.bytes.loadUnaligned(fromByteOffset: pointerOffset(item), as: Int64.self))
  }

  func documentMark(_ index: Int) -> Int {
    Int(file.bytes.loadUnaligned(fromByteOffset: documentMarkOffset(index), as: Int64.self))
  }

  func sizeOffset(_ item: Int) -> Int { Self.headerSize + 4 * item }
  func pointerOffset(_ item: Int) -> Int { Self.headerSize + 4 * itemCount + 8 * item }
  func documentMarkOffset(_ index: Int) -> Int { Self.headerSize + 12 * itemCount + 8 * index }

  /// Calls `body` with runs of sizes in order, and the first one's item number.
  ///
  /// Reads instead of using the mapping: the sizes of a Pile are half a gigabyte that would stay resident.
  func forEachSizes(in items: Range<Int>, _ body: (Int, UnsafeBufferPointer<Int32>) throws -> Void) throws {
    let input = try InputFile(path)
    let run = 1 << 18
    let buffer = UnsafeMutableBufferPointer<Int32>.allocate(capacity: min(run, max(items.count, 1)))
    defer { buffer.deallocate() }
    var item = items.lowerBound
    while item < items.upperBound {
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<min(run, items.upperBound - item)])
      try input.read(into: UnsafeMutableRawBufferPointer(part), at: sizeOffset(item))
      try body(item, UnsafeBufferPointer(part))
      item += part.count
    }
  }
}
