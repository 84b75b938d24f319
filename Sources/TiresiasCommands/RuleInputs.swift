import ArgumentParser
import Corpus
import Workbench

/// The texts that rules are tried on.
struct RuleInputs: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Text: raw Pile files (.jsonl, .jsonl.zst), folders of them, or text files, not compressed, each one text.",
      valueName: "input"))
  var inputs: [String]

  @Option(help: "What to do with a line of a raw Pile that cannot be read: stop, or skip it and count it.")
  var onError = ErrorPolicy.stop

  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  /// Reads all texts, and says how far it is, unless what is found shows that already.
  func forEach(isSilent: Bool = false, _ body: (SourceText) throws -> Void) throws {
    let source = try TextSource(inputs, policy: onError)
    let progress = ByteProgress()
    try source.forEach { text in
      try body(text)
      if !quiet && !isSilent { progress.report(source.bytesRead, source.byteCount) }
    }
    if source.skipped.total > 0 { StandardError.say("\(source.skipped.total) lines were left out") }
  }
}

/// How many are shown of what is found.
struct SampleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Show this many, drawn evenly from all.", valueName: "n"))
  var sample: Int?

  @Option(help: "Another seed draws others; the same seed draws the same.")
  var seed: UInt64 = 0

  func validate() throws {
    guard sample.map({ (1...1_000_000).contains($0) }) ?? true else {
      throw ValidationError("--sample must be from 1 to 1000000.")
    }
  }
}

/// How lines of hits look.
struct LineOptions: ParsableArguments {
  @Option(help: "Colours: auto, always or never. 'auto' colours a terminal unless NO_COLOR is set.")
  var color = TerminalStyle.Choice.auto

  @Option(
    help: ArgumentHelp(
      "Columns of a line, up to \(Concordance.maximumWidth); fewer than 40 are 40 (default: the terminal's, else 120).",
      valueName: "columns"))
  var width: Int?

  func validate() throws {
    guard width.map({ (1...Concordance.maximumWidth).contains($0) }) ?? true else {
      throw ValidationError("--width must be from 1 to \(Concordance.maximumWidth).")
    }
  }

  var concordance: Concordance {
    let terminal = TerminalStyle.terminalWidth
    return Concordance(width: width ?? (terminal > 0 ? terminal : 120))
  }
}

extension TerminalStyle {
  /// A line of a concordance, without spaces at its end.
  func paint(_ pieces: [Concordance.Piece]) -> String {
    let line = pieces.map(paint).joined()
    return String(line[..<(line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex)])
  }

  private func paint(_ piece: Concordance.Piece) -> String {
    switch piece.role {
    case .context, .space: piece.text
    case .place, .frame, .rule: paint(piece.text, .dim)
    case .removed: paint(piece.text, .removed)
    case .added: paint(piece.text, .added)
    case .kept: paint(piece.text, .strong)
    }
  }
}
