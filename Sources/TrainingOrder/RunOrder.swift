import TokenDataset

/// A whole run's training order: for each position q, which tokens of which data set the trainer reads.
public final class RunOrder: SampleSource, Sendable {
  /// A data set with its place in the run.
  public struct Part: Sendable {
    public let dataset: TokenDataset
    /// Nil for a preshuffled set, whose item q is sample q.
    public let maps: (any SampleMaps)?
  }

  public let parts: [Part]
  public let sequenceLength: Int
  public let tokenType: TokenType
  /// Positions that can be asked for: the run's length, or the window it was opened for.
  public let positions: Range<Int>
  let blend: BlendWindow?

  private init(
    _ parts: [Part], sequenceLength: Int, positions: Range<Int>, blend: BlendWindow?
  ) throws {
    tokenType = parts[0].dataset.tokenType
    for part in parts where part.dataset.tokenType != parts[0].dataset.tokenType {
      throw OrderFailure(
        .data, part.dataset.prefix,
        "its tokens are \(part.dataset.tokenType.name), the first data set's \(parts[0].dataset.tokenType.name); "
          + "data sets that are blended must agree")
    }
    self.parts = parts
    self.sequenceLength = sequenceLength
    self.positions = positions
    self.blend = blend
  }

  /// One data set, or several by weight, with maps that are there; `window` limits what can be asked for, and what is
  /// kept of a blend.
  public convenience init(
    _ parts: [(dataset: TokenDataset, maps: IndexMaps, weight: Double)], window: Range<Int>? = nil
  ) throws {
    let weights = try Blend.normalized(parts.map(\.weight))
    let sequenceLength = parts[0].maps.sequenceLength
    for part in parts where part.maps.sequenceLength != sequenceLength {
      throw OrderFailure(
        .data, part.dataset.prefix,
        "its maps are for samples of \(part.maps.sequenceLength) tokens, the first data set's of \(sequenceLength)")
    }
    let positions = try Self.clip(window, to: parts.reduce(0) { $0 + $1.maps.length })
    try self.init(
      parts.map { Part(dataset: $0.dataset, maps: $0.maps) }, sequenceLength: sequenceLength, positions: positions,
      blend: parts.count == 1 ? nil : try BlendWindow(weights: weights, range: positions))
  }

  /// A preshuffled data set: item q is sample q, L + 1 tokens long.
  public convenience init(
    preshuffled dataset: TokenDataset, sequenceLength: Int, window: Range<Int>? = nil
  ) throws {
    try self.init(
      [Part(dataset: dataset, maps: nil)], sequenceLength: sequenceLength,
      positions: Self.clip(window, to: dataset.itemCount), blend: nil)
  }

  /// A run over `train-data-paths`: each set provides what ``Blend/samplesNeeded(total:weights:)`` says. Builds the maps
  /// in memory, and of them only what `window` needs.
  public convenience init(
    run: TrainingRun, sources: [(dataset: TokenDataset, weight: Double)], window: Range<Int>? = nil
  ) throws {
    let needed = try Blend.samplesNeeded(total: run.sampleCount(.train), weights: sources.map(\.weight))
    try self.init(
      zip(sources, needed).map { source, samples in
        let plan = try IndexMapPlan(
          source.dataset, samples: samples, sequenceLength: run.sequenceLength, seed: run.seed)
        return (dataset: source.dataset, plan: plan, weight: source.weight)
      }, window: window)
  }

  /// A run over `data_path` with `split`: the training documents of one set. Builds the maps in memory, and of them only
  /// what `window` needs.
  public convenience init(
    run: TrainingRun, dataset: TokenDataset, split: String, window: Range<Int>? = nil
  ) throws {
    let documents = try Split.documents(split, itemCount: dataset.itemCount).train
    let plan = try IndexMapPlan(
      dataset, documents: documents, samples: run.sampleCount(.train), sequenceLength: run.sequenceLength,
      seed: run.seed)
    try self.init([(dataset: dataset, plan: plan, weight: 1)], window: window)
  }

  /// How many positions an order over these data sets will have.
  public static func length(of plans: [IndexMapPlan]) -> Int {
    plans.reduce(0) { $0 + max(0, $1.sampleCount - 1) }
  }

