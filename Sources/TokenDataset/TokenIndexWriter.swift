import ByteIO
import Glibc

/// Writes an `.idx` for items that follow one another in the data, one document each (doc_idx = 0 … N).
///
/// Constant memory: sizes go straight to their place in `PATH.partial`, pointers are made from them at the end. The file
/// gets its name in ``finish()``; without it nothing is left.
public final class TokenIndexWriter {
  public let path: String
  public let type: TokenType
  /// Items so far.
  public private(set) var itemCount = 0
  /// Tokens so far.
  public private(set) var tokenCount = 0
  private let partialPath: String
  private let file: PositionedFile
  private var pending: [Int32] = []
  private var finished = false
  private static let run = 1 << 16

  public init(_ path: String, type: TokenType) throws {
    self.path = path
    self.type = type
    partialPath = path + ".partial"
    file = try PositionedFile(partialPath)
    try file.setSize(0)
    pending.reserveCapacity(Self.run)
  }

  deinit {
    if !finished { unlink(partialPath) }
  }

  /// Adds an item of `size` tokens. GPT-NeoX keeps offsets in 32 bits: an item of 2³¹ tokens is refused.
  public func append(size: Int) throws {
    guard let stored = Int32(exactly: size), stored >= 0 else {
      throw DatasetFailure(
        .length, path, "item \(itemCount) has \(size) tokens; an item can have 0 to 2147483647. Split the document.")
    }
    pending.append(stored)
    itemCount += 1
    tokenCount += size
    if pending.count == Self.run { try flush() }
  }

  /// Completes the file and gives it its name.
  public func finish() throws {
    try flush()
    try writePointers()
    try writeDocumentMarks()
    try writeHeader()
    try file.synchronize()
    try FileSystem.rename(partialPath, to: path)
    finished = true
  }

  /// Writes a whole `.idx` for `itemCount` items of `length` tokens each, as a window of samples has them.
  public static func write(_ path: String, type: TokenType, itemCount: Int, length: Int) throws {
    let writer = try TokenIndexWriter(path, type: type)
    for _ in 0..<itemCount { try writer.append(size: length) }
    try writer.finish()
  }

  /// Writes a whole `.idx` for items of these sizes.
  public static func write(_ path: String, type: TokenType, sizes: some Sequence<Int>) throws {
    let writer = try TokenIndexWriter(path, type: type)
    for size in sizes { try writer.append(size: size) }
    try writer.finish()
  }

  private func flush() throws {
    let start = IndexFile.headerSize + 4 * (itemCount - pending.count)
    try pending.withUnsafeBytes { try file.write($0, at: start) }
    pending.removeAll(keepingCapacity: true)
  }

  private func writePointers() throws {
    let sizes = try InputFile(partialPath)
    var run = [Int32](repeating: 0, count: Self.run)
    var pointer: Int64 = 0
    for first in stride(from: 0, to: itemCount, by: Self.run) {
      let count = min(Self.run, itemCount - first)
      try run.withUnsafeMutableBytes {
        try sizes.read(into: .init(rebasing: $0[..<(4 * count)]), at: IndexFile.headerSize + 4 * first)
      }
      let pointers = run[..<count].map { size in
        defer { pointer += Int64(size) * Int64(type.byteCount) }
        return pointer
      }
      try pointers.withUnsafeBytes { try file.write($0, at: IndexFile.headerSize + 4 * itemCount + 8 * first) }
    }
  }

  private func writeDocumentMarks() throws {
    for first in stride(from: 0, through: itemCount, by: Self.run) {
      let marks = (first...min(first + Self.run - 1, itemCount)).map(Int64.init)
      try marks.withUnsafeBytes { try file.write($0, at: IndexFile.headerSize + 12 * itemCount + 8 * first) }
    }
  }

  private func writeHeader() throws {
    var header = IndexFile.magic
    withUnsafeBytes(of: UInt64(1).littleEndian) { header.append(contentsOf: $0) }
    header.append(type.rawValue)
    withUnsafeBytes(of: UInt64(itemCount).littleEndian) { header.append(contentsOf: $0) }
    withUnsafeBytes(of: UInt64(itemCount + 1).littleEndian) { header.append(contentsOf: $0) }
    try header.withUnsafeBytes { try file.write($0, at: 0) }
  }
}
