import TokenDataset

/// Counts one data set's exposures, some documents at a time.
struct ExposureCount {
  private let dataset: TokenDataset
  private let maps: any SampleMaps
  private let documents: IndexArray
  private let reads: RowReads
  private let spansAtOnce: Int
  /// Spans of each item; afterwards where the item's next span goes.
  private let spanCounts: LargeBuffer<UInt32>
  private var present: BitSet
  private var edges: [Edge] = []

  /// Where a span starts or ends, and how many readings that adds or takes away.
  private struct Edge {
    let offset: Int
    let before: Int
    let within: Int
  }

  init(_ dataset: TokenDataset, _ maps: any SampleMaps, _ reads: RowReads, spansAtOnce: Int) throws {
    (self.dataset, self.maps, self.reads, self.spansAtOnce) = (dataset, maps, reads, spansAtOnce)
    documents = maps.documents
    spanCounts = try LargeBuffer(count: dataset.itemCount)
    present = BitSet(count: dataset.itemCount)
    for place in 0..<documents.count {
      let item = documents[place]
      guard item >= 0, item < dataset.itemCount else {
        throw OrderFailure(.map, "doc_idx", "position \(place) names item \(item) of \(dataset.itemCount)")
      }
      present.insert(item)
    }
  }

  mutating func run(into exposures: inout Exposures) throws {
    let counts = spanCounts
    try maps.forEachRow { row, bounds in
      guard reads.packed(row) != 0 else { return }
      // Reads the row as a trainer would: throws where maps and data do not fit.
      try maps.forEachSpan(ofRow: row, in: dataset) { _ in }
      forEachPredicted(bounds, in: 0..<dataset.itemCount) { item, _, _ in counts.elements[item] += 1 }
    }
    var first = 0
    while first < dataset.itemCount {
      let items = first..<endOfPart(from: first)
      try countPart(items, into: &exposures)
      first = items.upperBound
    }
  }

  /// As many items as have no more spans than are held at once, but at least one.
  private func endOfPart(from first: Int) -> Int {
    var spans = 0
    for item in first..<dataset.itemCount {
      spans += Int(spanCounts.elements[item])
      if spans > spansAtOnce && item > first { return item }
    }
    return dataset.itemCount
  }

  private mutating func countPart(_ items: Range<Int>, into exposures: inout Exposures) throws {
    let total = items.reduce(0) { $0 + Int(spanCounts.elements[$1]) }
    guard total <= UInt32.max else {
      throw OrderFailure(.data, dataset.prefix, "document \(items.lowerBound) has more spans than can be counted")
    }
    let spans = try LargeBuffer<UInt64>(count: total)
    let counts = try LargeBuffer<UInt16>(count: total)
    var next: UInt32 = 0
    for item in items {
      (spanCounts.elements[item], next) = (next, next + spanCounts.elements[item])
    }
    let cursors = spanCounts
    try maps.forEachRow { row, bounds in
      let packed = reads.packed(row)
      guard packed != 0 else { return }
      forEachPredicted(bounds, in: items) { item, start, end in
        let place = Int(cursors.elements[item])
        spans.elements[place] = UInt64(start) << 32 | UInt64(end)
        counts.elements[place] = packed
        cursors.elements[item] += 1
      }
    }
    var start = 0
    for item in items {
      let end = Int(cursors.elements[item])
      if present.contains(item) { count(spans, counts, start..<end, size: dataset.size(of: item), into: &exposures) }
      start = end
    }
  }

  /// Counts one document from its spans: between two edges all tokens have been read alike.
  private mutating func count(
    _ spans: LargeBuffer<UInt64>, _ counts: LargeBuffer<UInt16>, _ range: Range<Int>, size: Int,
    into exposures: inout Exposures
  ) {
    edges.removeAll(keepingCapacity: true)
    for place in range {
      let (before, within) = (Int(counts.elements[place] & 255), Int(counts.elements[place] >> 8))
      edges.append(Edge(offset: Int(spans.elements[place] >> 32), before: before, within: within))
      edges.append(Edge(offset: Int(spans.elements[place] & 0xffff_ffff), before: -before, within: -within))
    }
    edges.append(Edge(offset: size, before: 0, within: 0))
    edges.sort { $0.offset < $1.offset }
    var (offset, before, within) = (0, 0, 0)
    for edge in edges {
      let length = edge.offset - offset
      if length > 0 {
        Exposures.add(length, to: &exposures.byEnd, at: before + within)
        for rank in before..<before + within { Exposures.add(length, to: &exposures.inRange, at: rank) }
      }
      (offset, before, within) = (edge.offset, before + edge.before, within + edge.within)
    }
  }

  /// Calls `body` with what a sample predicts of `items`: its tokens but the first. The row must have been read before.
  @inline(__always)
  private func forEachPredicted(
    _ bounds: SampleBounds, in items: Range<Int>, _ body: (_ item: Int, _ start: Int, _ end: Int) -> Void
  ) {
    var skipped = 1
    for position in bounds.first...bounds.last {
      let item = documents[position]
      guard skipped == 1 || items.contains(item) else { continue }
      var start = position == bounds.first ? bounds.start : 0
      let end = position == bounds.last ? bounds.end + 1 : dataset.size(of: item)
      guard start < end else { continue }
      (start, skipped) = (start + skipped, 0)
      if start < end && items.contains(item) { body(item, start, end) }
    }
  }
}
