import ArgumentParser
import ByteIO
import Pipeline
import Reports
import StructuredText
import SwapRules
import Terms
import Tokenization
import TrainingOrder
import UnicodeText

/// `tiresias stats`: how often words stand in what a model had read by a step.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Counts words in what a model reads: by step, arm and subset.",
    discussion: """
      Without --term and --rules the third-person pronouns are counted. A word stands where the rule packs see one, in any case \
      (--case-sensitive for one alone); "she's" holds she. A term counts in the sample that predicts its first token, so a step \
      reads batch * sequence length tokens. Of a pack's entries all forms count, whatever the pack does to them.

      A manifest's arms are counted side by side: the window as it was intervened on, and its control. With the base as --dataset \
      subsets are told, where a sidecar knows them, and steps outside the window can be asked for: what the model had read by step K \
      is --steps '0..<K'. Without a window it is the base's order alone, with its numbers as for `tiresias batch`.

      --every N counts in bins of N steps and adds up; --output writes stats.tsv, stats.json and a chart (needs Python with \
      vl-convert-python, as `tiresias report`).

        tiresias stats out/NAME/manifest.json
        tiresias stats out/NAME/manifest.json --dataset pile_0.87_deduped_text_document --steps '0..<143000' --every 1000 \\
          --term she --term "her husband" --output out/stats
        tiresias stats --dataset pile_0.87_deduped_text_document --samples 147164160 --sequence-length 2048 --seed 1234 \\
          --batch-size 1024 --steps '0..<1000' --tokenizer assets/20B_tokenizer.json --rules rules/gendered-nouns.yaml
      """)

  @OptionGroup var inputs: OrderInputs
  @Option(help: "Steps A..<B, from 0; without it the window's, or all of the order.")
  var steps: String?
  @Option(help: ArgumentHelp("Count in bins of so many steps, which begin at its multiples.", valueName: "n"))
  var every: Int?
  @Option(help: ArgumentHelp("A word, or some words with one space between them. Repeatable.", valueName: "words"))
  var term: [String] = []
  @Option(help: ArgumentHelp("A rule pack whose entries are counted. Repeatable.", valueName: "file"))
  var rules: [String] = []
  @Flag(help: "Count --term only as it is written.")
  var caseSensitive = false
  @Option(help: "The tokenizer.json of the data; a window names its own.")
  var tokenizer: String?
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder for stats.tsv, stats.json and the chart.", valueName: "folder"))
  var output: String?
  @Option(help: "Threads (default: as many as there are processors); the numbers do not depend on them.")
  var workers: Int?
  @Option(help: ArgumentHelp("A Python with vl-convert-python (default: as tiresias report).", valueName: "file"))
  var python: String?
  @Flag(help: "Say nothing but errors on standard error.")
  var quiet = false

  func validate() throws {
    if let steps {
      do { _ = try Window.parse(steps) } catch { throw ValidationError("--steps: \(error)") }
    }
    guard every ?? 1 > 0 else { throw ValidationError("--every must be at least 1.") }
    guard 1...1024 ~= workers ?? 1 else { throw ValidationError("--workers must be from 1 to 1024.") }
    if inputs.window == nil && tokenizer == nil { throw ValidationError("A --dataset needs --tokenizer FILE.") }
  }

  func run() throws {
    let list = try TermList(
      words: term, packs: rules.map { try RulePack.load(path: $0) }, isCaseSensitive: caseSensitive)
    let (reading, tokenizer, steps) = try open()
    var job = TermJob(list, reading, tokenizer)
    job.every = every
    if let workers { job.workers = workers }
    if quiet { job.progress = .quiet }
    let statistics = try job.run(steps: steps)
    try show(statistics)
    if let output { try write(statistics, to: output) }
  }

  private func open() throws -> (Reading, Tokenizer, Range<Int>) {
    let asked = try steps.map(Window.parse)
    guard let manifest = inputs.window else {
      let opened = try inputs.open(steps: asked)
      return (
        try Reading(opened.order, batchSize: opened.batchSize), try Tokenizer(path: tokenizer ?? ""), opened.steps
      )
    }
    let base = inputs.dataset.isEmpty ? nil : try inputs.open(steps: asked)
    let reading = try Reading(windowManifest: manifest, base: base?.order)
    return (
      reading, try WindowSource(manifestPath: manifest).manifest.loadTokenizer(tokenizer),
      base?.steps ?? asked ?? reading.steps
    )
  }

  private func show(_ statistics: TermStatistics) throws {
    let output = StandardOutput()
    let tokens = statistics.arms.indices.map { statistics.total(arm: $0).tokens }.max() ?? 0
    let (first, last) = (statistics.bins.first?.lowerBound ?? 0, statistics.bins.last?.upperBound ?? 0)
    try output.write(
      "steps \(first)..<\(last): \(TermStatistics.grouped(tokens)) tokens\(statistics.arms.count > 1 ? " an arm" : "")\n\n"
        .utf8)
    try output.write(TextColumns.table(statistics.termTable).utf8)
    if let table = statistics.subsetTable {
      try output.write("\nper million tokens, by subset\n\n".utf8)
      try output.write(TextColumns.table(table).utf8)
    }
    try output.flush()
    if !quiet { for note in statistics.notes { StandardError.say("note: \(note)") } }
  }

  private func write(_ statistics: TermStatistics, to folder: String) throws {
    try FileSystem.makeDirectory(folder)
    try AtomicFile.replace(folder + "/stats.tsv", with: Array(statistics.tsv.utf8))
    try AtomicFile.replace(folder + "/stats.json", with: try statistics.json.serialized(.pretty))
    let renderer = FigureRenderer(python: python ?? ReportCommand.installedPython)
    if let failure = try TermFigure(statistics).write(to: folder, renderer: renderer) {
      StandardError.say("no chart: \(failure)")
    }
    if !quiet { StandardError.say("\(folder)/stats.tsv") }
  }
}

extension TextColumns {
  /// Words to the left, numbers to the right, a head above.
  static func table(_ table: TermStatistics.Table) -> String {
    let rows = table.rows.map { $0.map { VisibleText.line($0) } }
    let widths = rows.first?.indices.map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 } ?? []
    return rows.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
        return column < table.names ? row[column] + space : space + row[column]
      }
      return cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}
