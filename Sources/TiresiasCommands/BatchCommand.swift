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

      With --window, a finished window's manifest knows the numbers itself; steps outside the window are refused. With \
      its base as --dataset it is the base's samples that are shown, at any steps.

      Maps are built in memory, for these steps alone, unless --index-map-prefix names existing ones, once for each data set.

        tiresias batch --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 \\
          --seed 1234 --batch-size 1024 --steps '133000..<133002' --npy batches.npy

        tiresias batch out/manifest.json --step 133000 --row 5 --diff
        tiresias batch out/manifest.json --goto tiresias:0123456789abcdef:133000:5 --diff
      """)

  @OptionGroup var inputs: OrderInputs
  @Option(help: "Steps A..<B, from 0; step s follows checkpoint 'step s'.")
  var steps: String?
  @Option(help: "One step: K is K..<K+1.")
  var step: Int?
  @Option(help: "Only this row of each step, from 0.")
  var row: Int?
  @Option(
    help: ArgumentHelp(
      "One sample of a window, as `tiresias view` copies it, in place of step and row.", valueName: "reference"))
  var goto: String?
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

  func validate() throws {
    guard [steps != nil, step != nil, goto != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Say which samples: --step K, --steps A..<B, or --goto.")
    }
    guard 0..<Int.max ~= step ?? 0 else { throw ValidationError("--step counts from 0.") }
    if let steps {
      do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    }
    if goto != nil { try GotoOption.validate(goto, row: row, inputs) }
    if npy == nil && jsonl == nil && !decode && !diff {
      throw ValidationError("Say what to do with them: --decode, --diff, --jsonl FILE or --npy FILE.")
    }
    if diff && (inputs.window == nil || !inputs.dataset.isEmpty) {
      throw ValidationError("--diff needs a --window, and no --dataset: a data set has no edits.")
    }
    if row ?? 0 < 0 { throw ValidationError("--row is counted from 0.") }
    if inputs.window == nil && tokenizer == nil && (decode || jsonl != nil) {
      throw ValidationError("Text needs --tokenizer FILE.")
    }
  }

  func run() throws {
    let (steps, row) = try place()
    if let window = inputs.window, inputs.dataset.isEmpty {
      let source = try WindowSource(manifestPath: window)
      return try show(source, steps, row, source.manifest.run.batchSize) {
        WindowViewer(source, try source.manifest.loadTokenizer(tokenizer))
      }
    }
    let opened = try inputs.open(steps: steps)
    try show(opened.order, steps, row, opened.batchSize) {
      try OrderViewer(opened.order, batchSize: opened.batchSize, inputs.loadTokenizer(tokenizer))
    }
  }

  /// The steps and the row that are asked for.
  private func place() throws -> (Range<Int>, row: Int?) {
    if let steps { return (try Window.parse(steps), row) }
    if let step { return (step..<step + 1, row) }
    let place = try GotoOption.place(goto, inputs)
    return (place.step..<place.step + 1, place.row)
  }

  private func show(
    _ source: some SampleSource, _ steps: Range<Int>, _ row: Int?, _ batchSize: Int,
    _ viewer: () throws -> some SampleViewer
  ) throws {
    let rows = row.map { $0..<$0 + 1 }
    if let npy {
      let path = try FileSystem.destination(of: npy)
      try source.writeBatches(steps: steps, rows: rows, batchSize: batchSize, to: path)
    }
    guard decode || diff || jsonl != nil else { return }
    let text = decode || diff ? BatchText(TerminalStyle(color), showsEdits: diff) : nil
    let file = try jsonl.map { try AtomicFile(FileSystem.destination(of: $0)) }
    try viewer().forEachSample(steps: steps, rows: rows) { sample in
      try text?.print(sample)
      try file?.write(sample.json(withControl: inputs.dataset.isEmpty).serialized() + [UInt8(ascii: "\n")])
    }
    try text?.finish()
    try file?.commit()
  }
}
