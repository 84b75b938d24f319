import Intervention
import StructuredText
import TrainingOrder

/// Where a window's edits are, by subset of the base and along its steps: sums that can be added up part by part.
struct ReportCounts: Equatable {
  struct Subset: Equatable {
    var tokens = 0
    var edits = 0

    static func += (sum: inout Subset, other: Subset) {
      sum.tokens += other.tokens
      sum.edits += other.edits
    }
  }

  /// By ``SubsetNumbers``; empty where no subsets are known.
  var subsets: [Subset] = []
  /// Edits by ``StepBins``.
  var bins: [Int] = []

  static func += (sum: inout ReportCounts, other: ReportCounts) {
    sum.widen(subsets: other.subsets.count, bins: other.bins.count)
    for (number, subset) in other.subsets.enumerated() { sum.subsets[number] += subset }
    for (bin, edits) in other.bins.enumerated() { sum.bins[bin] += edits }
  }

  mutating func widen(subsets subsetCount: Int, bins binCount: Int) {
    if subsets.count < subsetCount {
      subsets += Array(repeating: Subset(), count: subsetCount - subsets.count)
    }
    if bins.count < binCount { bins += Array(repeating: 0, count: binCount - bins.count) }
  }

  // MARK: As JSON, in part records

  var json: [JSONMember] {
    func numbers(_ values: [Int]) -> JSONValue { .array(values.map { .integer(Int64($0)) }) }
    return [
      JSONMember("subset_tokens", numbers(subsets.map(\.tokens))),
      JSONMember("subset_edits", numbers(subsets.map(\.edits))), JSONMember("step_edits", numbers(bins)),
    ]
  }

  init() {}

  init(_ node: JSONNode) throws {
    func numbers(_ key: String) throws -> [Int] {
      try node.member(key).elements().map { try $0.int(in: 0...Int.max) }
    }
    let (tokens, edits) = (try numbers("subset_tokens"), try numbers("subset_edits"))
    guard tokens.count == edits.count else { throw node.failure("expected tokens and edits of the same subsets") }
    subsets = zip(tokens, edits).map { Subset(tokens: $0, edits: $1) }
    bins = try numbers("step_edits")
  }
}

/// Counts where the edits of samples are.
struct ReportCounter {
  let subsets: SubsetNumbers?
  let bins: StepBins
  let batchSize: Int

  init(_ plan: WindowPlan) {
    subsets = plan.subsetNumbers
    bins = StepBins(plan.window.steps)
    batchSize = plan.run.batchSize
  }

  /// Adds a sample. Looks a subset up for each span and for each document with edits; an edit costs two additions.
  func add(_ record: SampleRecord, sequence: Int, spans: [Span], to counts: inout ReportCounts) {
    counts.widen(subsets: subsets?.count ?? 0, bins: bins.count)
    counts.bins[bins.bin(of: sequence / batchSize)] += record.edits.count
    guard let subsets else { return }
    for span in spans {
      counts.subsets[subsets.number(ofItem: span.item, dataset: span.dataset)].tokens += span.count
    }
    var (dataset, item, number) = (-1, -1, 0)
    for edit in record.edits {
      if edit.item != item || edit.dataset != dataset {
        (dataset, item) = (edit.dataset, edit.item)
        number = subsets.number(ofItem: item, dataset: dataset)
      }
      counts.subsets[number].edits += 1
    }
  }
}
