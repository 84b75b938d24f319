import ByteIO

/// Two data sets, token for token: sharding, token type and where items lie do not matter.
public struct DatasetComparison: Sendable, Equatable {
  /// Tokens that were compared and are the same.
  public private(set) var tokens = 0
  /// The first difference, with its place in both; nil if there is none.
  public private(set) var difference: String?
  public var isSame: Bool { difference == nil }

  /// Reads both up to the first difference: about 1 GB/s of tokens. `progress` is told of items done and in all.
  public init(
    _ first: TokenDataset, _ second: TokenDataset, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    let count = min(first.itemCount, second.itemCount)
    let buffers = [0, 1].map { _ in UnsafeMutableBufferPointer<UInt32>.allocate(capacity: Self.run) }
    defer { for buffer in buffers { buffer.deallocate() } }
    for item in 0..<count {
      try compare(item, first, second, buffers)
      if !isSame { return }
      if item % 4096 == 4095 { progress(item + 1, count) }
    }
    if first.itemCount != second.itemCount {
      difference =
        "\(first.prefix) has \(first.itemCount) items, \(second.prefix) \(second.itemCount); "
        + "the first \(count) are the same"
    }
  }

  private static var run: Int { 1 << 16 }

  private mutating func compare(
    _ item: Int, _ first: TokenDataset, _ second: TokenDataset, _ buffers: [UnsafeMutableBufferPointer<UInt32>]
  ) throws {
    let sizes = (first.size(of: item), second.size(of: item))
    let common = min(sizes.0, sizes.1)
    for start in stride(from: 0, to: common, by: Self.run) {
      let count = min(Self.run, common - start)
      for (dataset, buffer) in zip([first, second], buffers) {
        try dataset.copyTokens(item: item, offset: start, count: count, into: buffer.baseAddress!)
      }
      if let index = (0..<count).first(where: { buffers[0][$0] != buffers[1][$0] }) {
        tokens += index
        difference =
          "item \(item), token \(start + index): \(buffers[0][index]) in "
          + "\(try Self.describe(first, item, start + index)), \(buffers[1][index]) in "
          + (try Self.describe(second, item, start + index))
        return
      }
      tokens += count
    }
    if sizes.0 != sizes.1 {
      difference =
        "item \(item) has \(sizes.0) tokens in \(first.prefix), \(sizes.1) in \(second.prefix)"
        + (common > 0 ? "; the first \(common) are the same" : "")
    }
  }

  /// File and byte of a token, and whether it lies among zeros that no text has.
  private static func describe(_ dataset: TokenDataset, _ item: Int, _ token: Int) throws -> String {
    let byte = try dataset.place(of: item).lowerBound + token * dataset.tokenType.byteCount
    let file = dataset.data.file(at: byte)
    let offset = byte - dataset.data.starts[file]
    let place = "\(dataset.files.data[file]), byte \(offset)"
    let bytes = dataset.data.files[file].bytes
    let page = UnsafeRawBufferPointer(rebasing: bytes[offset..<min(bytes.count, offset + 4096)])
    return page.count == 4096 && page.allSatisfy { $0 == 0 }
      ? place + " (zeros: \(ZeroFill(bytes).description); a copy that was not filled)" : place
  }
}
