import ArgumentParser
import ByteIO
import Pipeline
import StructuredText
import TokenDataset
import Tokenization
import TrainingOrder
import Viewing

/// `tiresias batch`: the tokens of some steps, as the trainer sees them.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Shows exactly what a trainer sees in a range of steps, or writes it as a NumPy array or JSON lines.",
    discussion: """
      With one --dataset, --samples is ns, as in the names of its index maps. With several, given as PREFIX=WEIGHT, they \
      are blended as train-data-paths: --samples is then the run's train_iters * batch, and each set provides \
      ceil(samples * weight / sum of weights * 1.005). The array is [steps, batch, length + 1] of the data's own type.

      --decode prints the samples as text, with the documents that they come from (and their subsets, lines and files \
      where a sidecar knows them); --diff marks what a window changed: [-before-]{+after+}, coloured on a terminal, \
      with the rule that decided. --jsonl writes the same as one JSON object a sample.

      With --window, a finished window's manifest knows the numbers itself; steps outside the window are refused.

      Maps are built in memory, for these steps alone, unless --index-map-prefix names existing ones, once for each data set.

        tiresias batch --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 \\
          --seed 1234 --batch-size 1024 --steps 133000..<133002 --npy batches.npy

        tiresias batch --window out/manifest.json --steps 133000..<133001 --row 5 --diff
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
  @Option(help: "Only this row of each step, from 0.")
  var row: Int?
  @Option(help: "The array file to write.")
  var npy: String?
  @Option(help: "The file to write with a JSON object for each sample.")
  var jsonl: String?
  @Flag(help: "Print the samples as text.")
  var decode = false
  @Flag(help: "Print the samples of a window with its edits marked.")
  var diff = false
  @Option(help: "The tokenizer.json of the data; a window names its own.")
  var tokenizer: String?
  @Option(help: "When to colour (auto, always, never).")
  var color = TerminalStyle.Choice.auto
  @Option(help: "Path prefix of index maps to read, instead of building them.")
  var indexMapPrefix: [String] = []

  @Option(help: "Whose file names --index-map-prefix has: current, or v1.0 (until August 2024; Pythia).")
  var naming = IndexMapNaming.current

  func validate() throws {
    do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    if npy == nil && jsonl == nil && !decode && !diff {
      throw ValidationError("Say what to do with them: --decode, --diff, --jsonl FILE or --npy FILE.")
    }
    if diff && window == nil { throw ValidationError("--diff needs a --window: a data set has no edits.") }
    if row ?? 0 < 0 { throw ValidationError("--row is counted from 0.") }
    if window != nil {
      guard dataset.isEmpty, indexMapPrefix.isEmpty, samples == nil, sequenceLength == nil, seed == nil,
        batchSize == nil
      else { throw ValidationError("--window takes all numbers from its manifest: leave those of a data set out.") }
      return
    }
    if dataset.isEmpty { throw ValidationError("Give at least one --dataset, or a --window.") }
    if tokenizer == nil && (decode || jsonl != nil) { throw ValidationError("Text needs --tokenizer FILE.") }
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
      return try show(source, steps, source.manifest.run.batchSize) {
        WindowViewer(source, try source.manifest.loadTokenizer(tokenizer))
      }
    }
    let sources = try sources()
    let numbers = try numbers()
    let needed =
      sources.count == 1
      ? [numbers.samples] : try Blend.samplesNeeded(total: numbers.samples, weights: sources.map(\.weight))
    let order =
      try indexMapPrefix.isEmpty ? built(sources, needed, numbers, steps) : mapped(sources, needed, numbers)
    try show(order, steps, numbers.batchSize) {
      try OrderViewer(order, batchSize: numbers.batchSize, Tokenizer(path: tokenizer ?? ""))
    }
  }

  private func show(
    _ source: some SampleSource, _ steps: Range<Int>, _ batchSize: Int, _ viewer: () throws -> some SampleViewer
  ) throws {
    let rows = row.map { $0..<$0 + 1 }
    if let npy { try source.writeBatches(steps: steps, rows: rows, batchSize: batchSize, to: npy) }
    guard decode || diff || jsonl != nil else { return }
    let text = decode || diff ? BatchText(TerminalStyle(color), showsEdits: diff) : nil
    let file = try jsonl.map { try AtomicFile($0) }
    try viewer().forEachSample(steps: steps, rows: rows) { sample in
      try text?.print(sample)
      try file?.write(sample.json(withControl: window != nil).serialized() + [UInt8(ascii: "\n")])
    }
    try text?.finish()
    try file?.commit()
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
