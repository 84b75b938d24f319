import Pipeline
import TokenDataset
import Tokenization
import TrainingOrder

/// How often terms stand in what the arms of a run read, bin by bin of its steps.
public struct TermStatistics: Sendable {
  public let terms: [Term]
  public let arms: [String]
  /// Names by number; empty where nothing is known of subsets.
  public let subsets: [String]
  /// The bins' steps, in order and without gaps.
  public let bins: [Range<Int>]
  /// By bin, then by arm.
  public let counts: [[TermCounts]]
  public let isCaseSensitive: Bool
  public let notes: [String]

  /// All steps of the bins together, for one arm.
  public func total(arm: Int) -> TermCounts {
    let zero = TermCounts(subsetCount: max(1, subsets.count), termCount: terms.count)
    return counts.reduce(into: zero) { $0 += $1[arm] }
  }
}

/// Counts. The same for any number of workers.
public struct TermJob {
  /// Steps of a bin; nil: all in one. Bins begin at its multiples.
  public var every: Int?
  public var workers = Workers.available
  public var progress = Progress.Style.automatic
  private let reading: Reading
  private let plan: TermPlan
  private let list: TermList

  public init(_ list: TermList, _ reading: Reading, _ tokenizer: Tokenizer) {
    (self.list, self.reading) = (list, reading)
    plan = TermPlan(list, tokenizer)
  }

  /// Reads every sample of the steps once for each arm that has its own.
  public func run(steps: Range<Int>) throws -> TermStatistics {
    let valid = reading.steps
    guard !steps.isEmpty, steps.lowerBound >= valid.lowerBound, steps.upperBound <= valid.upperBound else {
      throw OrderFailure(.range, "steps", "\(steps) are not all in the data, which has steps \(valid)")
    }
    let bins = Self.bins(steps, every: every)
    let size = max(1, reading.subsets.count)
    let zero = TermCounts(subsetCount: size, termCount: list.terms.count)
    var counts = [[TermCounts]](repeating: [TermCounts](repeating: zero, count: reading.arms.count), count: bins.count)
    let stepSize = reading.batchSize * reading.sequenceLength * reading.tokenType.byteCount * reading.arms.count
    let progress = Progress("stats", total: steps.count, unit: .items("steps"), style: progress)
    let (reading, plan) = (reading, plan)
    try Conveyor.run(
      workers: workers, budget: 4 * max(1, workers), weight: { _ in 1 },
      makeProducer: {
        var units = Self.units(bins, batchSize: reading.batchSize)
        return { units.next() }
      },
      makeWorker: {
        let worker = try TermWorker(reading, plan, zero)
        return { try worker.count($0) }
      },
      consume: { (done: TermWorker.Done) in
        for arm in done.counts.indices { counts[done.unit.bin][arm] += done.counts[arm] }
        progress.advance(done.unit.finishedSteps, bytes: done.unit.finishedSteps * stepSize)
      })
    progress.finish()
    return TermStatistics(
      terms: list.terms, arms: reading.arms.map(\.name), subsets: reading.subsets, bins: bins, counts: counts,
      isCaseSensitive: list.isCaseSensitive, notes: reading.notes)
  }

  static func bins(_ steps: Range<Int>, every: Int?) -> [Range<Int>] {
    guard let every, every > 0 else { return [steps] }
    var (bins, start): ([Range<Int>], Int) = ([], steps.lowerBound)
    while start < steps.upperBound {
      let (next, overflow) = (start / every + 1).multipliedReportingOverflow(by: every)
      let end = overflow ? steps.upperBound : min(next, steps.upperBound)
      bins.append(start..<end)
      start = end
    }
    return bins
  }

  /// Samples at once: enough to be worth a hand-over, few enough that the last ones keep no worker waiting.
  private static let unit = 256

