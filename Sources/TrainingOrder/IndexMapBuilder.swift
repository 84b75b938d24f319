import TokenDataset

/// Makes the three arrays of one data set, in GPT-NeoX's way: one generator shuffles the documents of all epochs
/// together, samples are cut from them in that order, and the same generator shuffles the samples.
struct IndexMapBuilder {
  let plan: IndexMapPlan
  let dataset: TokenDataset
  private let random: NumPyRandom

  init(_ plan: IndexMapPlan, _ dataset: TokenDataset) {
    self.plan = plan
    self.dataset = dataset
    random = NumPyRandom(seed: plan.seed)
  }

  /// doc_idx. Draws from the generator: comes before ``shuffle(_:)``, once.
  func documentOrder() throws -> LargeBuffer<Int32> {
    let order = try LargeBuffer<Int32>(count: plan.documentEntryCount)
    var entry = 0
    for _ in 0..<plan.epochs {
      for document in plan.documents {
        order.elements[entry] = Int32(truncatingIfNeeded: document)
        entry &+= 1
      }
    }
    random.shuffle(order.elements)
    return order
  }

  /// shuffle_idx of a type that holds S.
  func sampleOrder<Element: FixedWidthInteger>(_: Element.Type) throws -> LargeBuffer<Element> {
    let order = try LargeBuffer<Element>(count: plan.sampleCount)
    for sample in 0..<plan.sampleCount { order.elements[sample] = Element(truncatingIfNeeded: sample) }
    return order
  }

  func shuffle(_ order: LargeBuffer<UInt32>) { random.shuffle(order.elements) }
  func shuffle(_ order: LargeBuffer<Int64>) { random.shuffle(order.elements) }

  /// sample_idx, S + 1 rows of (document position, offset), handed to `body` in runs. Row j is where sample j starts,
  /// which is the last token of sample j − 1.
  func forEachRows<Element: FixedWidthInteger>(
    _: Element.Type, _ order: LargeBuffer<Int32>, _ body: (UnsafeBufferPointer<Element>) throws -> Void
  ) throws {
    let sizes = try documentSizes()
    let rows = UnsafeMutableBufferPointer<Element>.allocate(capacity: 2 * Self.run)
    defer { rows.deallocate() }
    var cutter = SampleCutter(rows: rows, sequenceLength: plan.sequenceLength, rowCount: plan.sampleCount + 1)
    try cutter.cut(order.elements, sizes: sizes.elements, firstDocument: plan.documents.lowerBound, body)
  }

  private static var run: Int { 1 << 14 }

  /// The documents' sizes in huge pages: they are looked up in random order.
  private func documentSizes() throws -> LargeBuffer<Int32> {
    let buffer = try LargeBuffer<Int32>(count: plan.documents.count)
    try dataset.forEachSizes(in: plan.documents) { first, sizes in
      let start = first - plan.documents.lowerBound
      _ = UnsafeMutableBufferPointer(rebasing: buffer.elements[start..<start + sizes.count]).update(from: sizes)
    }
    return buffer
  }
}

/// Cuts the shuffled documents into samples of L + 1 tokens, neighbours sharing one.
private struct SampleCutter<Element: FixedWidthInteger> {
  let rows: UnsafeMutableBufferPointer<Element>
  let sequenceLength: Int
  /// Rows still to come.
  var rowCount: Int
  private var filled = 0

  init(rows: UnsafeMutableBufferPointer<Element>, sequenceLength: Int, rowCount: Int) {
    self.rows = rows
    self.sequenceLength = sequenceLength
    self.rowCount = rowCount
  }

  mutating func cut(
    _ order: UnsafeMutableBufferPointer<Int32>, sizes: UnsafeMutableBufferPointer<Int32>, firstDocument: Int,
    _ body: (UnsafeBufferPointer<Element>) throws -> Void
  ) throws {
    try emit(0, 0, body)
    // Sizes of a batch are fetched first: many misses wait together instead of one after the other.
    let batch = UnsafeMutableBufferPointer<Int32>.allocate(capacity: 1024)
    defer { batch.deallocate() }
    var remaining = sequenceLength + 1
    var first = 0
    while first < order.count && rowCount > 0 {
      let count = min(batch.count, order.count - first)
      for index in 0..<count { batch[index] = sizes[Int(order[first &+ index]) &- firstDocument] }
      for index in 0..<count {
        let size = Int(batch[index])
        var left = size
        while left >= remaining && rowCount > 0 {
          // The sample's last token is the next one's first.
          left -= remaining - 1
          remaining = sequenceLength + 1
          try emit(first + index, size - left, body)
        }
        remaining -= left
      }
      first += count
    }
    try flush(body)
  }

  @inline(__always)
  private mutating func emit(
    _ position: Int, _ offset: Int, _ body: (UnsafeBufferPointer<Element>) throws -> Void
  ) throws {
    rows[filled] = Element(truncatingIfNeeded: position)
    rows[filled &+ 1] = Element(truncatingIfNeeded: offset)
    filled &+= 2
    rowCount &-= 1
    if filled == rows.count { try flush(body) }
  }

  private mutating func flush(_ body: (UnsafeBufferPointer<Element>) throws -> Void) throws {
    try body(UnsafeBufferPointer(rebasing: rows[..<filled]))
    filled = 0
  }
}
