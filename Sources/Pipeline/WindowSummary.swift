/// What a run made, in a few lines for the terminal.
public struct WindowSummary {
  private let manifest: Manifest

  public init(_ manifest: Manifest) { self.manifest = manifest }

  public func text(_ folder: String) -> String {
    let counts = manifest.counts
    var lines = [
      "\(folder): \(counts.sequences) sequences of steps \(manifest.window.firstStep)..<\(manifest.window.endStep), "
        + "\(counts.documents) documents",
      "  \(counts.edits) edits in \(counts.sequencesChanged) sequences; \(counts.tokensChanged) of \(counts.tokens) tokens changed",
    ]
    if let pronouns = manifest.pronouns, let before = pronouns.before.masculineShare,
      let after = pronouns.after.masculineShare
    {
      lines.append("  masculine share of he/she words: \(percent(before)) before, \(percent(after)) after")
    }
    if !counts.kept.isEmpty {
      let kept = counts.kept.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
      lines.append("  left as they were: " + kept.map { "\($0.count) \($0.name)" }.joined(separator: ", "))
    }
    lines += manifest.warnings.map { "  warning: " + $0 }
    return lines.joined(separator: "\n")
  }

  private func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
