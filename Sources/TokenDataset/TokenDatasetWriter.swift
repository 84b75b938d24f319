import ByteIO

/// Writes a data set item by item: `PREFIX.bin` and `PREFIX.idx`, each complete under its name or not there.
///
/// Constant memory. Not for several threads.
public final class TokenDatasetWriter {
  public let prefix: String
  public let type: TokenType
  public var itemCount: Int { index.itemCount }
  public var tokenCount: Int { index.tokenCount }
  private let data: AtomicFile
  private let index: TokenIndexWriter
  private let narrow: UnsafeMutableRawBufferPointer

  public init(_ prefix: String, type: TokenType) throws {
    self.prefix = prefix
    self.type = type
    data = try AtomicFile(prefix + ".bin")
    index = try TokenIndexWriter(prefix + ".idx", type: type)
    narrow = .allocate(byteCount: 1 << 16, alignment: 64)
  }

  deinit { narrow.deallocate() }

  /// Adds one item. Throws, and adds nothing to the count, if an id does not fit the type.
  public func append(_ tokens: UnsafeBufferPointer<UInt32>) throws {
    if let wrong = tokens.firstIndex(where: { $0 > type.maximum }) {
      throw DatasetFailure(
        .token, prefix + ".bin",
        "token id \(tokens[wrong]) of item \(itemCount) does not fit \(type.name). Choose a wider type.")
    }
    let run = narrow.count / type.byteCount
    for first in stride(from: 0, to: tokens.count, by: run) {
      try write(UnsafeBufferPointer(rebasing: tokens[first..<min(first + run, tokens.count)]))
    }
    try index.append(size: tokens.count)
  }

  public func append(_ tokens: [UInt32]) throws {
    try tokens.withUnsafeBufferPointer { try append($0) }
  }

  /// Completes both files. The `.idx` comes last: without it the `.bin` is no data set.
  public func finish() throws {
    try data.commit()
    try index.finish()
  }

  private func write(_ tokens: UnsafeBufferPointer<UInt32>) throws {
    switch type {
    case .uint16: store(tokens, UInt16.self)
    case .uint8, .int8: store(tokens, UInt8.self)
    case .int16: store(tokens, Int16.self)
    case .int32: store(tokens, Int32.self)
    case .int64: store(tokens, Int64.self)
    }
    try data.write(UnsafeRawBufferPointer(rebasing: narrow[..<(tokens.count * type.byteCount)]))
  }

  @inline(__always)
  private func store<T: FixedWidthInteger>(_ tokens: UnsafeBufferPointer<UInt32>, _: T.Type) {
    let target = narrow.assumingMemoryBound(to: T.self)
    for index in 0..<tokens.count { target[index] = T(truncatingIfNeeded: tokens[index]) }
  }
}
