import ByteIO

/// A tokenized data set on disk, Megatron's "mmap" format: items of tokens in `.bin` files, their places in an `.idx`.
///
/// Nothing is loaded: files are mapped, shards are read as one run of bytes without joining them. Opening reads all
/// sizes once (0.1 s for 134 million items) and checks that they can be; where an item lies is checked when it is read.
/// Overlapping and empty items are legal.
public final class TokenDataset: Sendable {
  public let files: DataFiles
  public let tokenType: TokenType
  /// N: the number of items. For GPT-NeoX, these are the documents.
  public let itemCount: Int
  /// Σ sizes, in tokens.
  public let tokenCount: Int
  let index: IndexFile
  let data: ShardedBytes

  public var prefix: String { files.prefix }
  /// Length of all `.bin` files together, in bytes.
  public var byteCount: Int { data.count }

  /// Opens `PREFIX.idx` with `PREFIX.bin` or its shards; `access` says how the `.bin` will be read.
  ///
  /// Throws a ``DatasetFailure`` with file and byte where lengths do not add up or a size is negative.
  public convenience init(prefix: String, access: MappedFile.Access = .normal) throws {
    try self.init(prefix: prefix, access: access, indexAccess: .random)
  }

  init(prefix: String, access: MappedFile.Access, indexAccess: MappedFile.Access) throws {
    files = try DataFiles(prefix: prefix)
    index = try IndexFile(files.index, access: indexAccess)
    data = try ShardedBytes(files.data, access: access)
    tokenType = index.type
    itemCount = index.itemCount
    tokenCount = try Self.countTokens(index)
    // The data of an intact set end with its last item: a `.bin` cut short shows here, before any work is done.
    if itemCount > 0 { _ = try place(of: itemCount - 1) }
  }

  /// Length of an item in tokens. The item must exist.
  @inline(__always)
  public func size(of item: Int) -> Int {
    precondition(item >= 0 && item < itemCount, "no such item")
    return index.size(item)
  }

  /// Calls `body` with runs of sizes in order and the first one's item number, reading the `.idx` front to back.
  public func forEachSizes(
    in items: Range<Int>, _ body: (_ firstItem: Int, UnsafeBufferPointer<Int32>) throws -> Void
  ) throws {
    guard items.lowerBound >= 0, items.upperBound <= itemCount else {
      throw DatasetFailure(.range, files.index, "items \(items) are asked for, but it has \(itemCount)")
    }
    try index.forEachSizes(in: items, body)
  }

  /// Copies tokens `offset ..< offset + count` of an item, widened. Throws if they are not all in the item and the data,
  /// and for a stored token that is negative or above 2³² − 1.
  public func copyTokens(
    item: Int, offset: Int = 0, count: Int, into target: UnsafeMutablePointer<UInt32>
  ) throws {
    let start = try start(item, offset, count)
    let length = count * tokenType.byteCount
    if let bytes = data.contiguous(start, length) { return try widen(bytes, item, offset, into: target) }
    try withUnsafeTemporaryAllocation(byteCount: length, alignment: 16) { bytes in
      data.copy(start, length, to: bytes.baseAddress!)
      try widen(UnsafeRawBufferPointer(bytes), item, offset, into: target)
    }
  }

  /// Asks the system to read tokens of an item that are soon wanted, as far as they are in it, and does not wait for them.
  public func willNeed(item: Int, offset: Int, count: Int) {
    guard item >= 0, item < itemCount, offset >= 0, count >= 0, let place = try? place(of: item) else { return }
    let size = size(of: item)
    let (first, last) = (min(offset, size), min(size, count > size - offset ? size : offset + count))
    let width = tokenType.byteCount
    data.willNeed(place.lowerBound + first * width..<place.lowerBound + max(first, last) * width)
  }

  /// Copies tokens as they are stored: `count` · `tokenType.byteCount` bytes.
  public func copyBytes(item: Int, offset: Int = 0, count: Int, into target: UnsafeMutableRawPointer) throws {
    let start = try start(item, offset, count)
    data.copy(start, count * tokenType.byteCount, to: target)
  }

  /// Calls `body` with tokens as they lie in the data, where they are numbers of 16 bits, in one file, and at an even address:
  /// nil elsewhere. Throws if they are not all in the item and the data.
  public func withUInt16<Result>(
    item: Int, offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) throws -> Result? {
    guard tokenType == .uint16 else { return nil }
    let start = try start(item, offset, count)
    guard let bytes = data.contiguous(start, 2 * count), let address = bytes.baseAddress,
      Int(bitPattern: address) % 2 == 0
    else { return nil }
    return body(UnsafeBufferPointer(start: address.assumingMemoryBound(to: UInt16.self), count: count))
  }

