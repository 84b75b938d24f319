import TokenDataset

/// Where a sample starts and ends: a position in doc_idx and an offset in that document, both ends included.
public struct SampleBounds: Sendable, Equatable {
  public let first: Int
  public let start: Int
  public let last: Int
  public let end: Int
}

/// Index maps of one data set, whole or for a window: from a place in the shuffled order to a sample to its tokens.
public protocol SampleMaps: Sendable {
  /// doc_idx: the document at each position.
  var documents: IndexArray { get }
  /// L.
  var sequenceLength: Int { get }
  /// Places in shuffle_idx.
  var placeCount: Int { get }
  /// How many samples GPT-NeoX says there are: one less than there are, so the last shuffled one is never read.
  var length: Int { get }
  /// shuffle_idx: the sample, a row of sample_idx, at a place.
  func row(atPlace place: Int) throws -> Int
  /// sample_idx: a row and the one after it.
  func bounds(ofRow row: Int) throws -> SampleBounds
  /// Rows of sample_idx, those that cannot be asked for included; the last one is no sample's start.
  var rowCount: Int { get }
  /// Calls `body` with each row that can be asked for, in order.
  func forEachRow(_ body: (_ row: Int, SampleBounds) throws -> Void) throws
}

extension SampleMaps {
  /// Calls `body` with the spans that make up the sample in a row of sample_idx, in order; together L + 1 tokens.
  ///
  /// A sample runs from its row to the next one, both ends included. Empty documents give no span. Allocates nothing.
  /// Throws where the maps do not fit the data: they come from files that nobody validates.
  public func forEachSpan(
    ofRow row: Int, in dataset: TokenDataset, _ body: (TokenSpan) throws -> Void
  ) throws {
    let bounds = try bounds(ofRow: row)
    guard bounds.first >= 0, bounds.first <= bounds.last, bounds.last < documents.count, bounds.start >= 0,
      bounds.end >= 0
    else {
      throw OrderFailure(
        .map, "sample_idx",
        "sample \(row) runs from document position \(bounds.first), offset \(bounds.start), to \(bounds.last), "
          + "\(bounds.end); doc_idx has \(documents.count) entries")
    }
    var missing = sequenceLength + 1
    for position in bounds.first...bounds.last {
      let item = documents[position]
      let offset = position == bounds.first ? bounds.start : 0
      guard item >= 0, item < dataset.itemCount else {
        throw OrderFailure(.map, "doc_idx", "position \(position) names item \(item) of \(dataset.itemCount)")
      }
      let size = dataset.size(of: item)
      let count = (position == bounds.last ? bounds.end + 1 : size) - offset
      guard count >= 0, count <= missing, offset + count <= size else { throw unfit(row) }
      missing -= count
      if count > 0 { try body(TokenSpan(item: item, offset: offset, count: count)) }
    }
    guard missing == 0 else { throw unfit(row) }
  }

  private func unfit(_ row: Int) -> OrderFailure {
    OrderFailure(
      .map, "sample_idx",
      "sample \(row) has not \(sequenceLength + 1) tokens: the maps were made for other data. Build them again.")
  }
}

/// A run of tokens of one item: `count` tokens from `offset`.
public struct TokenSpan: Sendable, Equatable {
  public let item: Int
  public let offset: Int
  public let count: Int

  public init(item: Int, offset: Int, count: Int) {
    self.item = item
    self.offset = offset
    self.count = count
  }
}
