import ArgumentParser
import ByteIO
import TokenDataset
import TrainingOrder

/// `tiresias batch`: the tokens of some steps, as the trainer sees them.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Writes exactly what a trainer sees in a range of steps, as a NumPy array [steps, batch, length + 1].",
    discussion: """
      With one --dataset, --samples is ns, as in the names of its index maps. With several, given as PREFIX=WEIGHT, they \
      are blended as train-data-paths: --samples is then the run's train_iters * batch, and each set provides \
      ceil(samples * weight / sum of weights * 1.005). The array has the data's own type.

      Maps are built in memory, for these steps alone, unless --index-map-prefix names existing ones, once for each data set.

        tiresias batch --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 \\
          --seed 1234 --batch-size 1024 --steps 133000..<133002 --npy batches.npy
      """)

  @Option(help: "Data set, PREFIX or PREFIX=WEIGHT; several are blended.")
  var dataset: [String]
  @OptionGroup var order: OrderOptions
  @Option(help: "Samples a step, over all ranks.")
  var batchSize: Int
  @Option(help: "Steps A..<B, from 0; step s follows checkpoint 'step s'.")
  var steps: String
  @Option(help: "The array file to write.")
  var npy: String
  @Option(help: "Path prefix of index maps to read, instead of building them.")
  var indexMapPrefix: [String] = []

  func validate() throws {
    if dataset.isEmpty { throw ValidationError("Give at least one --dataset.") }
    if !indexMapPrefix.isEmpty && indexMapPrefix.count != dataset.count {
      throw ValidationError("Give --index-map-prefix once for each --dataset, or not at all.")
    }
    if batchSize < 1 { throw ValidationError("--batch-size must be at least 1.") }
    do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    _ = try sources()
  }

  func run() throws {
    let steps = try Window.parse(steps)
    let sources = try sources()
    let needed =
      sources.count == 1
      ? [order.samples] : try Blend.samplesNeeded(total: order.samples, weights: sources.map(\.weight))
    let runOrder = try indexMapPrefix.isEmpty ? built(sources, needed, steps) : mapped(sources, needed)
    try runOrder.writeBatches(steps: steps, batchSize: batchSize, to: npy)
  }

  private typealias Source = (prefix: String, weight: Double)

  /// An order built for these steps alone.
  private func built(_ sources: [Source], _ needed: [Int], _ steps: Range<Int>) throws -> RunOrder {
    let plans = try zip(sources, needed).map { source, samples in
      let dataset = try TokenDataset(prefix: source.prefix, access: .random)
      let plan = try IndexMapPlan(
        dataset, samples: samples, sequenceLength: order.sequenceLength, seed: order.seed)
      return (dataset: dataset, plan: plan, weight: source.weight)
    }
    let all = 0..<RunOrder.length(of: plans.map(\.plan))
    return try RunOrder(plans, window: Window.sequences(steps: steps, batchSize: batchSize, in: all))
  }

  /// An order from index maps that are there.
  private func mapped(_ sources: [Source], _ needed: [Int]) throws -> RunOrder {
    try RunOrder(
      sources.indices.map { index in
        let names = order.names(
          prefix: indexMapPrefix[index], name: RunPart.train.name(dataset: index), samples: needed[index])
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
