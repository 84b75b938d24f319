import ArgumentParser
import ByteIO
import Pipeline
import TokenDataset
import Tokenization
import TrainingOrder

/// A training order as the command line names it: data sets with their numbers, maps that are there, or a window.
struct OrderInputs: ParsableArguments {
  @Option(help: "Data set, PREFIX or PREFIX=WEIGHT; several are blended.")
  var dataset: [String] = []
  @Argument(
    help: ArgumentHelp(
      "A finished window's manifest.json, or its folder; the same as --window.", valueName: "manifest"),
    transform: manifestPath)
  var manifest: String?
  @Option(
    name: .customLong("window"),
    help: "A finished window's manifest.json, or its folder, instead of the numbers; --dataset then names its base.",
    transform: manifestPath)
  var givenWindow: String?
  @Option(help: "Samples asked for: the ns in the index maps' names, or the run's total where data sets are blended.")
  var samples: Int?
  @Option(help: "Tokens in a sample that are trained on; it has one more.")
  var sequenceLength: Int?
  @Option(help: "The run's seed.")
  var seed: UInt32?
  @Option(help: "Samples a step, over all ranks.")
  var batchSize: Int?
  @Option(help: "Path prefix of index maps to read, instead of building them; once for each data set.")
  var indexMapPrefix: [String] = []
  @Option(help: "Whose file names --index-map-prefix has: current, or v1.0 (until August 2024; Pythia).")
  var naming = IndexMapNaming.current

  /// The window's manifest, however it was given.
  var window: String? { givenWindow ?? manifest }

  /// An order and the steps of it that are asked for.
  struct Opened {
    let order: RunOrder
    let batchSize: Int
    /// What was asked for; else the window's steps, or all whole steps of the order.
    let steps: Range<Int>
    /// The steps' positions.
    let positions: Range<Int>

    init(_ order: RunOrder, batchSize: Int, steps: Range<Int>?) throws {
      let first = (order.positions.lowerBound + batchSize - 1) / batchSize
      self.order = order
      self.batchSize = batchSize
      self.steps = steps ?? first..<max(first, order.positions.upperBound / batchSize)
      positions = try Window.sequences(steps: self.steps, batchSize: batchSize, in: order.positions)
    }
  }

  func validate() throws {
    if manifest != nil && givenWindow != nil { throw ValidationError("Give the manifest once.") }
    if dataset.isEmpty && window == nil { throw ValidationError("Give at least one --dataset, or a --window.") }
    _ = try sources()
    if window != nil {
      guard indexMapPrefix.isEmpty, samples == nil, sequenceLength == nil, seed == nil, batchSize == nil else {
        throw ValidationError("--window takes all numbers from its manifest; --dataset names its base.")
      }
      return
    }
    guard samples != nil, sequenceLength != nil, seed != nil, let batchSize else {
      throw ValidationError("--dataset needs --samples, --sequence-length, --seed and --batch-size, or a --window.")
    }
    guard batchSize > 0 else { throw ValidationError("--batch-size must be at least 1.") }
    if !indexMapPrefix.isEmpty && indexMapPrefix.count != dataset.count {
      throw ValidationError("Give --index-map-prefix once for each --dataset, or not at all.")
    }
  }

  /// Opens the order for some steps, or all; of its maps only what they need is kept. `fromStart` opens all steps before
  /// them too.
  func open(steps: Range<Int>?, fromStart: Bool = false) throws -> Opened {
    if let window { return try open(manifest: window, steps: steps, fromStart: fromStart) }
    let (sources, needed) = (try sources(), try needed())
    let opened = steps.map { fromStart ? 0..<$0.upperBound : $0 }
    let order = try indexMapPrefix.isEmpty ? built(sources, needed, opened) : mapped(sources, needed)
    return try Opened(order, batchSize: batchSize ?? 1, steps: steps)
  }

  private typealias Source = (dataset: TokenDataset, weight: Double)

  private func sources() throws -> [(prefix: String, weight: Double)] {
    try dataset.map { text in
      guard let equals = text.lastIndex(of: "="), let weight = Double(text[text.index(after: equals)...]) else {
        return (text, 1)
      }
      guard weight > 0, weight.isFinite else { throw ValidationError("The weight in '\(text)' must be above 0.") }
      return (String(text[..<equals]), weight)
    }
  }

