import ByteIO
import Pipeline
import StructuredText
import SwapRules

extension FuzzTarget {
  /// YAML, as rule and pipeline files have it.
  static let yaml = FuzzTarget(
    "yaml",
    seeds: [
      "a: 1\nb: [x, 'y', \"\\u00e9\"]\nc:\n  - {d: e}\n  - |\n    text\n", "? a\n: b\n--- \n", "a: &x [1]\nb: *x\n",
      "!!map {a: !!str b}\n",
    ].map { [UInt8](utf8: $0) }
  ) { _ in
    { bytes in
      let tree = try YAMLNode.parse(bytes, file: "file.yaml")
      _ = size(of: tree)
    }
  }

  private static func size(of node: YAMLNode) -> Int {
    switch node.content {
    case .scalar: 1
    case .list(let items): items.reduce(1) { $0 + size(of: $1) }
    case .mapping(let entries): entries.reduce(1) { $0 + size(of: $1.value) }
    }
  }

  /// Rule packs, beside one that they may extend: read, checked, tested, and asked about a text.
  static let rulePack = FuzzTarget("rule-pack", seeds: [smallPack, packOfManyKinds, tokenMap]) { folder in
    try InputOfFile(folder, "base.yaml").fill(smallPack.replacing("pack: p", with: "pack: base"))
    let file = try InputOfFile(folder, "pack.yaml")
    return { bytes in
      try file.fill(bytes)
      _ = try PackCheck.findings(path: file.path)
      try use(RulePack.load(path: file.path))
    }
  }

  private static func use(_ pack: RulePack) throws {
    _ = try pack.runTests()
    guard pack.tokenMap == nil else { return }
    let matcher = try Matcher(pack)
    for text in [
      "He said that he saw him himself. HIS, his.",
      "\"He's\" (Mr. Smith\u{301}'s) http://he.com/he `he` <he> aaaaaaaaaaaaaaa!",
    ] {
      withTightCopy(of: [UInt8](utf8: text)) { text in
        let segment = SegmentText(UnsafeBufferPointer(text))
        var candidates: [Candidate] = []
        matcher.candidates(in: segment, into: &candidates)
        _ = pack.applying(candidates, to: segment)
      }
    }
  }

  private static let smallPack = [UInt8](
    utf8: """
      schema: 1
      pack: p
      version: 1.0.0
      classes:
        verbs: [said, saw]
        nouns: [cat, dog]
      choices:
        his-sense:
          - {id: his-at-end, when: {next: {any: [stop, end]}}, to: alone}
          - {id: his-default, to: before-noun}
      lexicon:
        - {id: he, from: he, to: she, clitics: ["'s", "'ll"]}
        - {id: him, from: him, to: her, pairs: [herself]}
      tests:
        - {in: He said., out: She said.}

      """)

  private static let packOfManyKinds = [UInt8](
    utf8: """
      schema: 1
      pack: pack
      version: 1.0.0
      status: experimental
      language: en
      description: d
      direction: m2f
      extends: [base@1]
      case: preserve
      boundaries: uax29
      apostrophes: ["'", "’"]
      paired_forms: keep
      classes: {boats: [boat, "no"]}
      lexicon:
        - {id: self, from: [himself, hisself], to: herself, features: {reflexive: true}}
        - {id: he-goat, from: [he goat], keep: true}
        - {id: his, from: his, choose: his-sense, words: {alone: hers, before-noun: her}}
        - id: sir
          from: sir
          choose:
            - {id: a, when: {next: {in: [boats], not: {any: [adjacent]}}, any: [{prev: {is: of}}, {prev2: {suffix: [s]}}]}, keep: true}
            - {id: b, when: {match: lower, not: {next: {all: [word]}}}, to: madam, uncertain: true}
            - {id: c, to: madam}
      guards:
        spans: [url, inline-code, foreign]
        regex: ['(?i)\\bfor his eyes\\b', '(a+)+!']
      exceptions:
        - {text: [his and hers], reason: phrase}
        - {text: He-4, reason: helium, case: exact}
      tests:
        - {in: "He's at it himself.", out: "She's at it herself."}
        - {in: "sir boat", same: true, by: "keep:a"}
        - {in: "Ask his.", out: "Ask her.", todo: true}

      """)

  private static let tokenMap = [UInt8](
    utf8: """
      schema: 1
      pack: pack
      version: 1.0.0
      status: frozen-replica
      direction: m2f
      boundaries: token-id
      tokenizer: gpt-neox-20b
      lexicon:
        - {id: He, from: " He", from-id: 754, to: " She", to-id: 1500}
      tests:
        - {in: [754, 1], out: [1500, 1], by: He}

      """)

  /// Tables of pairs.
  static let pairTable = FuzzTarget(
    "pair-table", seeds: [[UInt8](utf8: "# version: 1.0.0\nbig\tsmall # c\nred\tblue\n")]
  ) { folder in
    let file = try InputOfFile(folder, "pairs.tsv")
    return { bytes in
      try file.fill(bytes)
      try use(RulePack.load(path: file.path))
    }
  }

  /// Learnt tables, in a pack that asks one.
  static let learntTable = FuzzTarget(
    "learnt-table",
    seeds: [
      [UInt8](
        utf8: """
          # tiresias learnt table 1
          # note
          bias\t0.1
          class\tadverb\tnot never
          ending\tly\tly
          weight\tnext.class=adverb\t-0.4
          weight\tnext.ending=ly\t0.3
          weight\tprev.word=worth\t-1.55

          """)
    ]
  ) { folder in
    let pack = try InputOfFile(folder, "pack.yaml")
    try pack.fill(
      [UInt8](
        utf8: """
          schema: 1
          pack: pack
          version: 1.0.0
          lexicon:
            - id: his
              from: his
              choose:
                - {id: learnt, table: table.tsv, threshold: 0, uncertain: 0.8, to: hers}
                - {id: rest, to: her}

          """))
    let file = try InputOfFile(folder, "table.tsv")
    return { bytes in
      try file.fill(bytes)
      try use(RulePack.load(path: pack.path))
    }
  }

  /// Pipeline files.
  static let pipeline = FuzzTarget("pipeline", seeds: [smallPipeline]) { _ in
    { bytes in
      _ = try PipelineFile.load("pipeline.yaml", bytes: Array(bytes), settings: ["emit.control=false"])
    }
  }

  private static let smallPipeline = [UInt8](
    utf8: """
      pipeline: 1
      name: demo
      stages:
        - read: {idxmap: data/a_text_document}
        - order: {train_iters: 400, batch_size: 16, sequence_length: 512, seed: 1234, checkpoint_every: 10, split: "969,30,1"}
        - window: {last: 21%}
        - filter: {subset: [Gutenberg (PG-19)]}
        - select: {fraction: 0.25, by: document, seed: 7}
        - swap: {rules: rules/pronouns-m2f.yaml}
        - retokenize: {tokenizer: 20B, length: aligned}
        - emit: {to: "out/{name}", control: true, log: edits}

      """)
}

extension [UInt8] {
  fileprivate func replacing(_ old: String, with new: String) -> [UInt8] {
    [UInt8](
      utf8: String(decoding: self, as: UTF8.self).split(separator: old, omittingEmptySubsequences: false).joined(
        separator: new))
  }
}
