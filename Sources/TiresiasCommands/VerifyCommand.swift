import ArgumentParser
import Pipeline

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a finished window: every file's hash, the index maps, the edit log, and samples made again.",
    discussion: """
      With the base, sequences are made again from it and compared: some that --seed draws, or all. Without it, everything \
      else is checked, and what could not be is named. Exits with 3 if something differs.

      Example:
        tiresias verify out/demo/manifest.json --base out/base/demo-pile_text_document --sequences all
      """)

  @Argument(help: "The window's manifest.json, or its folder.", transform: manifestPath)
  var manifest: String

  @Option(help: ArgumentHelp("A data set of the base; once for each, in the pipeline's order.", valueName: "prefix"))
  var base: [String] = []

  @Option(help: ArgumentHelp("How many sequences are made again: a number, or all.", valueName: "n|all"))
  var sequences = "1000"

  @Option(help: "Draws the sequences.")
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("The tokenizer, where it is not where the pipeline says.", valueName: "file"))
  var tokenizer: String?

  @Flag(help: "Say nothing but the result.")
  var quiet = false

  func validate() throws {
    guard sequences == "all" || Int(sequences).map({ $0 > 0 }) ?? false else {
      throw ValidationError("--sequences takes a number above 0, or all; not '\(sequences)'.")
    }
  }

  func run() throws {
    var verification = try WindowVerification(manifestPath: manifest)
    verification.base = base
    verification.extent = Int(sequences).map { .some($0) } ?? .all
    verification.seed = seed
    verification.tokenizer = tokenizer
    verification.progress = quiet ? .quiet : .automatic
    let checks = try verification.run()
    for check in checks where !(quiet && check.outcome == .passed) { print(line(check)) }
    let failed = checks.count { $0.outcome == .failed }
    let skipped = checks.count { $0.outcome == .skipped }
    print("\(manifest): \(checks.count - failed - skipped) checks passed, \(failed) failed, \(skipped) not done")
    if failed > 0 { throw ExitCode(3) }
  }

  private func line(_ check: WindowVerification.Check) -> String {
    let word =
      switch check.outcome {
      case .passed: "ok      "
      case .failed: "FAILED  "
      case .skipped: "not done"
      }
    return "\(word)  \(check.name): \(check.detail)"
  }
}
