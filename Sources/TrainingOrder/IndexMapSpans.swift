import TokenDataset

extension IndexMaps {
  /// Calls `body` with the spans that make up the sample in a row of sample_idx, in order; together L + 1 tokens.
  ///
  /// A sample runs from its row to the next one, both ends included. Empty documents give no span. Allocates nothing.
  /// Throws where the maps do not fit the data: they come from files that nobody validates.
  @inline(__always)
  public func forEachSpan(
    ofRow row: Int, in dataset: TokenDataset, _ body: (TokenSpan) throws -> Void
  ) throws {
    guard row >= 0, row < rowCount - 1 else {
      throw OrderFailure(.map, "sample_idx", "sample \(row) is not among its \(rowCount) rows")
    }
    let (first, start) = (samples[2 * row], samples[2 * row + 1])
    let (last, end) = (samples[2 * row + 2], samples[2 * row + 3])
    guard first >= 0, first <= last, last < documents.count, start >= 0, end >= 0 else {
      throw OrderFailure(
        .map, "sample_idx",
        "sample \(row) runs from document position \(first) to \(last), but doc_idx has \(documents.count) entries")
    }
    var missing = sequenceLength + 1
    for position in first...last {
      let item = documents[position]
      let offset = position == first ? start : 0
      guard item >= 0, item < dataset.itemCount else {
        throw OrderFailure(.map, "doc_idx", "position \(position) names item \(item) of \(dataset.itemCount)")
      }
      let count = (position == last ? end + 1 : dataset.size(of: item)) - offset
      guard count >= 0, count <= missing, offset + count <= dataset.size(of: item) else { throw unfit(row) }
      missing -= count
      if count > 0 { try body(TokenSpan(item: item, offset: offset, count: count)) }
    }
    guard missing == 0 else { throw unfit(row) }
  }

  /// Reads every value: each sample of the order lies in the data and has L + 1 tokens. Takes seconds for a Pile.
  ///
  /// Maps with guard rows, which fail on purpose, do not pass.
  public func check(_ dataset: TokenDataset) throws {
    for row in 0..<max(0, rowCount - 1) { try forEachSpan(ofRow: row, in: dataset) { _ in } }
    for place in 0..<shuffle.count where shuffle[place] < 0 || shuffle[place] >= rowCount - 1 {
      throw OrderFailure(.map, "shuffle_idx", "place \(place) names sample \(shuffle[place]) of \(rowCount - 1)")
    }
  }

  private func unfit(_ row: Int) -> OrderFailure {
    OrderFailure(
      .map, "sample_idx",
      "sample \(row) has not \(sequenceLength + 1) tokens: the maps were made for other data. Build them again.")
  }
}
