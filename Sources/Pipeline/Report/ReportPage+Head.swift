import Pages
import UnicodeText

// What was done, in a sentence; of what; and whether it worked.
extension ReportPage {
  var head: String {
    """
    <header>
    <h1>\(HTMLText.shown(manifest.name))</h1>
    <p class="description">\(HTMLText.shown(manifest.description))</p>
    <p class="done">\(done)</p>
    \(warnings)<dl>\(facts)</dl>
    </header>
    """
  }

  private var done: String {
    let counts = manifest.counts
    let sequences =
      "\(Figures.number(counts.sequencesChanged)) of \(Figures.number(counts.sequences)) sequences"
      + " (\(Figures.percent(counts.sequencesChanged, of: counts.sequences)))"
    let tokens = "\(Figures.percent(counts.tokensChanged, of: counts.tokens)) of tokens"
    if let result = manifest.retokenized {
      return "\(Figures.number(result.samples)) sequences were decoded and encoded anew as a whole, which changed"
        + " \(sequences) and \(tokens)."
    }
    guard !manifest.rules.isEmpty else { return "Nothing was edited: the window is the training data as they were." }
    return "<strong>\(Figures.number(counts.edits)) edits</strong> changed \(sequences) and \(tokens)."
  }

  private var warnings: String {
    manifest.warnings.map { "<p class=\"warning\"><strong>Warning:</strong> \(HTMLText.shown($0)).</p>\n" }.joined()
  }

  private var facts: String {
    let (window, run, counts) = (manifest.window, manifest.run, manifest.counts)
    let steps =
      "\(Figures.number(window.firstStep)) to \(Figures.number(window.endStep - 1)) of"
      + " \(Figures.number(run.trainIterations)),\(window.endStep == run.trainIterations ? " the last" : "")"
      + " \(Figures.percent(window.share)) of training"
    let tokens =
      "\(Figures.number(counts.tokens)) in \(Figures.number(counts.sequences)) sequences of"
      + " \(Figures.number(run.sequenceLength + 1)), from \(Figures.number(counts.documents)) documents"
    let facts = [("Steps", steps), ("Tokens", tokens)] + swaps + [("Control", control)]
    return facts.map { "<dt>\($0)</dt><dd>\($1)</dd>" }.joined(separator: "\n")
  }

  private var swaps: [(String, String)] {
    manifest.rules.map { pack in
      let selection = manifest.selection.first { $0.stage == pack.stage }
      let drawn = selection.map { ", fraction \(HTMLText.shown($0.fraction)) by \($0.by.rawValue), seed \($0.seed)" }
      return ("Rules", "\(HTMLText.shown(pack.pack)) \(HTMLText.shown(pack.version))\(drawn ?? "")")
    }
  }

  private var control: String {
    if let random = manifest.randomEdits {
      return "other words replaced in place of \(Figures.number(random.edits)) edits, with "
        + "\(HTMLText.shown(random.pairs)) \(HTMLText.shown(random.version)); no word left for "
        + Figures.number(random.unmatched)
    }
    return manifest.trainer.controlPrefix == nil ? "none in this folder" : "the same sequences, unedited"
  }

  // MARK: The manipulation check

  var pronouns: String {
    guard let pronouns = manifest.pronouns else { return "" }
    var names = pronouns.before.words.map(\.name)
    names += pronouns.after.words.map(\.name).filter { !names.contains($0) }
    func count(_ name: String, _ census: Manifest.Census) -> Int {
      census.words.first { $0.name == name }?.count ?? 0
    }
    let rows = names.map { ($0, count($0, pronouns.before), count($0, pronouns.after)) }
    let greatest = Double(rows.map { max($0.1, $0.2) }.max() ?? 0)
    return share(pronouns) + key
      + PageTable.html(
        "Pronouns before and after", [.text("word"), .number("before"), .number("after"), .number("change"), .bar],
        rows.map { name, before, after in
          [
            HTMLText.shown(name), Figures.number(before), Figures.number(after), change(after - before),
            PageTable.bar(Double(before), of: greatest, "before")
              + PageTable.bar(Double(after), of: greatest, "after"),
          ]
        })
  }

  private func change(_ difference: Int) -> String {
    (difference > 0 ? "+" : difference < 0 ? "−" : "") + Figures.number(abs(difference))
  }

  private func share(_ pronouns: Manifest.Pronouns) -> String {
    guard let before = pronouns.before.masculineShare else { return "" }
    let after = pronouns.after.masculineShare
    return "<p class=\"share\">Masculine share of <i>he</i> and <i>she</i> words: "
      + "<strong>\(Figures.percent(before)) → \(after.map { Figures.percent($0) } ?? "–")</strong></p>\n"
  }

  private var key: String {
    """
    <p class="key" aria-hidden="true"><svg viewBox="0 0 10 10"><rect class="before" width="10" height="10"/></svg> before \
    <svg viewBox="0 0 10 10"><rect class="after" width="10" height="10"/></svg> after</p>

    """
  }
}
