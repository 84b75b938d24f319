import ArgumentParser
import ByteIO
import Pipeline
import TokenDataset
import TrainingOrder

/// `tiresias batch`: the tokens of some steps, as the trainer sees them.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Write exactly what a trainer sees in a range of steps, as a NumPy array [steps, batch, length + 1].",
    discussion: """
      With one --dataset, --samples is ns, as in the names of its index maps. With several, given as PREFIX=WEIGHT, they \
      are blended as train-data-paths: --samples is then the run's train_iters * batch, and each set provides \
      ceil(samples * weight / sum of weights * 1.005). The array has the data's own type.

      With --window, a finished window's manifest knows the numbers itself; steps outside the window are refused.

      Maps are built in memory, for these steps alone, unless --index-map-prefix names existing ones, once for each data set.

        tiresias batch --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 \\
          --seed 1234 --batch-size 1024 --steps 133000..<133002 --npy batches.npy
      """)

  @Option(help: "Data set, PREFIX or PREFIX=WEIGHT; several are blended.")
  var dataset: [String] = []
  @Option(help: "A finished window's manifest.json, instead of data sets and numbers.")
  var window: String?
  @Option(help: "Samples asked for: the ns in the index maps' names, or the run's total where data sets are blended.")
  var samples: Int?
  @Option(help: "Tokens in a sample that are trained on; it has one more.")
  var sequenceLength: Int?
  @Option(help: "The run's seed.")
  var seed: UInt32?
  @Option(help: "Samples a step, over all ranks.")
  var batchSize: Int?
  @Option(help: "Steps A..<B, from 0; step s follows checkpoint 'step s'.")
  var steps: String
  @Option(help: "The array file to write.")
  var npy: String
  @Option(help: "Path prefix of index maps to read, instead of building them.")
  var indexMapPrefix: [String] = []

  @Option(help: "Whose file names --index-map-prefix has: current, or v1.0 (until August 2024; Pythia).")
  var naming = IndexMapNaming.current

  func validate() throws {
    do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    if window != nil {
      guard dataset.isEmpty, indexMapPrefix.isEmpty, samples == nil, sequenceLength == nil, seed == nil,
        batchSize == nil
      else { throw ValidationError("--window takes all numbers from its manifest: give --steps and --npy only.") }
      return
    }
    if dataset.isEmpty { throw ValidationError("Give at least one --dataset, or a --window.") }
    if !indexMapPrefix.isEmpty && indexMapPrefix.count != dataset.count {
      throw ValidationError("Give --index-map-prefix once for each --dataset, or not at all.")
    }
    guard batchSize ?? 1 > 0 else { throw ValidationError("--batch-size must be at least 1.") }
    _ = try numbers()
    _ = try sources()
  }

  func run() throws {
    let steps = try Window.parse(steps)
    if let window {
      let source = try WindowSource(manifestPath: window)
      return try source.writeBatches(steps: steps, batchSize: source.manifest.run.batchSize, to: npy)
    }
    let sources = try sources()
    let numbers = try numbers()
    let needed =
      sources.count == 1
      ? [numbers.samples] : try Blend.samplesNeeded(total: numbers.samples, weights: sources.map(\.weight))
    let order =
      try indexMapPrefix.isEmpty ? built(sources, needed, numbers, steps) : mapped(sources, needed, numbers)
    try order.writeBatches(steps: steps, batchSize: numbers.batchSize, to: npy)
  }

  /// What --window would know.
  private struct Numbers {
    let samples: Int
    let sequenceLength: Int
    let seed: UInt32
    let batchSize: Int
  }

  private func numbers() throws -> Numbers {
    guard let samples, let sequenceLength, let seed, let batchSize else {
      throw ValidationError("--dataset needs --samples, --sequence-length, --seed and --batch-size.")
    }
    return Numbers(samples: samples, sequenceLength: sequenceLength, seed: seed, batchSize: batchSize)
  }

  private typealias Source = (prefix: String, weight: Double)

  /// An order built for these steps alone.
  private func built(_ sources: [Source], _ needed: [Int], _ numbers: Numbers, _ steps: Range<Int>) throws -> RunOrder {
    let plans = try zip(sources, needed).map { source, samples in
      let dataset = try TokenDataset(prefix: source.prefix, access: .random)
      let plan = try IndexMapPlan(
        dataset, samples: samples, sequenceLength: numbers.sequenceLength, seed: numbers.seed)
      return (dataset: dataset, plan: plan, weight: source.weight)
    }
    let all = 0..<RunOrder.length(of: plans.map(\.plan))
    return try RunOrder(plans, window: Window.sequences(steps: steps, batchSize: numbers.batchSize, in: all))
  }

  /// An order from index maps that are there.
  private func mapped(_ sources: [Source], _ needed: [Int], _ numbers: Numbers) throws -> RunOrder {
    try RunOrder(
      sources.indices.map { index in
        let names = IndexMapNames(
          prefix: indexMapPrefix[index], name: RunPart.train.name(dataset: index), samples: needed[index],
          sequenceLength: numbers.sequenceLength, seed: numbers.seed, naming: naming)
        let dataset = try TokenDataset(prefix: sources[index].prefix, access: .random)
        return (dataset: dataset, maps: try IndexMaps(names), weight: sources[index].weight)
      })
  }

  /// PREFIX=WEIGHT; a path may hold an "=" of its own, as long as no number follows the last one.
  private func sources() throws -> [Source] {
    try dataset.map { text in
      guard let equals = text.lastIndex(of: "="), let weight = Double(text[text.index(after: equals)...]) else {
        return (text, 1)
      }
      guard weight > 0, weight.isFinite else { throw ValidationError("The weight in '\(text)' must be above 0.") }
      return (String(text[..<equals]), weight)
    }
  }
}
