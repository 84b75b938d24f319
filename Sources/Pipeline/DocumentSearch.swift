import Tokenization
import TokenDataset

/// The first place in a document where a text was found.
public struct DocumentMatch: Sendable, Equatable {
  public let item: Int
  /// Offset in the document's decoded bytes.
  public let byte: Int
  /// The tokens that hold it; the first and the last may hold other bytes too.
  public let tokens: Range<Int>

  public init(item: Int, byte: Int, tokens: Range<Int>) {
    self.item = item
    self.byte = byte
    self.tokens = tokens
  }
}

/// Searches a data set's documents for a text, byte for byte, however they were tokenized.
public struct DocumentSearch {
  private let tokenizer: Tokenizer
  private let text: [UInt8]

  /// `text` must not be empty.
  public init(tokenizer: Tokenizer, text: [UInt8]) {
    self.tokenizer = tokenizer
    self.text = text
  }

  /// Calls `body` with the first match of each document that has one, in order, until it returns false.
  ///
  /// Decodes everything: some hundred MB/s. `progress` is told of bytes of tokens done and in all. Holds 64 Ki tokens at
  /// a time. An id that is no token is an error with its place.
  public func forEachMatch(
    in dataset: TokenDataset, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in },
    _ body: (DocumentMatch) throws -> Bool
  ) throws {
    var pieces = Pieces()
    let width = dataset.tokenType.byteCount
    var done = 0
    for item in 0..<dataset.itemCount {
      if let match = try firstMatch(in: dataset, item, &pieces), try !body(match) { return }
      done += dataset.size(of: item) * width
      if item % 1024 == 0 { progress(done, dataset.tokenCount * width) }
    }
  }

  private struct Pieces {
    var ids: [UInt32] = []
    var bytes: [UInt8] = []
    var starts: [Int] = []
  }

  /// Tokens decoded at once: with a byte each they hold the text twice.
  private var run: Int { max(1 << 16, 2 * text.count) }

  /// In pieces; each takes as many tokens of the one before as a match could begin in.
  private func firstMatch(in dataset: TokenDataset, _ item: Int, _ pieces: inout Pieces) throws -> DocumentMatch? {
    let size = dataset.size(of: item)
    var first = 0
    var skippedBytes = 0
    while first < size {
      let count = min(run, size - first)
      try decode(dataset, item, first, count, &pieces)
      if let byte = ByteSearch.first(text, in: pieces.bytes) {
        let (start, end) = (byte, byte + text.count)
        let low = pieces.starts.lastIndex { $0 <= start } ?? 0
        let high = pieces.starts.firstIndex { $0 >= end } ?? count
        return DocumentMatch(item: item, byte: skippedBytes + byte, tokens: first + low..<first + high)
      }
      if first + count == size { return nil }
      // Every match that is not in this piece ends behind it: it begins in its last text.count − 1 bytes.
      let kept = max(0, pieces.bytes.count - (text.count - 1))
      let next = max(1, pieces.starts.lastIndex { $0 <= kept } ?? count)
      skippedBytes += pieces.starts[min(next, count)]
      first += min(next, count)
    }
    return nil
  }

  private func decode(
    _ dataset: TokenDataset, _ item: Int, _ first: Int, _ count: Int, _ pieces: inout Pieces
  ) throws {
    pieces.ids = try [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
      if let target = buffer.baseAddress {
        try dataset.copyTokens(item: item, offset: first, count: count, into: target)
      }
      filled = count
    }
    if let bad = tokenizer.decodeRun(pieces.ids, into: &pieces.bytes, starts: &pieces.starts) {
      throw PipelineFailure(
        dataset.prefix,
        "token \(first + bad) of document \(item) is id \(pieces.ids[bad]), which this tokenizer does not have")
    }
  }
}
