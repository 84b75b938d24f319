import ByteIO
import TokenDataset

/// The index maps of one data set: which tokens are in which sample, and in which order samples are read.
///
/// Built in memory (4 bytes a document entry, 8 to 16 a sample, 4 a sample), or mapped from files.
public final class IndexMaps: SampleMaps {
  public let documents: IndexArray
  /// sample_idx: rows of (document position, offset), flat.
  public let samples: IndexArray
  /// shuffle_idx: the sample, a row of sample_idx, at each place of the order.
  public let shuffle: IndexArray
  public let sequenceLength: Int

  public var rowCount: Int { samples.count / 2 }
  public var placeCount: Int { shuffle.count }
  public var length: Int { max(0, min(shuffle.count, rowCount) - 1) }

  init(documents: IndexArray, samples: IndexArray, shuffle: IndexArray, sequenceLength: Int) {
    self.documents = documents
    self.samples = samples
    self.shuffle = shuffle
    self.sequenceLength = sequenceLength
  }

  /// Maps files that exist. Types and shapes are checked here, values when they are used; ``check(_:)`` reads them all.
  public convenience init(_ names: IndexMapNames) throws {
    self.init(
      documents: try IndexArray(names.documentsPath, IndexMapKind.documents.elements, columns: nil),
      samples: try IndexArray(names.samplesPath, IndexMapKind.samples.elements, columns: 2),
      shuffle: try IndexArray(names.shufflePath, IndexMapKind.shuffle.elements, columns: nil),
      sequenceLength: names.sequenceLength)
  }

  /// Builds in memory. 134 million documents, two epochs: less than 30 s and 3.6 GB.
  public convenience init(_ plan: IndexMapPlan, _ dataset: TokenDataset, naming: IndexMapNaming = .current) throws {
    let builder = IndexMapBuilder(plan, dataset)
    let documents = try builder.documentOrder()
    let samples =
      switch plan.sampleElement(naming) {
      case .int64: IndexArray(try Self.rows(Int64.self, builder, documents))
      default: IndexArray(try Self.rows(Int32.self, builder, documents))
      }
    self.init(
      documents: IndexArray(documents), samples: samples, shuffle: try builder.shuffledSamples(),
      sequenceLength: plan.sequenceLength)
  }

  /// Builds into the three files of `names`, with no array but one in memory at a time and the sizes (1.7 GB for
  /// 134 million documents, two epochs). The files get their names together at the end.
  public static func write(_ plan: IndexMapPlan, _ dataset: TokenDataset, to names: IndexMapNames) throws {
    try FileSystem.makeParent(of: names.shufflePath)
    let builder = IndexMapBuilder(plan, dataset)
    let (documents, samples) = try writeDocumentsAndSamples(builder, names)
    let order = try builder.shuffledSamples()
    let shuffle = try NPYWriter(names.shufflePath, order.element, shape: [order.count])
    try shuffle.write(order.bytes)
    for file in [documents, samples, shuffle] { try file.commit() }
  }

  public func row(atPlace place: Int) throws -> Int {
    guard place >= 0, place < shuffle.count else {
      throw OrderFailure(.map, "shuffle_idx", "place \(place) is not among its \(shuffle.count)")
    }
    return shuffle[place]
  }

  public func bounds(ofRow row: Int) throws -> SampleBounds {
    guard row >= 0, row < rowCount - 1 else {
      throw OrderFailure(.map, "sample_idx", "sample \(row) is not among its \(rowCount) rows")
    }
    return SampleBounds(
      first: samples[2 * row], start: samples[2 * row + 1], last: samples[2 * row + 2], end: samples[2 * row + 3])
  }

  public func forEachRow(_ body: (_ row: Int, SampleBounds) throws -> Void) throws {
    for row in 0..<max(0, rowCount - 1) { try body(row, bounds(ofRow: row)) }
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

  private static func writeDocumentsAndSamples(
    _ builder: IndexMapBuilder, _ names: IndexMapNames
  ) throws -> (NPYWriter, NPYWriter) {
    let plan = builder.plan
    let order = try builder.documentOrder()
    let documents = try NPYWriter(names.documentsPath, .int32, shape: [plan.documentEntryCount])
    try documents.write(UnsafeRawBufferPointer(order.elements))
    let element = plan.sampleElement(names.naming)
    let samples = try NPYWriter(names.samplesPath, element, shape: [plan.sampleCount + 1, 2])
    switch element {
    case .int64: try builder.forEachRows(Int64.self, order) { try samples.write(UnsafeRawBufferPointer($0)) }
    default: try builder.forEachRows(Int32.self, order) { try samples.write(UnsafeRawBufferPointer($0)) }
    }
    return (documents, samples)
  }

  private static func rows<Element: FixedWidthInteger & Sendable>(
    _: Element.Type, _ builder: IndexMapBuilder, _ order: LargeBuffer<Int32>
  ) throws -> LargeBuffer<Element> {
    let buffer = try LargeBuffer<Element>(count: 2 * (builder.plan.sampleCount + 1))
    var filled = 0
    try builder.forEachRows(Element.self, order) { rows in
      _ = UnsafeMutableBufferPointer(rebasing: buffer.elements[filled..<filled + rows.count]).update(from: rows)
      filled += rows.count
    }
    return buffer
  }
}

extension IndexMapBuilder {
  /// shuffle_idx: draws what ``documentOrder()`` has left of the generator's numbers.
  func shuffledSamples() throws -> IndexArray {
    if plan.shuffleElement == .int64 {
      let order = try sampleOrder(Int64.self)
      shuffle(order)
      return IndexArray(order)
    }
    let order = try sampleOrder(UInt32.self)
    shuffle(order)
    return IndexArray(order)
  }
}