  /// Data sets whose maps are yet to be built, all for the same sequence length.
  public convenience init(
    _ plans: [(dataset: TokenDataset, plan: IndexMapPlan, weight: Double)], window: Range<Int>? = nil
  ) throws {
    let weights = try Blend.normalized(plans.map(\.weight))
    let positions = try Self.clip(window, to: Self.length(of: plans.map(\.plan)))
    let blend = plans.count == 1 ? nil : try BlendWindow(weights: weights, range: positions)
    let places = blend?.places ?? [positions]
    let parts = try zip(plans, places).map { entry, places in
      Part(dataset: entry.dataset, maps: try Self.maps(entry.plan, entry.dataset, places))
    }
    try self.init(parts, sequenceLength: plans[0].plan.sequenceLength, positions: positions, blend: blend)
  }

  /// All maps where most of them are needed, or where a blend starts over in them.
  private static func maps(
    _ plan: IndexMapPlan, _ dataset: TokenDataset, _ places: Range<Int>
  ) throws -> any SampleMaps {
    if places.count > plan.sampleCount / 3 || places.upperBound > plan.sampleCount {
      return try IndexMaps(plan, dataset)
    }
    return try WindowMaps(plan, dataset, places: places)
  }

  /// Which data set position q reads, and which row of its sample_idx (of a preshuffled set: which item).
  public func location(of q: Int) throws -> (dataset: Int, row: Int) {
    guard positions.contains(q) else {
      throw OrderFailure(.range, "sequence", "\(q) is outside the order, which has \(positions)")
    }
    let (set, sample) = blend?.location(q) ?? (0, q)
    return (set, try row(ofSample: sample, dataset: set))
  }

  /// Which row of its sample_idx a data set's sample is (of a preshuffled set: which item).
  func row(ofSample sample: Int, dataset set: Int) throws -> Int {
    guard let maps = parts[set].maps else { return sample }
    // A blend that takes more from a set than it holds starts over, as GPT-NeoX does, silently.
    if sample < maps.placeCount { return try maps.row(atPlace: sample) }
    guard maps.length > 0 else { throw OrderFailure(.data, parts[set].dataset.prefix, "it has no samples") }
    return try maps.row(atPlace: sample % maps.length)
  }

  /// Calls `body` with the data set and the spans that make up position q, in order; L + 1 tokens together.
  public func forEachSpan(ofSequence q: Int, _ body: (_ dataset: Int, TokenSpan) throws -> Void) throws {
    let (set, row) = try location(of: q)
    let part = parts[set]
    guard let maps = part.maps else {
      guard part.dataset.size(of: row) == sequenceLength + 1 else {
        throw OrderFailure(
          .data, part.dataset.prefix,
          "item \(row) has \(part.dataset.size(of: row)) tokens, not the \(sequenceLength + 1) of a preshuffled sample")
      }
      return try body(set, TokenSpan(item: row, offset: 0, count: sequenceLength + 1))
    }
    try maps.forEachSpan(ofRow: row, in: part.dataset) { try body(set, $0) }
  }

  /// Copies the L + 1 token ids of position q.
  public func copyTokens(ofSequence q: Int, into target: UnsafeMutablePointer<UInt32>) throws {
    var target = target
    try forEachSpan(ofSequence: q) { set, span in
      try parts[set].dataset.copyTokens(item: span.item, offset: span.offset, count: span.count, into: target)
      target += span.count
    }
  }

  public func copyBytes(ofSequence q: Int, into target: UnsafeMutableRawPointer) throws {
    var target = target
    try forEachSpan(ofSequence: q) { set, span in
      try parts[set].dataset.copyBytes(item: span.item, offset: span.offset, count: span.count, into: target)
      target += span.count * tokenType.byteCount
    }
  }

  private static func clip(_ window: Range<Int>?, to length: Int) throws -> Range<Int> {
    guard let window else { return 0..<length }
    guard window.lowerBound >= 0, window.upperBound <= length else {
      throw OrderFailure(.range, "window", "sequences \(window) are not all in the order, which has 0..<\(length)")
    }
    return window
  }
}