  /// All tokens of an item.
  public func tokens(of item: Int) throws -> [UInt32] {
    // Before room is made for them: an index can claim two billion tokens of data that are not there.
    _ = try place(of: item)
    let count = size(of: item)
    return try [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      if count > 0 { try copyTokens(item: item, count: count, into: buffer.baseAddress!) }
      filled = count
    }
  }

  /// First byte of tokens that are known to be in the item and the data.
  @inline(__always)
  private func start(_ item: Int, _ offset: Int, _ count: Int) throws -> Int {
    let bytes = try place(of: item)
    guard offset >= 0, count >= 0, count <= size(of: item) - offset else {
      throw DatasetFailure(
        .range, prefix,
        "tokens \(offset) to \(offset) + \(count) of item \(item) do not exist: it has \(size(of: item))")
    }
    return bytes.lowerBound + offset * tokenType.byteCount
  }

  /// Where an item's bytes lie in the data.
  @inline(__always)
  func place(of item: Int) throws -> Range<Int> {
    guard item >= 0, item < itemCount else { throw outside(item) }
    let start = index.pointer(item)
    let length = index.size(item) * tokenType.byteCount
    guard start >= 0, length >= 0, start <= data.count, length <= data.count - start else {
      throw beyondData(item, start, length)
    }
    return start..<start + length
  }

  private func outside(_ item: Int) -> DatasetFailure {
    DatasetFailure(.range, prefix, "item \(item) does not exist: there are \(itemCount), from 0")
  }

  func beyondData(_ item: Int, _ start: Int, _ length: Int) -> DatasetFailure {
    guard start >= 0, start <= Int.max - length else {
      return DatasetFailure(
        .length, files.index, at: index.pointerOffset(item), "item \(item) starts at byte \(start) of the data")
    }
    return DatasetFailure(
      .length, files.data[files.data.count - 1], at: data.files[data.files.count - 1].bytes.count,
      "the data end too early: item \(item) ends at byte \(start + length), but the .bin has \(data.count) bytes"
        + (files.isSharded ? " in \(files.data.count) shards" : "") + ". Copy it again.")
  }

  private static func countTokens(_ index: IndexFile) throws -> Int {
    var total = 0
    try index.forEachSizes(in: 0..<index.itemCount) { first, sizes in
      var signs: Int32 = 0
      for size in sizes {
        total += Int(size)
        signs |= size
      }
      if signs < 0, let wrong = sizes.firstIndex(where: { $0 < 0 }) {
        throw DatasetFailure(
          .length, index.path, at: index.sizeOffset(first + wrong), "item \(first + wrong) has size \(sizes[wrong])")
      }
    }
    return total
  }

  /// The hot path: one case a type, each a plain loop that the compiler vectorizes.
  private func widen(
    _ bytes: UnsafeRawBufferPointer, _ item: Int, _ offset: Int, into target: UnsafeMutablePointer<UInt32>
  ) throws {
    let wrong: Int? =
      switch tokenType {
      case .uint16: widenAll(bytes, UInt16.self, target)
      case .uint8: widenAll(bytes, UInt8.self, target)
      case .int32: widenChecked(bytes, Int32.self, target)
      case .int8: widenChecked(bytes, Int8.self, target)
      case .int16: widenChecked(bytes, Int16.self, target)
      case .int64: widenChecked(bytes, Int64.self, target)
      }
    guard let wrong else { return }
    let place = try place(of: item).lowerBound + (offset + wrong) * tokenType.byteCount
    let file = data.file(at: place)
    throw DatasetFailure(
      .token, files.data[file], at: place - data.starts[file],
      "token \(offset + wrong) of item \(item) is no token id: it is negative or above 2^32 - 1")
  }
}

@inline(__always)
private func widenAll<T: FixedWidthInteger & UnsignedInteger>(
  _ bytes: UnsafeRawBufferPointer, _: T.Type, _ target: UnsafeMutablePointer<UInt32>
) -> Int? {
  let count = bytes.count / MemoryLayout<T>.size
  for index in 0..<count {
    target[index] = UInt32(
      truncatingIfNeeded: bytes.loadUnaligned(fromByteOffset: index &* MemoryLayout<T>.size, as: T.self))
  }
  return nil
}

/// Returns the first position that does not fit.
@inline(__always)
private func widenChecked<T: FixedWidthInteger & SignedInteger>(
  _ bytes: UnsafeRawBufferPointer, _: T.Type, _ target: UnsafeMutablePointer<UInt32>
) -> Int? {
  let count = bytes.count / MemoryLayout<T>.size
  for index in 0..<count {
    let value = bytes.loadUnaligned(fromByteOffset: index &* MemoryLayout<T>.size, as: T.self)
    guard let token = UInt32(exactly: value) else { return index }
    target[index] = token
  }
  return nil
}
