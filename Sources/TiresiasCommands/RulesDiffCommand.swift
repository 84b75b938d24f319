import ArgumentParser
import SwapRules
import Workbench

struct RulesDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows where two rule packs decide differently.",
    discussion: """
      Each word that only one of them replaces, or that they replace by different words, in its context: \
      [his→her|hers], '·' for one that leaves it alone, and what decided on either side. Edits of the two that overlap \
      are one difference, shown over all that they span: [He is→She is|They are]. Then the counts, by pairs of \
      rules; words are counted as by 'rules stats'.

      Example:
        tiresias rules diff old/pronouns-m2f.yaml rules/pronouns-m2f.yaml data/pile --sample 40
      """)

  @Argument(help: ArgumentHelp("The first pack.", valueName: "pack1"))
  var first: String

  @Argument(help: ArgumentHelp("The second pack.", valueName: "pack2"))
  var second: String

  @OptionGroup var inputs: RuleInputs
  @OptionGroup var sampling: SampleOptions
  @OptionGroup var lines: LineOptions

  func run() throws {
    let comparison = try PackComparison(RulePack.load(path: first), RulePack.load(path: second))
    let (style, concordance, output) = (TerminalStyle(lines.color), lines.concordance, StandardOutput())
    var sample = sampling.sample.map { KeyedSample<PackDifference.Case>(count: $0, seed: sampling.seed) }
    var number = 0
    try inputs.forEach(isSilent: sample == nil) { source in
      try comparison.compare(source) { makeCase, start in
        if sample != nil { return sample?.offer(number, start, makeCase) ?? () }
        try output.write((style.paint(concordance.line(makeCase())) + "\n").utf8)
      }
      number += 1
    }
    for difference in sample?.elements ?? [] {
      try output.write((style.paint(concordance.line(difference)) + "\n").utf8)
    }
    try output.write(("\n" + comparison.difference.table).utf8)
    try output.flush()
  }
}
