import Intervention
import TokenDataset
import TrainingOrder

/// The base of a run as an intervention reads it.
struct BaseData: BaseTokens {
  let datasets: [TokenDataset]
  let itemsAreCut: Bool

  func size(dataset: Int, item: Int) -> Int { datasets[dataset].size(of: item) }

  func copy(dataset: Int, item: Int, offset: Int, count: Int, into tokens: UnsafeMutablePointer<UInt32>) throws {
    try datasets[dataset].copyTokens(item: item, offset: offset, count: count, into: tokens)
  }

  func withStored<Result>(
    dataset: Int, item: Int, offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) throws -> Result? {
    try datasets[dataset].withUInt16(item: item, offset: offset, count: count, body)
  }

  /// Asks the system to read a span that is soon wanted, and what its edits may look at on either side.
  func willNeed(_ span: Span) {
    let first = max(0, span.offset - Self.surroundings)
    datasets[span.dataset].willNeed(
      item: span.item, offset: first, count: span.offset + span.count + Self.surroundings - first)
  }

  /// Tokens; most edits need no more.
  private static let surroundings = 1024
}

extension RunOrder {
  /// Where the L+1 tokens of sequence q are.
  func spans(ofSequence q: Int, into spans: inout [Span]) throws {
    spans.removeAll(keepingCapacity: true)
    try forEachSpan(ofSequence: q) { dataset, span in
      spans.append(Span(dataset: dataset, item: span.item, offset: span.offset, count: span.count))
    }
  }

  /// The spans that come after sequence q in its data set's order of documents, one a call; nil at the end.
  func spans(afterSequence q: Int) throws -> () throws -> Span? {
    let (set, row) = try location(of: q)
    guard let maps = parts[set].maps else { return { nil } }
    let dataset = parts[set].dataset
    let bounds = try maps.bounds(ofRow: row)
    var (position, offset) = (bounds.last, bounds.end + 1)
    return {
      while position < maps.documents.count {
        let item = maps.documents[position]
        let size = dataset.size(of: item)
        let span = Span(dataset: set, item: item, offset: offset, count: size - offset)
        (position, offset) = (position + 1, 0)
        if span.count > 0 { return span }
      }
      return nil
    }
  }
}
