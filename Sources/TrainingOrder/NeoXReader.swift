import TokenDataset

/// Reads samples by GPT-NeoX's own rules, from the three index-map files that it would load.
///
/// For tests and verification: it shows what a trainer would be given, mistakes included. An index that some array does
/// not have is replaced by the index modulo the length, without a word; where that leads nowhere GPT-NeoX dies in endless
/// recursion, and this reader throws. It also throws where a sample has not L + 1 tokens (newer versions fill it up).
public struct NeoXReader: SampleSource, Sendable {
  public let dataset: TokenDataset
  public let maps: IndexMaps
  public var sequenceLength: Int { maps.sequenceLength }
  public var tokenType: TokenType { dataset.tokenType }
  /// What GPT-NeoX's sampler walks over.
  public var positions: Range<Int> { 0..<maps.length }

  public init(dataset: TokenDataset, maps: IndexMaps) {
    self.dataset = dataset
    self.maps = maps
  }

  /// Opens `names.prefix` as data set, and its maps.
  public init(_ names: IndexMapNames) throws {
    self.init(dataset: try TokenDataset(prefix: names.prefix), maps: try IndexMaps(names))
  }

  /// The row of sample_idx that a position gets, and how often the index was silently replaced on the way.
  public func row(of position: Int) throws -> (row: Int, replacements: Int) {
    var index = position
    for replacements in 0..<Self.recursionLimit {
      guard index >= 0 else { break }
      // GPT-NeoX reuses one variable: what is taken modulo is the row, once that was read.
      if index < maps.shuffle.count {
        index = maps.shuffle[index]
        if isReadable(row: index) { return (index, replacements) }
      }
      guard maps.length > 0 else { break }
      index %= maps.length
    }
    throw OrderFailure(
      .range, "sequence", "position \(position) leads to no sample: a trainer that starts here stops")
  }

  /// The L + 1 token ids at a position.
  public func tokens(ofSequence position: Int) throws -> [UInt32] {
    let row = try row(of: position).row
    var tokens: [UInt32] = []
    try maps.forEachSpan(ofRow: row, in: dataset) { span in
      tokens += try dataset.tokens(of: span.item)[span.offset..<span.offset + span.count]
    }
    return tokens
  }

  public func copyBytes(ofSequence q: Int, into target: UnsafeMutableRawPointer) throws {
    var target = target
    try maps.forEachSpan(ofRow: try row(of: q).row, in: dataset) { span in
      try dataset.copyBytes(item: span.item, offset: span.offset, count: span.count, into: target)
      target += span.count * tokenType.byteCount
    }
  }

  /// How deep Python calls before it gives up.
  private static let recursionLimit = 1000

  /// Whether no array raises an index error: the row and its successor, and the documents between them, exist.
  private func isReadable(row: Int) -> Bool {
    guard row >= 0, row < maps.rowCount - 1 else { return false }
    let (first, last) = (maps.samples[2 * row], maps.samples[2 * row + 2])
    return first >= 0 && first < maps.documents.count && last >= 0 && last < maps.documents.count
  }
}
