import ArgumentParser
import Corpus
import Pipeline

extension ErrorPolicy: ExpressibleByArgument {}

struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turn a raw Pile into an idxmap, with a sidecar that keeps each document's subset and origin.",
    discussion: """
      Inputs are .jsonl and .jsonl.zst files, read in the order given, and folders of them, read in the order of their \
      names. Each line is an object with "text" (a string, or a list of strings) or a string.

      Writes PREFIX_text_document.bin and .idx as GPT-NeoX's preprocess_data.py --append-eod does, and \
      PREFIX_text_document.origin.bin and .origin.json. The same inputs give the same bytes for any number of workers. \
      A run that was interrupted goes on where it was when it is started again; one that is done returns at once.

      Example:
        tiresias tokenize data/pile/train --tokenizer assets/20B_tokenizer.json --output data/pile
      """)

  @Argument(help: "Files or folders of the raw Pile.")
  var inputs: [String]

  @Option(help: ArgumentHelp("The tokenizer, a Hugging Face tokenizer.json.", valueName: "file"))
  var tokenizer: String

  @Option(help: ArgumentHelp("What the outputs' names begin with.", valueName: "prefix"))
  var output: String

  @Option(help: "Threads that encode.")
  var workers = Workers.available

  @Flag(inversion: .prefixedNo, help: "Close each document with <|endoftext|>.")
  var appendEod = true

  @Option(
    help: ArgumentHelp(
      "Streams an input to standard output, {} being its name: 'ssh data cat {}'. Inputs are then no files of this machine.",
      valueName: "command"))
  var inputCommand: String?

  @Option(help: "What to do with a line that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Flag(help: "Where the output is there: compare its inputs by contents, not by size and time.")
  var rehash = false

  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("Bytes of output between checkpoints.", valueName: "bytes", visibility: .hidden))
  var checkpointBytes: Int?

  func validate() throws {
    guard workers > 0 else { throw ValidationError("--workers must be at least 1, not \(workers).") }
    try InputCommand.validate(inputCommand)
  }

  func run() throws {
    Interruption.watch()
    var job = TokenizeJob(inputs: inputs, tokenizer: tokenizer, prefix: output)
    job.inputCommand = inputCommand
    job.workers = workers
    job.appendEOD = appendEod
    job.onError = onError
    job.rehash = rehash
    job.progress = log.progress
    if let checkpointBytes { job.checkpointBytes = checkpointBytes }
    print(try job.run().summary)
  }
}