  /// The bins in units, in order.
  private static func units(_ bins: [Range<Int>], batchSize: Int) -> some IteratorProtocol<TermWorker.Unit> {
    bins.indices.lazy.flatMap { bin -> [TermWorker.Unit] in
      let sequences = bins[bin].lowerBound * batchSize..<bins[bin].upperBound * batchSize
      return stride(from: sequences.lowerBound, to: sequences.upperBound, by: unit).map { first in
        let end = min(first + unit, sequences.upperBound)
        return TermWorker.Unit(
          bin: bin, sequences: first..<end, finishedSteps: end / batchSize - first / batchSize)
      }
    }.makeIterator()
  }
}

/// Counts units. One per worker.
final class TermWorker {
  struct Unit: Sendable {
    let bin: Int
    let sequences: Range<Int>
    /// Steps whose last sample is in it.
    let finishedSteps: Int
  }

  struct Done: Sendable {
    let unit: Unit
    /// By arm.
    var counts: [TermCounts]
  }

  private let reading: Reading
  private let plan: TermPlan
  private let counter: SampleCounter
  private let zero: TermCounts
  private var base: [UInt32]
  private var tokens: [UInt32]

  init(_ reading: Reading, _ plan: TermPlan, _ zero: TermCounts) throws {
    (self.reading, self.plan, self.zero) = (reading, plan, zero)
    counter = try SampleCounter(plan)
    tokens = [UInt32](repeating: 0, count: reading.sequenceLength + 1)
    base = tokens
  }

  func count(_ unit: Unit) throws -> Done {
    var done = Done(unit: unit, counts: [TermCounts](repeating: zero, count: reading.arms.count))
    for q in unit.sequences {
      let spans = try reading.subsets(ofSequence: q)
      if reading.arms.indices.dropFirst().allSatisfy({ reading.isShared(q, 0, $0) }) {
        var counts = zero
        try count(q, arm: 0, spans, &counts)
        for arm in reading.arms.indices { done.counts[arm] += counts }
      } else {
        for arm in reading.arms.indices { try count(q, arm: arm, spans, &done.counts[arm]) }
      }
    }
    return done
  }

  private func count(_ q: Int, arm: Int, _ spans: [SubsetSpan], _ counts: inout TermCounts) throws {
    try tokens.withUnsafeMutableBufferPointer {
      try reading.copyTokens(ofSequence: q, arm: arm, into: $0.baseAddress!)
    }
    let spans = try moved(spans, q, arm: arm)
    do {
      try tokens.withUnsafeBufferPointer { try counter.add($0, spans, to: &counts) }
    } catch let unknown as SampleCounter.UnknownToken {
      throw TermFailure(
        "sequence \(q), token \(unknown.index)",
        "its id \(unknown.id) is not in the tokenizer: is it the data's own?")
    }
  }

  /// The parts of the base's sample as they lie in an arm's.
  private func moved(_ spans: [SubsetSpan], _ q: Int, arm index: Int) throws -> [SubsetSpan] {
    let arm = reading.arms[index]
    guard let window = arm.window, !arm.isAligned, !reading.subsets.isEmpty, window.positions.contains(q) else {
      return spans
    }
    guard arm.keepsEnds else { return [SubsetSpan(tokens: 0..<tokens.count, subset: 0)] }
    try base.withUnsafeMutableBufferPointer { try reading.order?.copyTokens(ofSequence: q, into: $0.baseAddress!) }
    let ranges = base.withUnsafeBufferPointer { base in
      tokens.withUnsafeBufferPointer { tokens in
        MovedParts.ranges(of: spans.map(\.tokens), from: base, to: tokens) { plan.marks[$0].contains(.special) }
      }
    }
    var moved = zip(ranges, spans).map { SubsetSpan(tokens: $0, subset: $1.subset) }
    let end = ranges.last?.upperBound ?? 0
    if end < tokens.count { moved.append(SubsetSpan(tokens: end..<tokens.count, subset: 0)) }
    return moved
  }
}
