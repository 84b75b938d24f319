import ArgumentParser
import ByteIO
import StructuredText
import SwapRules
import Tokenization
import Workbench

struct RulesStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Counts what a rule pack does to text.",
    discussion: """
      Edits by rule, branch and subset, uncertain choices, words left alone by reason, branches that would have decided \
      otherwise had they come first, and, with a tokenizer, the share of edits that 'length: aligned' leaves out because \
      they change the number of tokens, by the code that a run uses. Words are what stands between ASCII spaces and \
      marks: "he's" is two, and 'he—she', where the dash is beyond ASCII, is one.

      Example:
        tiresias rules stats rules/pronouns-m2f.yaml data/pile --format tsv > stats.tsv
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case table, json, tsv }

  @Argument(help: ArgumentHelp("The pack.", valueName: "pack"))
  var pack: String

  @OptionGroup var inputs: RuleInputs

  @Option(
    help: ArgumentHelp(
      "The tokenizer.json for the share left out (default: \(Self.defaultTokenizer), where it is there).",
      valueName: "file"))
  var tokenizer: String?

  @Option(help: "What goes out: table, json or tsv.")
  var format = Format.table

  private static let defaultTokenizer = "assets/20B_tokenizer.json"

  func run() throws {
    let path = tokenizer ?? (FileSystem.exists(Self.defaultTokenizer) ? Self.defaultTokenizer : nil)
    if path == nil, !inputs.quiet {
      StandardError.say("no tokenizer: what 'length: aligned' leaves out is not counted (see --tokenizer)")
    }
    let counter = try RuleCounter(RulePack.load(path: pack), tokenizer: path.map { try Tokenizer(path: $0) })
    try inputs.forEach(counter.add)
    let output = StandardOutput()
    switch format {
    case .table: try output.write(counter.statistics.table.utf8)
    case .tsv: try output.write(counter.statistics.tsv.utf8)
    case .json: try output.write(counter.statistics.json.serialized(.pretty) + [0x0A])
    }
    try output.flush()
  }
}
