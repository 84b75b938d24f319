import ArgumentParser
import ByteIO
import Corpus
import Pipeline
import Planning

struct PlanTokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize", abstract: "Plan `tiresias tokenize`, divided by input files.",
    discussion: """
      Example:
        tiresias plan tokenize data/pile/train --tokenizer assets/20B_tokenizer.json --output data/pile --tasks 30
      """)

  @Argument(help: "Files or folders of the raw Pile.")
  var inputs: [String]

  @Option(help: ArgumentHelp("The tokenizer, a Hugging Face tokenizer.json.", valueName: "file"))
  var tokenizer: String

  @Option(help: ArgumentHelp("What the outputs' names begin with.", valueName: "prefix"))
  var output: String

  @Flag(inversion: .prefixedNo, help: "Close each document with <|endoftext|>.")
  var appendEod = true

  @Option(help: "What to do with a line that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Option(help: ArgumentHelp("As in `tiresias tokenize`.", valueName: "command"))
  var inputCommand: String?

  @OptionGroup var options: PlanOptions

  func validate() throws { try InputCommand.validate(inputCommand) }

  func run() throws {
    var job = TokenizeJob(inputs: inputs, tokenizer: tokenizer, prefix: output)
    (job.appendEOD, job.onError, job.inputCommand) = (appendEod, onError, inputCommand)
    let work = try PlannedTokenizing(job)
    let name = FileSystem.name(of: job.base)
    let plan = RunPlan(name: name, output: name, tasks: work.divided(tasks: options.tasks), work: work)
    _ = try options.write(plan, output: job.base)
  }
}
