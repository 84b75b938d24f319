import ArgumentParser
import SwapRules

struct RulesApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Swaps in the text on standard input.",
    discussion: """
      The whole input is one segment, and is decided as a run decides a segment. With --edits one JSON object a line goes
      out instead of text: start and end in bytes of the input, from, to, rule, branch. With --all words that are left alone
      are listed too, with the reason under 'kept' in place of 'to'.

      Example:
        echo 'He lost his keys.' | tiresias rules apply rules/pronouns-m2f.yaml
      """)

  @Argument(help: ArgumentHelp("The pack to apply.", valueName: "pack"))
  var pack: String

  @Flag(help: "List the edits instead of writing the text.")
  var edits = false

  @Flag(help: "With --edits, also list the words that are left alone.")
  var all = false

  func validate() throws {
    if all && !edits { throw ValidationError("--all lists words: add --edits.") }
  }

  func run() throws {
    let pack = try RulePack.load(path: pack)
    let matcher = try Matcher(pack)
    let input = try StandardInput().readAll()
    let output = StandardOutput()
    var candidates: [Candidate] = []
    try input.withUnsafeBufferPointer { bytes in
      let segment = SegmentText(bytes)
      matcher.candidates(in: segment, into: &candidates)
      guard edits else { return try output.write(pack.applying(candidates, to: segment)) }
      for candidate in candidates where all || candidate.isReplaced {
        try output.write(RulesEditLine.bytes(of: candidate, in: segment, pack))
      }
    }
    try output.flush()
  }
}
