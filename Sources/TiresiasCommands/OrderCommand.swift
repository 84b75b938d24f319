import ArgumentParser
import TokenDataset
import TrainingOrder

/// `tiresias order`: the training order that GPT-NeoX would build.
struct OrderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Builds GPT-NeoX's training order: which documents are in which sample at which step.",
    subcommands: [OrderBuildCommand.self, OrderReplayCommand.self])
}

struct OrderBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Writes the three index maps of a data set, byte for byte as GPT-NeoX would.",
    discussion: """
      Prints the paths of the files. For a run over train-data-paths, --samples is ceil(train_iters * batch * 1.005): \
      147164160 for Pythia.

        tiresias order build --dataset pile_0.87_deduped_text_document --output maps/pile \\
          --samples 147164160 --sequence-length 2048 --seed 1234 --naming v1.0
      """)

  @Option(help: "Data set: the path of its .bin or shards and .idx, without the ending.")
  var dataset: String
  @Option(help: "Path prefix of the files to write; GPT-NeoX looks beside the data set, under its prefix.")
  var output: String
  @OptionGroup var order: OrderOptions
  @Option(help: "The part's name: train_0, valid_0, test_0, or train, valid, test for data with a split.")
  var name = "train_0"
  @Option(help: "Only these documents, A..<B (a part of a split).")
  var documents: String?

  func run() throws {
    let dataset = try TokenDataset(prefix: dataset)
    let plan = try IndexMapPlan(
      dataset, documents: try documents.map(Window.parse), samples: order.samples,
      sequenceLength: order.sequenceLength, seed: order.seed)
    let names = order.names(prefix: output, name: name, samples: order.samples)
    try IndexMaps.write(plan, dataset, to: names)
    for path in names.all { print(path) }
  }
}

/// What decides an order, beside the data.
struct OrderOptions: ParsableArguments {
  @Option(help: "Samples asked for (ns, as in the file names).")
  var samples: Int
  @Option(help: "Tokens of a sample, without the last one's successor.")
  var sequenceLength: Int
  @Option(help: "Seed of the order.")
  var seed: UInt32
  @Option(help: "Whose file names: current, or v1.0 (until August 2024; Pythia).")
  var naming = IndexMapNaming.current

  func names(prefix: String, name: String, samples: Int) -> IndexMapNames {
    IndexMapNames(
      prefix: prefix, name: name, samples: samples, sequenceLength: sequenceLength, seed: seed, naming: naming)
  }
}

extension IndexMapNaming: ExpressibleByArgument {}
