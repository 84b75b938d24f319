import ByteIO
import Pipeline
import TokenDataset
import Tokenization
import TrainingOrder

/// The samples of a training order, with the documents that they come from.
public struct OrderViewer: SampleViewer, Sendable {
  private let order: RunOrder
  private let batchSize: Int
  private let text: TokenText
  /// The sidecars, by data set.
  private let origins: [Origin?]

  /// Reads the sidecars of data sets that have one.
  public init(_ order: RunOrder, batchSize: Int, _ tokenizer: Tokenizer) throws {
    self.order = order
    self.batchSize = batchSize
    text = TokenText(tokenizer: tokenizer)
    origins = try order.parts.map { part in
      let prefix = part.dataset.prefix
      guard FileSystem.exists(prefix + ".origin.json") else { return nil }
      let origin = try Origin(prefix: prefix)
      guard origin.count == part.dataset.itemCount else {
        throw ViewingFailure(
          prefix + ".origin.json",
          "it is of \(origin.count) items, the data set has \(part.dataset.itemCount). Tokenize the Pile again.")
      }
      return origin
    }
  }

  public func forEachSample(
    steps: Range<Int>, rows: Range<Int>? = nil, _ body: (SampleText) throws -> Void
  ) throws {
    let rows = try self.rows(rows, of: batchSize)
    _ = try Window.sequences(steps: steps, batchSize: batchSize, in: order.positions)
    for step in steps {
      for row in rows { try body(sample(step: step, row: row)) }
    }
  }

  private func sample(step: Int, row: Int) throws -> SampleText {
    var sample = SampleText(sequence: step * batchSize + row, step: step, row: row, pieces: [])
    try order.forEachSpan(ofSequence: sample.sequence) { set, span in
      let dataset = order.parts[set].dataset
      var tokens = [UInt32](repeating: 0, count: span.count)
      try tokens.withUnsafeMutableBufferPointer {
        try dataset.copyTokens(item: span.item, offset: span.offset, count: span.count, into: $0.baseAddress!)
      }
      sample.pieces.append(.document(document(set, span)))
      try text.append(tokens[...], to: &sample.pieces, of: "\(dataset.prefix), item \(span.item)")
    }
    return sample
  }

  /// The documents of a sample and the places of their tokens in it, in order and without gaps.
  func documents(ofSequence q: Int) throws -> [(document: SampleText.Document, places: Range<Int>)] {
    var found: [(document: SampleText.Document, places: Range<Int>)] = []
    try order.forEachSpan(ofSequence: q) { set, span in
      let start = found.last?.places.upperBound ?? 0
      found.append((document(set, span), start..<start + span.count))
    }
    return found
  }

  /// The subset of each document of a sample, of each once; nil for documents without one.
  func subsets(ofSequence q: Int) throws -> [String?] {
    var found: [String?] = []
    try order.forEachSpan(ofSequence: q) { set, span in
      let name = origins[set].flatMap { origin in
        origin.subset(ofItem: span.item).map { origin.record.subsets[$0] }
      }
      if !found.contains(name) { found.append(name) }
    }
    return found
  }

  /// All names of the sidecars, sorted; empty where there are none.
  var subsetNames: [String] { Set(origins.flatMap { $0?.record.subsets ?? [] }).sorted() }

  /// Data sets without a sidecar.
  var datasetsWithoutOrigin: [String] {
    zip(order.parts, origins).filter { $1 == nil }.map { FileSystem.name(of: $0.0.dataset.prefix) }
  }

  func copyTokens(ofSequence q: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    try order.copyTokens(ofSequence: q, into: target)
  }

  private func document(_ set: Int, _ span: TokenSpan) -> SampleText.Document {
    let (dataset, origin) = (order.parts[set].dataset, origins[set])
    let place = origin?.place(ofItem: span.item)
    return SampleText.Document(
      dataset: dataset.prefix, item: span.item, tokens: span.offset..<span.offset + span.count,
      size: dataset.size(of: span.item),
      subset: origin?.subset(ofItem: span.item).flatMap { origin?.record.subsets[$0] },
      place: place.flatMap { place in
        origin.map { SampleText.Place(file: $0.record.files[place.file].name, line: place.line) }
      })
  }
}
