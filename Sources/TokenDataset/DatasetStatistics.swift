/// What `dataset info` shows: counts and item lengths.
public struct DatasetStatistics: Sendable, Equatable {
  public let items: Int
  public let tokens: Int
  public let emptyItems: Int
  /// Item lengths in tokens; 0 where there are no items. The median is the lower one of two.
  public let shortest: Int
  public let median: Int
  public let longest: Int

  /// Reads the sizes twice or three times, front to back; memory does not grow with the data.
  public init(_ dataset: TokenDataset) throws {
    items = dataset.itemCount
    tokens = dataset.tokenCount
    var (low, high, empty) = (Int32.max, Int32.min, 0)
    try dataset.forEachSizes(in: 0..<dataset.itemCount) { _, sizes in
      for size in sizes {
        low = min(low, size)
        high = max(high, size)
        empty += size == 0 ? 1 : 0
      }
    }
    shortest = items == 0 ? 0 : Int(low)
    longest = items == 0 ? 0 : Int(high)
    emptyItems = empty
    median = items == 0 ? 0 : try Self.select(dataset, rank: (dataset.itemCount - 1) / 2)
  }

  /// The size of a given rank, from two histograms: of the upper 16 bits, then of the lower 16 within the one bin.
  private static func select(_ dataset: TokenDataset, rank: Int) throws -> Int {
    var rest = rank
    var upper = 0
    for shift in [Int32(16), 0] {
      var bins = [Int](repeating: 0, count: 1 << 16)
      try dataset.forEachSizes(in: 0..<dataset.itemCount) { _, sizes in
        for size in sizes where shift == 16 || Int(size >> 16) == upper { bins[Int(size >> shift) & 0xffff] += 1 }
      }
      var bin = 0
      while rest >= bins[bin] {
        rest -= bins[bin]
        bin += 1
      }
      upper = upper << 16 | bin
    }
    return upper
  }
}
