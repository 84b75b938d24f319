import TokenDataset

/// A part of a document at one place of a run.
public struct Appearance: Sendable, Equatable {
  /// q: the index into the training order. Step q div B, row q mod B.
  public let position: Int
  public let dataset: Int
  /// The item and its tokens that are shown.
  public let span: TokenSpan
  /// Which token of the sample the first of them is.
  public let place: Int

  public init(position: Int, dataset: Int, span: TokenSpan, place: Int) {
    self.position = position
    self.dataset = dataset
    self.span = span
    self.place = place
  }
}

extension RunOrder {
  /// What position q shows: its L + 1 tokens by documents, in order.
  public func appearances(at position: Int) throws -> [Appearance] {
    var found: [Appearance] = []
    var place = 0
    try forEachSpan(ofSequence: position) { set, span in
      found.append(Appearance(position: position, dataset: set, span: span, place: place))
      place += span.count
    }
    return found
  }

  /// Calls `body` with everything that positions of `range` show of some items of one data set, in the order of training.
  ///
  /// Reads doc_idx, sample_idx and shuffle_idx once, front to back, and supposes nothing of their values: maps made by hand
  /// are searched too. Holds a bit for each item and row beside the maps.
  public func forEachAppearance(
    ofItems items: [Int], dataset: Int, in range: Range<Int>, _ body: (Appearance) throws -> Void
  ) throws {
    guard parts.indices.contains(dataset) else {
      throw OrderFailure(.range, "data set", "\(dataset) does not exist: there are \(parts.count), from 0")
    }
    let part = parts[dataset]
    var wanted = BitSet(count: part.dataset.itemCount)
    for item in items {
      guard item >= 0, item < part.dataset.itemCount else {
        throw OrderFailure(
          .range, part.dataset.prefix, "document \(item) does not exist: there are \(part.dataset.itemCount), from 0")
      }
      wanted.insert(item)
    }
    let rows = try part.maps.map { try Self.rows(of: $0, showing: wanted) } ?? wanted
    try forEachLocation(in: range) { position, set, row in
      guard set == dataset, rows.contains(row) else { return }
      for appearance in try appearances(at: position) where wanted.contains(appearance.span.item) {
        try body(appearance)
      }
    }
  }

  /// The samples whose documents are among some items. May hold one that shows none of their tokens.
  private static func rows(of maps: any SampleMaps, showing items: BitSet) throws -> BitSet {
    let documents = maps.documents
    let places = (0..<documents.count).filter { items.contains(documents[$0]) }
    var rows = BitSet(count: maps.rowCount)
    // The first of `places` that is not below a row's start: found from the last one's, since rows are mostly in order.
    var next = 0
    try maps.forEachRow { row, bounds in
      while next > 0 && places[next - 1] >= bounds.first { next -= 1 }
      while next < places.count && places[next] < bounds.first { next += 1 }
      if next < places.count && places[next] <= bounds.last { rows.insert(row) }
    }
    return rows
  }
}

/// A set of numbers below a count, a bit each.
struct BitSet {
  private var words: [UInt64]

  init(count: Int) { words = [UInt64](repeating: 0, count: count / 64 + 1) }

  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }

  /// False for every number that cannot be in it.
  func contains(_ number: Int) -> Bool {
    number >= 0 && number >> 6 < words.count && words[number >> 6] >> UInt64(number & 63) & 1 == 1
  }
}
