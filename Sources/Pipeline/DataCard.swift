import Pages

/// `README.md` of an output folder: a data set card, as the Hugging Face Hub shows it.
public enum DataCard {
  /// The text; the same for the same manifest. `command` is the one that made the folder, or makes it again.
  public static func text(_ manifest: Manifest, command: String) -> String {
    let card = Card(manifest: manifest, command: command)
    return [
      card.frontMatter, card.head, card.making, card.counts, card.pronouns, card.caveats, card.files, card.terms,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

private struct Card {
  let manifest: Manifest
  let command: String

  /// What the Hub files a data set under.
  var frontMatter: String {
    """
    ---
    pretty_name: \(YAMLText.quoted(manifest.name))
    license: other
    license_name: "terms-of-the-base-data"
    language: [en]
    task_categories: [text-generation]
    size_categories: [\(sizeCategory)]
    tags: [gpt-neox, pythia, training-data, intervention]
    ---

    """
  }

  private var sizeCategory: String {
    let limits = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000]
    let names = ["n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B", "n>1B"]
    return names[limits.firstIndex { manifest.window.samples < $0 } ?? limits.count]
  }

  var head: String {
    let window = manifest.window
    return """
      # \(Markdown.text(manifest.name))

      \(Markdown.paragraph(manifest.description))

      What a language model reads in steps \(Figures.number(window.firstStep)) to \(Figures.number(window.endStep - 1)) \
      of \(Figures.number(manifest.run.trainIterations)), the \(share) of its training: \
      \(Figures.number(window.samples)) sequences of \(Figures.number(manifest.run.sequenceLength + 1)) tokens in the \
      order of training, \(Figures.number(manifest.run.batchSize)) a step. Item k of the data is sample \
      \(Figures.number(window.firstSample)) + k of the run. \(comparison)

      """
  }

  private var share: String {
    let part = Figures.percent(manifest.window.share)
    return manifest.window.endStep == manifest.run.trainIterations ? "last \(part)" : part
  }

  private var comparison: String {
    guard manifest.trainer.controlPrefix != nil else { return "" }
    if manifest.randomEdits != nil {
      return
        "The control is the same sequences with other edits: for each edit of the window, a word behind it that says "
        + "nothing of gender is replaced. The edit log has both."
    }
    if manifest.retokenized != nil {
      return "The control is the same sequences as they were."
    }
    return "The control is the same sequences, unedited; every difference between the two is in the edit log."
  }

  var making: String {
    """
    ## How it was made

    By \(Markdown.text(manifest.tool.name)) \(Markdown.text(manifest.tool.version)) (\(Markdown.text(manifest.tool.build))), \
    from \(base). To make it again, and to check it:

    \(Markdown.block(command + "\ntiresias verify manifest.json\n"))
    The pipeline:

    \(Markdown.block(manifest.pipeline.text, language: "yaml"))
    \(inputs)
    """
  }

  private var base: String {
    let kind: String =
      switch manifest.base.kind {
      case .idxmap: "the tokenized documents of "
      case .pile: "the raw documents of "
      case .preshuffled: "the preshuffled sequences of "
      }
    return kind + manifest.base.datasets.map { Markdown.code($0.name) }.joined(separator: ", ")
  }

  private var inputs: String {
    let packs = manifest.rules.flatMap { pack in
      pack.files.map { ["rules \(Markdown.text(pack.pack)) \(Markdown.text(pack.version))", $0.path, $0.sha256] }
    }
    let pairs = (manifest.randomEdits.map { [$0] } ?? []).flatMap { table in
      table.files.map { ["pairs \(Markdown.text(table.pairs)) \(Markdown.text(table.version))", $0.path, $0.sha256] }
    }
    let datasets = manifest.base.datasets.map { ["base, index", $0.name + ".idx", $0.idxSHA256] }
    let tokenizer = [["tokenizer", manifest.tokenizer.name, manifest.tokenizer.sha256]]
    return Markdown.table(
      [.left("input"), .left("file"), .left("SHA-256")],
      (datasets + tokenizer + packs + pairs).map { [$0[0], Markdown.code($0[1]), Markdown.code($0[2])] })
  }

  var counts: String {
    let counts = manifest.counts
    func row(_ what: String, _ number: Int, of whole: Int? = nil) -> [String] {
      [what, Figures.number(number), whole.map { percent(number, $0) } ?? ""]
    }
    let totals = Markdown.table(
      [.left("what"), .right("number"), .right("share")],
      [
        row("sequences", counts.sequences), row("changed", counts.sequencesChanged, of: counts.sequences),
        row("documents", counts.documents), row("tokens", counts.tokens),
        row("changed", counts.tokensChanged, of: counts.tokens), row("candidates for an edit", counts.candidates),
        row("edits", counts.edits, of: counts.candidates),
      ])
    return "## Counts\n\n" + totals + randomEdits + retokenized + edits + kept
  }

  private func percent(_ part: Int, _ whole: Int) -> String { Figures.percent(part, of: whole) }

  /// The matched control's edits.
  private var randomEdits: String {
    guard let random = manifest.randomEdits else { return "" }
    let all = random.edits + random.unmatched
    return "\n"
      + Markdown.table(
        [.left("edits of the window with"), .right("number"), .right("share")],
        [
          ["an edit in the control", Figures.number(random.edits), percent(random.edits, all)],
          ["none, no word being left", Figures.number(random.unmatched), percent(random.unmatched, all)],
        ])
  }

  /// What encoding whole samples anew lost and added.
  private var retokenized: String {
    guard let result = manifest.retokenized else { return "" }
    return "\n"
      + Markdown.table(
        [.left("whole samples encoded anew"), .right("number")],
        [
          ["samples", Figures.number(result.samples)],
          ["document ends dropped", Figures.number(result.documentEndsDropped)],
          ["special tokens dropped, document ends among them", Figures.number(result.specialDropped)],
          ["padding tokens added", Figures.number(result.paddingAdded)],
          ["tokens cut off", Figures.number(result.tokensCut)],
        ])
  }

  private var edits: String {
    guard !manifest.counts.byRule.isEmpty else { return "" }
    return "\n"
      + Markdown.table(
        [.right("stage"), .left("rule"), .left("branch"), .right("edits")],
        manifest.counts.byRule.map {
          ["\($0.stage)", Markdown.text($0.rule), Markdown.text($0.branch), Figures.number($0.edits)]
        })
  }

  private var kept: String {
    guard !manifest.counts.kept.isEmpty else { return "" }
    return "\n"
      + Markdown.table(
        [.left("left alone because"), .right("number"), .right("of candidates")],
        manifest.counts.kept.map {
          [Markdown.text($0.name), Figures.number($0.count), percent($0.count, manifest.counts.candidates)]
        })
  }

  /// The manipulation check.
  var pronouns: String {
    guard let pronouns = manifest.pronouns else { return "" }
    var names = pronouns.before.words.map(\.name)
    names += pronouns.after.words.map(\.name).filter { !names.contains($0) }
    func count(_ name: String, _ census: Manifest.Census) -> String {
      Figures.number(census.words.first { $0.name == name }?.count ?? 0)
    }
    func share(_ census: Manifest.Census) -> String { census.masculineShare.map { Figures.percent($0) } ?? "–" }
    let rows = names.map { [Markdown.text($0), count($0, pronouns.before), count($0, pronouns.after)] }
    return "## Pronouns, before and after\n\n"
      + Markdown.table(
        [.left("word"), .right("before"), .right("after")],
        rows + [["masculine share", share(pronouns.before), share(pronouns.after)]])
  }

  var caveats: String {
    let lines = [lengthCaveat, uncertainCaveat, cutCaveat].compactMap { $0 } + manifest.warnings.map(Markdown.text)
    guard !lines.isEmpty else { return "" }
    return "## Caveats\n\n" + lines.map { "- \($0)\n" }.joined()
  }

  private func kept(_ reason: String) -> Int { manifest.counts.kept.first { $0.name == reason }?.count ?? 0 }

  private var lengthCaveat: String? {
    let counts = manifest.counts
    switch manifest.length {
    case .aligned:
      let left = kept("length")
      guard left > 0 else { return nil }
      let wanted = left + kept("selection") + counts.edits
      return "\(Figures.number(left)) edits (\(percent(left, wanted))) were left out because they would "
        + "have changed the number of tokens. In return, control and intervention are the same token by token elsewhere."
    case .slide:
      return "Where an edit changed the number of tokens, the rest of its sequence is shifted "
        + "(\(Figures.number(counts.lengthChanges)) edits): samples differ from the control beyond the edited words."
    case .pad:
      return "Sequences that became shorter are filled with `<|padding|>`, on which GPT-NeoX computes loss: "
        + "a choice for replicas of earlier work."
    }
  }

  private var uncertainCaveat: String? {
    let counts = manifest.counts
    guard counts.uncertain > 0 else { return nil }
    return
      "\(Figures.number(counts.uncertain)) edits (\(percent(counts.uncertain, counts.edits))) rest on a choice that "
      + "the rules mark as uncertain."
  }

  private var cutCaveat: String? {
    guard manifest.counts.cut > 0 else { return nil }
    return "\(Figures.number(manifest.counts.cut)) edits fell off the end of their sequence; the log marks them `cut`."
  }

  var files: String {
    guard !manifest.outputs.isEmpty else { return "" }
    let rows = manifest.outputs.map {
      [Markdown.code($0.path), purpose($0.role), Figures.number($0.bytes), Markdown.code($0.sha256)]
    }
    return "## Files\n\n"
      + Markdown.table([.left("file"), .left("what it is"), .right("bytes"), .left("SHA-256")], rows)
      + "\n`manifest.json` has all of this for programs; `report.html` shows what was changed; "
      + "`TRAINING.md` says how to train on it.\n"
  }

  private func purpose(_ role: Manifest.Output.Role) -> String {
    switch role {
    case .window: "tokens of the window"
    case .windowIndex: "index of the window"
    case .control: "tokens of the control"
    case .controlIndex: "index of the control"
    case .indexMap: "index map for GPT-NeoX"
    case .edits: "edit log"
    case .config: "GPT-NeoX config"
    case .document: "for people"
    }
  }

  var terms: String {
    """
    ## Terms

    The text is that of the base data with single words replaced: the terms and the licences of the base data hold for \
    it. The edits, the index maps and this card add none.

    """
  }
}
