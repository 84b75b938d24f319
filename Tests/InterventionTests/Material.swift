import Foundation
import Intervention
import SwapRules
import TestSupport
import Tokenization

/// What the tests of this room are made of: tokenizers, packs and documents.
enum Material {
  /// The published tokenizer, or nil.
  static let published = try? Assets.tokenizer.map { try Tokenizer(path: $0) }

  static let small: Tokenizer = {
    let folder = TemporaryFolder()
    let merges = [
      "h e", "s he", "t he", "Ġ he", "h i", "hi m", "hi s", "Ġ his", "s e", "l f", "se lf", "he r", "Ġ s",
      "' s", "a b", "Ġ ab", ". Ċ", "Ċ Ċ", "â Ģ", "âĢ ľ",
    ]
    try! TinyTokenizer.write(folder.file("tokenizer.json"), merges: merges, longestRun: 24)
    return try! Tokenizer(path: folder.file("tokenizer.json"))
  }()

  static let tokenizers = [small] + (published.map { [$0] } ?? [])

  static let feminine = try! RulePack.load(path: Assets.root + "/rules/pronouns-m2f.yaml")

  static let neutral = pack(
    """
      - {id: he, from: he, to: they, clitics: ["'s", "'d"]}
      - {id: him, from: him, to: them}
      - {id: his, from: his, to: "their own"}
      - {id: himself, from: himself, to: themself}
      - {id: hes, from: "he's", to: they are}
      - {id: he-isnt, from: "he isn't", to: "they aren't"}
    """)

  /// Replacements that change how the text around them is split.
  static let unruly = pack(
    """
      - {id: he, from: he, to: "she or he"}
      - {id: him, from: him, to: x}
      - {id: his, from: his, to: "s"}
      - {id: himself, from: himself, to: "'"}
      - {id: she, from: she, to: "t'"}
      - {id: friend, from: friend, to: "foe–ab"}
      - {id: hes, from: "he's", to: he}
    """)

  static let packs = [feminine, neutral, unruly]

  static func pack(_ lexicon: String, header: String = "") -> RulePack {
    let folder = TemporaryFolder()
    let text = "schema: 1\npack: p\nversion: 1.0.0\n\(header)lexicon:\n\(lexicon)\n"
    try! Data(text.utf8).write(to: URL(filePath: folder.file("pack.yaml")))
    return try! RulePack.load(path: folder.file("pack.yaml"))
  }

  static let pieces = [
    "he", " he", "He", " him", " his", " himself", "himself", "\nhimself", "\n'he", "'he", " 'he", "\n\"he", "“he”",
    "he's",
    " he’s", "'he's", "''he", "'him'", "\n\n", "\n", "\t", " ", "  ", "   ", String(repeating: " ", count: 23),
    String(repeating: " ", count: 24), "\n  ", " \n", "\u{A0}", "\u{3000}", "中", "中he", " he中", "。he。", "ё", "é", "22",
    "1he",
    ".", ",", "...", "'", "_he_", "(he)", "-", " and", " said", "the", " she", "ab", "aba", "\u{1F600}",
    "\u{1F468}\u{200D}\u{1F469}",
    "he\u{301}", " friend", " friend friend", "<|", "|>", "<|endof", "text", " he himself", "he he he", "s", "t", "'s",
    "'t", " he isn't", " he isn’t", " he\nisn't", " he \nisn’t", " He isn’t",
  ]

  /// Tokens of a document of random pieces; special tokens stand in a few.
  static func document(
    _ tokenizer: Tokenizer, _ encoder: Encoder, upTo count: Int, _ generator: inout SeededGenerator
  ) throws -> [UInt32] {
    var tokens: [UInt32] = []
    for part in 0..<Int.random(in: 1...3, using: &generator) {
      if part > 0 {
        tokens += [UInt32](
          repeating: Bool.random(using: &generator) ? 0 : 1, count: .random(in: 1...2, using: &generator))
      }
      var text = ""
      for _ in 0..<Int.random(in: 0...count, using: &generator) { text += pieces.randomElement(using: &generator)! }
      tokens += try encoder.encode(Array(text.utf8))
    }
    return Bool.random(using: &generator) ? tokens + [0] : tokens
  }

  /// The same text in tokens that no tokenizer would choose: some are split in two that the vocabulary has, or in bytes.
  static func disorder(_ tokens: [UInt32], _ tokenizer: Tokenizer, _ generator: inout SeededGenerator) -> [UInt32] {
    tokens.flatMap { token -> [UInt32] in
      let bytes = Array(tokenizer.bytes(of: token))
      guard !tokenizer.isSpecial(token), bytes.count > 1, Int.random(in: 0..<6, using: &generator) == 0 else {
        return [token]
      }
      return bytes.map { singles[tokenizer.name]![Int($0)]! }
    }
  }

  /// The tokens of one byte.
  private static let singles = Dictionary(
    uniqueKeysWithValues: tokenizers.map { tokenizer in
      var ids = [UInt32?](repeating: nil, count: 256)
      for id in 0..<UInt32(tokenizer.vocabularySize) where tokenizer.bytes(of: id).count == 1 {
        ids[Int(tokenizer.bytes(of: id)[0])] = id
      }
      return (tokenizer.name, ids)
    })

  static func base(
    _ tokenizer: Tokenizer, items: Int, upTo count: Int, disordered: Bool = false, _ generator: inout SeededGenerator
  ) throws -> MemoryBase {
    let encoder = Encoder(tokenizer)
    var base = MemoryBase(datasets: [[], []])
    for index in 0..<items {
      var tokens = try document(tokenizer, encoder, upTo: count, &generator)
      if disordered { tokens = disorder(tokens, tokenizer, &generator) }
      if !tokens.isEmpty { base.datasets[index * 2 / items].append(tokens) }
    }
    return base
  }

  /// Documents in which most text has no form in it.
  static func sparseBase(_ tokenizer: Tokenizer, items: Int, _ generator: inout SeededGenerator) throws -> MemoryBase {
    let encoder = Encoder(tokenizer)
    var base = MemoryBase(datasets: [[]])
    for _ in 0..<items {
      var text = ""
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        for _ in 0..<Int.random(in: 0...300, using: &generator) { text += fillers.randomElement(using: &generator)! }
        for _ in 0..<Int.random(in: 1...4, using: &generator) { text += pieces.randomElement(using: &generator)! }
      }
      base.datasets[0].append(try encoder.encode(Array(text.utf8)) + [0])
    }
    return base
  }

  private static let fillers = [
    " and", " ab", " the", " of", ".", ",", "\n", "\n\n", " 22", "é", " — ", " `", "`", " <b>", "中", "    ", " aba",
  ]
}
