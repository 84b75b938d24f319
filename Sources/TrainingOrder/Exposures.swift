import TokenDataset

/// How often a run has shown its tokens: by rank within a range of positions, and in all by the range's end.
///
/// A token counts where it is predicted: of a sample's L + 1 tokens the last L, so that tokens shared by neighbouring
/// samples count once and a step of B samples counts L · B. The very first token of an order is predicted nowhere.
public struct Exposures: Sendable, Equatable {
  /// Element k: how many tokens of the range are their document's token shown for the (k + 1)th time.
  public internal(set) var inRange: [Int] = []
  /// Element k: how many tokens of the documents had been shown k times when the range was over; element 0: never.
  public internal(set) var byEnd: [Int] = []

  static func add(_ count: Int, to counts: inout [Int], at place: Int) {
    while counts.count <= place { counts.append(0) }
    counts[place] += count
  }
}

extension RunOrder {
  /// Counts the exposures of `range`, with everything from position 0 on as seen before. Exact to the token.
  ///
  /// A repetition is the same token of the same item; copies of a text in several documents are different tokens. Beside
  /// the maps it takes 2 bytes a sample, 4 a document, and at most 10 bytes for each of `spansAtOnce` spans: documents are
  /// taken in as many parts as that asks for, and for each part the maps are read once.
  public func exposures(in range: Range<Int>, spansAtOnce: Int = 1 << 26) throws -> Exposures {
    guard range.lowerBound >= 0, positions.lowerBound == 0, range.upperBound <= positions.upperBound else {
      throw OrderFailure(.range, "sequences", "\(range) are not all in the order, which must start at 0: \(positions)")
    }
    let reads = try parts.map { part in
      guard let maps = part.maps else {
        throw OrderFailure(
          .data, part.dataset.prefix,
          "a preshuffled set does not say which documents its samples were cut from. Ask the order of the data set that it "
            + "was shuffled from: `tiresias order repeats --dataset … --preshuffled \(part.dataset.prefix)`")
      }
      return try RowReads(count: maps.rowCount)
    }
    try forEachLocation(in: 0..<range.upperBound) { position, set, row in
      try reads[set].add(row, isInRange: position >= range.lowerBound)
    }
    var exposures = Exposures()
    for (part, reads) in zip(parts, reads) {
      guard let maps = part.maps else { continue }
      var count = try ExposureCount(part.dataset, maps, reads, spansAtOnce: max(1, spansAtOnce))
      try count.run(into: &exposures)
    }
    return exposures
  }
}

/// How often each row of sample_idx is read, before the range and in it.
struct RowReads {
  private let counts: LargeBuffer<UInt16>

  init(count: Int) throws { counts = try LargeBuffer(count: count) }

  /// Up to 255 times each.
  func add(_ row: Int, isInRange: Bool) throws {
    guard row >= 0, row < counts.elements.count else {
      throw OrderFailure(.map, "shuffle_idx", "sample \(row) is not among the \(counts.elements.count) rows")
    }
    let (before, within) = self[row]
    guard (isInRange ? within : before) < 255 else {
      throw OrderFailure(.map, "shuffle_idx", "sample \(row) is read more than 255 times: these are no maps of a run")
    }
    counts.elements[row] += isInRange ? 256 : 1
  }

  subscript(row: Int) -> (before: Int, within: Int) {
    (Int(counts.elements[row] & 255), Int(counts.elements[row] >> 8))
  }

  func packed(_ row: Int) -> UInt16 { counts.elements[row] }
}
