/// What a run changed, for people: all that `report.html` shows.
///
/// Sums and draws alone: the same whatever the workers, the parts and the restarts.
struct Report {
  struct Subset: Equatable {
    /// Nil for documents whose subset is not known.
    var name: String?
    var counts: ReportCounts.Subset
  }

  /// Edits of a run of steps.
  struct Bin: Equatable {
    var steps: Range<Int>
    var tokens: Int
    var edits: Int
  }

  /// As it is before its outputs are known: the report is one of them.
  let manifest: Manifest
  /// Most edits first; empty where no subsets are known.
  let subsets: [Subset]
  let bins: [Bin]
  let excerpts: [Excerpt]

  init(manifest: Manifest, subsets: [Subset], bins: [Bin], excerpts: [Excerpt]) {
    self.manifest = manifest
    self.subsets = subsets
    self.bins = bins
    self.excerpts = excerpts
  }

  init(_ manifest: Manifest, _ counts: ReportCounts, _ plan: WindowPlan, _ excerpts: [Excerpt]) {
    let bins = StepBins(manifest.window.firstStep..<manifest.window.endStep)
    let tokensOfStep = manifest.run.batchSize * (manifest.run.sequenceLength + 1)
    self.init(
      manifest: manifest, subsets: Self.sorted(counts.subsets, plan.subsetNumbers?.names ?? []),
      bins: zip(0..<bins.count, counts.bins).map { bin, edits in
        Bin(steps: bins[bin], tokens: bins[bin].count * tokensOfStep, edits: edits)
      }, excerpts: excerpts)
  }

  /// Those that have tokens in the window. `names` are in the order of the counts, which has one more.
  private static func sorted(_ counts: [ReportCounts.Subset], _ names: [String]) -> [Subset] {
    counts.enumerated()
      .filter { $0.element != ReportCounts.Subset() }
      .map { Subset(name: $0.offset < names.count ? names[$0.offset] : nil, counts: $0.element) }
      .sorted {
        ($1.counts.edits, $1.counts.tokens, $0.name ?? "") < ($0.counts.edits, $0.counts.tokens, $1.name ?? "")
      }
  }
}
