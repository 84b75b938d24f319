import ArgumentParser
import SwapRules

struct RulesExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why each word of a text is replaced, or is not.",
    discussion: """
      For each word that the pack knows: the words seen around it with their kinds and classes, what would have left it \
      alone, and the branches in their order: which one held, and of those before it the parts that did not.

      Example:
        tiresias rules explain rules/pronouns-m2f.yaml "A friend of his who left."
        tiresias rules explain rules/pronouns-m2f.yaml < text.txt
      """)

  @Argument(help: ArgumentHelp("The pack.", valueName: "pack"))
  var pack: String

  @Argument(help: ArgumentHelp("The text; standard input without it.", valueName: "text"))
  var text: String?

  @Option(help: "Colours: auto, always or never. 'auto' colours a terminal unless NO_COLOR is set.")
  var color = TerminalStyle.Choice.auto

  func run() throws {
    let matcher = try Matcher(RulePack.load(path: pack))
    let input = try text.map { ArgumentBytes.of($0) } ?? StandardInput().readAll()
    let (output, report) = (StandardOutput(), RulesExplainReport(style: TerminalStyle(color)))
    try input.withUnsafeBufferPointer { bytes in
      let segment = SegmentText(bytes)
      var candidates: [Candidate] = []
      matcher.candidates(in: segment, into: &candidates)
      if candidates.isEmpty { try output.write("nothing in this text is a word of \(matcher.pack.name)\n".utf8) }
      for (index, candidate) in candidates.enumerated() {
        let text = report.text(of: matcher.explanation(of: candidate, in: segment))
        try output.write(((index > 0 ? "\n" : "") + text).utf8)
      }
    }
    try output.flush()
  }
}
