/// A range of steps of a run.
public struct Window: Sendable, Equatable {
  /// w0 ..< w1; step s is the one that follows checkpoint `step`s.
  public let steps: Range<Int>
  /// The share asked for, as written ("7%"); nil where steps were given.
  public let requestedShare: String?

  /// Steps as they are; they must be in the run.
  public init(steps: Range<Int>, of run: TrainingRun) throws {
    guard !steps.isEmpty, steps.lowerBound >= 0, steps.upperBound <= run.trainIterations else {
      throw OrderFailure(
        .range, "window",
        "steps \(steps) are no window of a run of \(run.trainIterations) steps, 0..<\(run.trainIterations)")
    }
    self.steps = steps
    requestedShare = nil
  }

  /// Steps as text: "133000..<143000".
  public init(steps text: String, of run: TrainingRun) throws {
    try self.init(steps: Self.parse(text), of: run)
  }

  /// The last share of a run: I − share·I, rounded to the nearest multiple of the checkpoint interval (of 1 without one),
  /// a tie to the later step. "7%" is read exactly, from its decimal text.
  public init(last share: String, of run: TrainingRun) throws {
    let start = try DecimalShare(share).start(of: run)
    guard start < run.trainIterations else {
      throw OrderFailure(
        .parameter, "window", "the last \(share) of \(run.trainIterations) steps are none, once rounded")
    }
    steps = start..<run.trainIterations
    requestedShare = share
  }

  /// Positions in shuffle_idx that the window reads: s·B ..< (s + 1)·B for each step.
  public func sequences(of run: TrainingRun) -> Range<Int> {
    steps.lowerBound * run.batchSize..<steps.upperBound * run.batchSize
  }

  /// The positions that steps of `batchSize` samples read. Throws, with the steps that can be, if `positions` do not
  /// hold them all.
  public static func sequences(steps: Range<Int>, batchSize: Int, in positions: Range<Int>) throws -> Range<Int> {
    guard batchSize > 0 else {
      throw OrderFailure(.parameter, "batch", "a batch of \(batchSize) samples is not possible")
    }
    let first = (positions.lowerBound + batchSize - 1) / batchSize
    let valid = first..<max(first, positions.upperBound / batchSize)
    guard !steps.isEmpty else {
      throw OrderFailure(.range, "steps", "\(steps) has no step: A..<B ends before B. There are steps \(valid)")
    }
    guard steps.lowerBound >= valid.lowerBound, steps.upperBound <= valid.upperBound else {
      throw OrderFailure(
        .range, "steps", "\(steps) are not all in the data: with a batch of \(batchSize) it has steps \(valid)")
    }
    return steps.lowerBound * batchSize..<steps.upperBound * batchSize
  }

  /// "A..<B" as a range.
  public static func parse(_ text: String) throws -> Range<Int> {
    let marker = Array("..<".utf8)
    let bytes = Array(text.utf8)
    for place in bytes.indices where bytes[place...].starts(with: marker) {
      let low = String(decoding: bytes[..<place], as: UTF8.self)
      let high = String(decoding: bytes[(place + marker.count)...], as: UTF8.self)
      if let low = Int(low), let high = Int(high), low <= high { return low..<high }
    }
    throw OrderFailure(
      .parameter, "", "'\(text)' is no range; write A..<B with A not above B, for example 133000..<143000")
  }
}

/// A percentage, exactly as written: numerator / denominator.
struct DecimalShare {
  private let numerator: UInt128
  private let denominator: UInt128

  init(_ text: String) throws {
    var bytes = Array(text.utf8)
    let isPercentage = bytes.popLast() == UInt8(ascii: "%")
    while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
    var digits = 0
    var value: UInt128 = 0
    var scale: UInt128 = 100
    var hasPoint = false
    for byte in bytes {
      if byte == UInt8(ascii: "."), !hasPoint, digits > 0 {
        hasPoint = true
        continue
      }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, digits < 18 else { throw Self.failure(text) }
      value = value * 10 + UInt128(byte - UInt8(ascii: "0"))
      scale *= hasPoint ? 10 : 1
      digits += 1
    }
    guard isPercentage, digits > 0, value > 0, value <= scale else { throw Self.failure(text) }
    numerator = value
    denominator = scale
  }

  func start(of run: TrainingRun) throws -> Int {
    let (steps, unit) = (UInt128(run.trainIterations), UInt128(run.checkpointEvery ?? 1))
    // floor(x / unit + 1/2) · unit for x = steps · (denominator − numerator) / denominator.
    // Below 2^52 · 2^67 · 2 each: nothing overflows.
    let twice = 2 * steps * (denominator - numerator) + unit * denominator
    return Int(twice / (2 * unit * denominator) * unit)
  }

  private static func failure(_ text: String) -> OrderFailure {
    OrderFailure(.parameter, "window", "'\(text)' is no share above 0% and up to 100%; write for example 7% or 12.5%")
  }
}
