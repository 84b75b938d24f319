import Pipeline
import TokenDataset

extension Manifest {
  /// A manifest in which every member has a value of its own.
  static let example = Manifest(
    tool: Tool(name: "tiresias", version: "0.1.0", build: "0123abc"),
    name: "pythia-v0-7pct-m2f", description: "Masculine pronouns become feminine in the last 7 % of training.",
    pipeline: PipelineText(text: "pipeline: 1\nstages:\n  - swap: {rules: \"a|b\"}\n", sha256: hash("a")),
    rules: [
      RulePackRecord(
        stage: 4, pack: "pronouns-m2f", version: "1.2.0",
        files: [
          HashedFile(path: "rules/pronouns-m2f.yaml", sha256: hash("b")),
          HashedFile(path: "rules/base/pronouns.yaml", sha256: hash("c")),
        ])
    ],
    tokenizer: TokenizerRecord(name: "20B_tokenizer.json", sha256: hash("d"), vocabularySize: 50_277),
    unicode: UnicodeRecord(version: "15.0", sha256: hash("e")), libraries: Libraries(icu: "72.1", zstd: "1.5.4"),
    base: Base(
      kind: .idxmap,
      datasets: [
        Dataset(
          name: "pile_0.87_deduped_text_document", weight: 0.75, items: 134_318_121, tokens: 207_170_414_058,
          tokenType: .uint16, idxSHA256: hash("f"),
          files: [SizedFile(path: "pile_0.87_deduped_text_document-00000-of-00082.bin", bytes: 5_000_000_000)],
          originSHA256: hash("1")),
        Dataset(
          name: "other_text_document", weight: 0.25, items: 3, tokens: 4, tokenType: .int32, idxSHA256: hash("2"),
          files: [SizedFile(path: "other_text_document.bin", bytes: 16)]),
      ]),
    run: Run(
      preset: "pythia-v0-4m", trainIterations: 71_500, batchSize: 2048, sequenceLength: 2048, seed: 1234,
      checkpointEvery: 500, split: "969,30,1"),
    window: WindowRecord(
      firstStep: 66_500, endStep: 71_500, firstSample: 136_192_000, samples: 10_240_000, share: 0.06993006993006994),
    selection: [Selection(stage: 4, fraction: "0.25", by: .document, seed: 7)], length: .aligned, counts: exampleCounts,
    randomEdits: RandomEdits(
      pairs: "neutral-pairs", version: "1.0.0",
      files: [HashedFile(path: "rules/neutral-pairs-1.0.0/neutral-pairs.tsv", sha256: hash("7"))], edits: 8_900_000,
      unmatched: 100_000),
    retokenized: Retokenized(
      samples: 10_240_000, specialDropped: 12_000_000, documentEndsDropped: 12_000_000, paddingAdded: 12_000_001,
      tokensCut: 17),
    pronouns: Pronouns(
      before: Census(
        words: [NamedCount(name: "he", count: 3_000_000), NamedCount(name: "she", count: 1_000_000)],
        masculineShare: 0.75),
      after: Census(words: [NamedCount(name: "she", count: 4_000_000)], masculineShare: 0)),
    warnings: ["1.2 % of edits of stage 4 were left out because of their length"],
    outputs: [
      Output(
        path: "window_document.bin", role: .window, bytes: 41_963_520_000, sha256: hash("3"),
        parts: [Part(firstSample: 136_192_000, samples: 65_536, sha256: hash("4"))]),
      Output(
        path: "edits/00000.jsonl.zst", role: .edits, bytes: 123, sha256: hash("5"), uncompressedSHA256: hash("6")),
    ],
    trainer: Trainer(
      dataPrefix: "window_document", controlPrefix: "control_document",
      indexMapPrefix: "window_document_train_0_indexmap_147164160ns_2048sl_1234s", samplesInName: 147_164_160,
      resume: Checkpoint(iteration: 66_500, published: "step133000"), trainIterations: 71_500, batchSize: 2048,
      sequenceLength: 2048),
    evaluator: Evaluator(
      name: "pythia-v0-7pct-m2f", arm: "intervention", control: "control",
      checkpoints: [
        Checkpoint(iteration: 66_500, published: "step133000"), Checkpoint(iteration: 67_000, published: "step134000"),
      ]))

  private static let exampleCounts = Counts(
    sequences: 10_240_000, sequencesChanged: 4_000_000, documents: 12_345_678, tokens: 20_981_760_000,
    tokensChanged: 9_000_001, candidates: 9_500_000, edits: 9_000_000,
    byRule: [
      RuleCount(stage: 4, rule: "he", branch: "", edits: 6_000_000),
      RuleCount(stage: 4, rule: "his", branch: "determiner", edits: 3_000_000),
    ],
    kept: [NamedCount(name: "edge", count: 12), NamedCount(name: "length", count: 400_000)], lengthChanges: 5,
    uncertain: 90_000, cut: 3)

  private static func hash(_ digit: String) -> String { String(repeating: digit, count: 64) }
}