  private func needed() throws -> [Int] {
    let (weights, samples) = (try sources().map(\.weight), samples ?? 0)
    return weights.count == 1 ? [samples] : try Blend.samplesNeeded(total: samples, weights: weights)
  }

  private func built(
    _ sources: [(prefix: String, weight: Double)], _ needed: [Int], _ steps: Range<Int>?
  ) throws -> RunOrder {
    let plans = try zip(sources, needed).map { source, samples in
      let dataset = try TokenDataset(prefix: source.prefix, access: .random)
      let plan = try IndexMapPlan(dataset, samples: samples, sequenceLength: sequenceLength ?? 0, seed: seed ?? 0)
      return (dataset: dataset, plan: plan, weight: source.weight)
    }
    let all = 0..<RunOrder.length(of: plans.map(\.plan))
    let window = try steps.map { try Window.sequences(steps: $0, batchSize: batchSize ?? 1, in: all) }
    return try RunOrder(plans, window: window)
  }

  private func mapped(_ sources: [(prefix: String, weight: Double)], _ needed: [Int]) throws -> RunOrder {
    try RunOrder(
      sources.indices.map { index in
        let names = IndexMapNames(
          prefix: indexMapPrefix[index], name: RunPart.train.name(dataset: index), samples: needed[index],
          sequenceLength: sequenceLength ?? 0, seed: seed ?? 0, naming: naming)
        let dataset = try TokenDataset(prefix: sources[index].prefix, access: .random)
        return (dataset: dataset, maps: try IndexMaps(names), weight: sources[index].weight)
      })
  }
}

extension OrderInputs {
  /// The tokenizer of the data: the one that is given, or a window's own.
  func loadTokenizer(_ given: String?) throws -> Tokenizer {
    guard let window else { return try Tokenizer(path: given ?? "") }
    return try Manifest.load(window).loadTokenizer(given)
  }

  /// The order of a window's run, from its manifest and its base; without `steps`, the window's.
  private func open(manifest path: String, steps: Range<Int>?, fromStart: Bool) throws -> Opened {
    let manifest = try Manifest.load(path)
    guard manifest.base.datasets.count == dataset.count else {
      let names = manifest.base.datasets.map(\.name).joined(separator: ", ")
      throw CommandFailure(
        "\(path): this needs the base that the window was made from: \(names). "
          + "Give its path as --dataset\(manifest.base.datasets.count == 1 ? "" : ", once for each, in this order").")
    }
    let sources = try zip(dataset, manifest.base.datasets).map { prefix, known in
      let dataset = try TokenDataset(prefix: prefix, access: .random)
      guard dataset.itemCount == known.items, dataset.tokenCount == known.tokens else {
        throw CommandFailure(
          "\(prefix): it has \(dataset.itemCount) items and \(dataset.tokenCount) tokens, the base of \(path), "
            + "\(known.name), \(known.items) and \(known.tokens)")
      }
      return (dataset: dataset, weight: known.weight)
    }
    let numbers = manifest.run
    guard let seed = UInt32(exactly: numbers.seed) else { throw CommandFailure("\(path): seed \(numbers.seed)") }
    let run = try TrainingRun(
      trainIterations: numbers.trainIterations, batchSize: numbers.batchSize, sequenceLength: numbers.sequenceLength,
      seed: seed)
    let asked = steps ?? manifest.window.firstStep..<manifest.window.endStep
    let window = try Window(steps: asked, of: run).sequences(of: run)
    let order = try order(run, manifest, sources, fromStart ? 0..<window.upperBound : window)
    return try Opened(order, batchSize: run.batchSize, steps: asked)
  }

  private func order(
    _ run: TrainingRun, _ manifest: Manifest, _ sources: [Source], _ window: Range<Int>
  ) throws -> RunOrder {
    if manifest.base.kind == .preshuffled {
      return try RunOrder(preshuffled: sources[0].dataset, sequenceLength: run.sequenceLength, window: window)
    }
    if let split = manifest.run.split {
      return try RunOrder(run: run, dataset: sources[0].dataset, split: split, window: window)
    }
    return try RunOrder(run: run, sources: sources, window: window)
  }
}
