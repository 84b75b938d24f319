import TokenDataset

/// The part of the index maps that a window needs: doc_idx, the window's places of shuffle_idx, and the rows of
/// sample_idx that these name.
///
/// Built from scratch in the time of the whole. For the last 7 % of a Pile it holds 1.3 GB where all maps are 3.5 GB, and
/// takes 1.9 GB while it is built.
public final class WindowMaps: SampleMaps {
  public let documents: IndexArray
  public let sequenceLength: Int
  public let placeCount: Int
  public var length: Int { placeCount - 1 }
  /// The places of shuffle_idx that can be asked for.
  public let places: Range<Int>
  private let rows: LargeBuffer<Int64>
  private let samples: KeptRows

  /// Throws if the plan has fewer places.
  public init(_ plan: IndexMapPlan, _ dataset: TokenDataset, places: Range<Int>) throws {
    guard places.lowerBound >= 0, places.upperBound <= plan.sampleCount else {
      throw OrderFailure(.range, dataset.prefix, "places \(places) are not all among its \(plan.sampleCount) samples")
    }
    let builder = IndexMapBuilder(plan, dataset)
    let order = try builder.documentOrder()
    rows = try LargeBuffer<Int64>(count: places.count)
    try Self.copy(builder.shuffledSamples(), places, to: rows)
    let samples = try KeptRows(rows, of: plan.sampleCount + 1)
    try builder.forEachRows(Int64.self, order) { samples.append($0) }
    self.samples = samples
    documents = IndexArray(order)
    sequenceLength = plan.sequenceLength
    placeCount = plan.sampleCount
    self.places = places
  }

  public func row(atPlace place: Int) throws -> Int {
    guard places.contains(place) else {
      throw OrderFailure(.range, "shuffle_idx", "place \(place) is outside the window's \(places)")
    }
    return Int(rows.elements[place - places.lowerBound])
  }

  public func bounds(ofRow row: Int) throws -> SampleBounds {
    guard let bounds = samples.bounds(row) else {
      throw OrderFailure(.range, "sample_idx", "sample \(row) is not read in this window")
    }
    return bounds
  }

  public var rowCount: Int { samples.rowCount }

  public func forEachRow(_ body: (_ row: Int, SampleBounds) throws -> Void) throws {
    for row in 0..<samples.rowCount {
      if let bounds = samples.bounds(row) { try body(row, bounds) }
    }
  }

  private static func copy(_ shuffle: IndexArray, _ places: Range<Int>, to rows: LargeBuffer<Int64>) {
    for place in places { rows.elements[place - places.lowerBound] = Int64(shuffle[place]) }
  }
}

/// Some rows of sample_idx: a bit for each row says whether it is kept, a count at each 64th where.
private final class KeptRows: @unchecked Sendable {  // filled by one thread, then read only
  private let bits: LargeBuffer<UInt64>
  private let ranks: LargeBuffer<UInt32>
  private let values: LargeBuffer<Int32>
  private var filled = 0
  private var nextRow = 0
  /// Rows seen so far, kept or not.
  var rowCount: Int { nextRow }

  /// Keeps each row of `rows` and its successor.
  init(_ rows: LargeBuffer<Int64>, of rowCount: Int) throws {
    bits = try LargeBuffer(count: rowCount / 64 + 1)
    ranks = try LargeBuffer(count: rowCount / 64 + 2)
    for row in rows.elements {
      for kept in [Int(row), Int(row) + 1] { bits.elements[kept >> 6] |= 1 << UInt64(kept & 63) }
    }
    var kept = 0
    for word in bits.elements.indices {
      ranks.elements[word] = UInt32(truncatingIfNeeded: kept)
      kept += bits.elements[word].nonzeroBitCount
    }
    values = try LargeBuffer(count: 2 * kept)
  }

  /// Takes the next rows of sample_idx.
  func append(_ rows: UnsafeBufferPointer<Int64>) {
    for index in stride(from: 0, to: rows.count, by: 2) {
      if isKept(nextRow) {
        values.elements[filled] = Int32(truncatingIfNeeded: rows[index])
        values.elements[filled + 1] = Int32(truncatingIfNeeded: rows[index + 1])
        filled += 2
      }
      nextRow += 1
    }
  }

  func bounds(_ row: Int) -> SampleBounds? {
    guard row >= 0, row + 1 < nextRow, isKept(row), isKept(row + 1) else { return nil }
    let below = bits.elements[row >> 6] & (1 << UInt64(row & 63) - 1)
    let place = 2 * (Int(ranks.elements[row >> 6]) + below.nonzeroBitCount)
    return SampleBounds(
      first: Int(values.elements[place]), start: Int(values.elements[place + 1]),
      last: Int(values.elements[place + 2]), end: Int(values.elements[place + 3]))
  }

  @inline(__always)
  private func isKept(_ row: Int) -> Bool { bits.elements[row >> 6] >> UInt64(row & 63) & 1 == 1 }
}
