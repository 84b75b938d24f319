import ArgumentParser
import ByteIO
import Corpus
import SwapRules
import Workbench

struct RulesPreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Shows what a rule pack does to real text, one word a line.",
    discussion: """
      Every word that would be replaced, in its context: [he→she], and the branch that decided; a '?' marks an uncertain \
      choice. With --reason the words that are left alone for it are shown instead. With --html the same goes into a page \
      with filters, which needs no network.

      Examples:
        tiresias rules preview rules/pronouns-m2f.yaml novel.txt --sample 40
        tiresias rules preview rules/pronouns-m2f.yaml data/pile --rule his --html his.html
        tiresias rules preview rules/pronouns-m2f.yaml data/pile --reason guard:url --sample 20
      """)

  @Argument(help: ArgumentHelp("The pack.", valueName: "pack"))
  var pack: String

  @OptionGroup var inputs: RuleInputs

  @Option(help: ArgumentHelp("Only this entry or branch. Repeatable.", valueName: "id"))
  var rule: [String] = []

  @Option(help: ArgumentHelp("Only text of this subset (pile_set_name). Repeatable.", valueName: "name"))
  var subset: [String] = []

  @Option(
    help: ArgumentHelp(
      "Words left alone for this reason, such as guard:url, or guard for all guards. Repeatable.", valueName: "name"))
  var reason: [String] = []

  @OptionGroup var sampling: SampleOptions

  @Option(help: ArgumentHelp("Write a page instead of lines; at most 1,000 words without --sample.", valueName: "file"))
  var html: String?

  @OptionGroup var lines: LineOptions

  func run() throws {
    let read = pack
    let pack = try RulePack.load(path: read)
    if let html { try OutputPath.refuse(html, ifAmong: [read] + CorpusFile.list(inputs.inputs).map(\.path)) }
    var filter = HitFilter()
    (filter.rules, filter.subsets, filter.reasons) = (Set(rule), Set(subset), Set(reason))
    try filter.check(against: pack)
    if let count = sampling.sample ?? (html == nil ? nil : 1000) {
      let drawn = try draw(count, pack, filter)
      if let html { return try write(drawn, to: html, pack) }
      try show(drawn)
    } else {
      try showAll(pack, filter)
    }
  }

  private func draw(_ count: Int, _ pack: RulePack, _ filter: HitFilter) throws -> KeyedSample<Hit> {
    var sample = KeyedSample<Hit>(count: count, seed: sampling.seed)
    var number = 0
    try forEach(pack, filter) { candidate, source in
      sample.offer(number, candidate.start) { Hit(candidate, in: source, pack) }
    } ended: {
      number += 1
    }
    return sample
  }

  private func show(_ sample: KeyedSample<Hit>) throws {
    let (style, concordance, output) = (TerminalStyle(lines.color), lines.concordance, StandardOutput())
    for hit in sample.elements { try output.write((style.paint(concordance.line(hit)) + "\n").utf8) }
    try output.flush()
    if !inputs.quiet { StandardError.say("\(sample.elements.count) of \(sample.seen) words") }
  }

  private func showAll(_ pack: RulePack, _ filter: HitFilter) throws {
    let (style, concordance, output) = (TerminalStyle(lines.color), lines.concordance, StandardOutput())
    var count = 0
    try forEach(pack, filter) { candidate, source in
      count += 1
      try output.write((style.paint(concordance.line(Hit(candidate, in: source, pack))) + "\n").utf8)
    } ended: {
    }
    try output.flush()
    if !inputs.quiet { StandardError.say("\(count) word\(count == 1 ? "" : "s")") }
  }

  private func write(_ sample: KeyedSample<Hit>, to path: String, _ pack: RulePack) throws {
    let page = PreviewPage(pack: "\(pack.name) \(pack.version)", hits: sample.elements, of: sample.seen)
    try AtomicFile.replace(FileSystem.destination(of: path), with: Array(page.text.utf8))
    print("\(path): \(sample.elements.count) of \(sample.seen) words")
  }

  private func forEach(
    _ pack: RulePack, _ filter: HitFilter, _ body: (Candidate, SourceText) throws -> Void, ended: () -> Void
  ) throws {
    let matcher = try Matcher(pack)
    var candidates: [Candidate] = []
    var subsets: Set<String> = []
    try inputs.forEach(isSilent: html == nil && sampling.sample == nil) { source in
      defer { ended() }
      if !filter.subsets.isEmpty { subsets.insert(source.subset) }
      guard filter.keeps(source) else { return }
      candidates.removeAll(keepingCapacity: true)
      matcher.candidates(in: SegmentText(source.text), into: &candidates)
      for candidate in candidates where filter.keeps(candidate, pack) { try body(candidate, source) }
    }
    try filter.check(againstSubsets: subsets)
  }
}
