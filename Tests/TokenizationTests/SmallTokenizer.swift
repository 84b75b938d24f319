import StructuredText

@testable import Tokenization

/// SplitMix64: the same numbers on every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// A tokenizer file to vary: all bytes, merges at random, and what added tokens a test wants.
struct SmallTokenizer {
  struct Added {
    let content: String
    var special = false
    var normalized = false
  }

  static let runs = (2...24).map { Added(content: String(repeating: " ", count: $0), normalized: true) }
  static let endOfText = Added(content: "<|endoftext|>", special: true)

  /// Like 20B, GPT-2, and nothing on earth.
  static let neoX = SmallTokenizer(added: [endOfText, Added(content: "<|padding|>", special: true)] + runs)
  static let gpt2 = SmallTokenizer(
    added: [Added(content: "<|endoftext|>", special: true, normalized: true)], normalizer: .null)
  static let odd = SmallTokenizer(
    added: [
      Added(content: "he"), Added(content: " s", normalized: true), Added(content: "\n\n"),
      Added(content: "   ", normalized: true),
      Added(content: "'s", normalized: true), Added(content: "<|end", normalized: true), Added(content: "a b"),
      Added(content: "aba", normalized: true), Added(content: "1\u{3000}2"), Added(content: "é.", normalized: true),
      endOfText,
    ])
  /// Runs of spaces, and a raw token that takes a space from them.
  static let spaced = SmallTokenizer(added: [endOfText, Added(content: " s"), Added(content: "b ")] + runs)
  /// A vocabulary with an id that does not fit 16 bits.
  static let wide = SmallTokenizer(added: [endOfText] + runs, hasLargeID: true)
  static let all = [neoX, gpt2, odd, spaced, wide]

  var added: [Added]
  var normalizer: JSONValue = ["type": "NFC"]
  var pairMerges = false
  var hasLargeID = false

  /// Merges in random order of rank: all ways to make up to four letters `a` and `b`, where pairs compete at every place,
  /// and random ones among the characters of the tests' texts.
  private static let merges: [(String, String)] = {
    var generator = SplitMix(seed: 99)
    var tokens = "abehrst'.,12Ġ<|>ndoxf".unicodeScalars.map { String($0) } + ["Ċ", "Ã", "©"]
    var merges = denseMerges
    var seen = Set(merges.map { $0.0 + " " + $0.1 })
    while merges.count < 300 {
      let (left, right) = (tokens.randomElement(using: &generator)!, tokens.randomElement(using: &generator)!)
      guard left.count + right.count <= 6, seen.insert(left + " " + right).inserted else { continue }
      merges.append((left, right))
      if !tokens.contains(left + right) { tokens.append(left + right) }
    }
    return merges.shuffled(using: &generator)
  }()

  private static var denseMerges: [(String, String)] {
    var words = ["a", "b"]
    for word in words + ["aa", "ab", "ba", "bb"] + ["aaa", "aab", "aba", "abb", "baa", "bab", "bba", "bbb"]
    where word.count < 4 {
      words += [word + "a", word + "b"]
    }
    return words.flatMap { word in
      (1..<max(1, word.count)).map { (String(word.prefix($0)), String(word.dropFirst($0))) }
    }
  }

  var document: JSONValue {
    var spellings = (0..<256).map { String(decoding: ByteAlphabet.spelling(of: UInt8($0)), as: UTF8.self) }
    for (left, right) in Self.merges where !spellings.contains(left + right) { spellings.append(left + right) }
    var vocabulary = spellings.enumerated().map { JSONMember($1, .integer(Int64($0))) }
    if hasLargeID { vocabulary.append(JSONMember("zzzz", 70_000)) }
    var next = vocabulary.count
    let tokens: [JSONValue] = added.map { token in
      let id = spellings.firstIndex(of: token.content)
      defer { if id == nil { next += 1 } }
      return [
        "id": .integer(Int64(id ?? next)), "content": .string(token.content), "single_word": false, "lstrip": false,
        "rstrip": false, "normalized": .bool(token.normalized), "special": .bool(token.special),
      ]
    }
    return [
      "version": "1.0", "truncation": nil, "padding": nil, "added_tokens": .array(tokens), "normalizer": normalizer,
      "pre_tokenizer": ["type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true], "post_processor": nil,
      "decoder": ["type": "ByteLevel"],
      "model": [
        "type": "BPE", "dropout": nil, "unk_token": nil, "fuse_unk": false, "vocab": .object(vocabulary),
        "merges": .array(
          Self.merges.map { pairMerges ? [.string($0.0), .string($0.1)] : .string($0.0 + " " + $0.1) }),
      ],
    ]
  }

  func json() throws -> [UInt8] { try document.serialized() }

  func tokenizer() throws -> Tokenizer { try Tokenizer(json: json(), name: "small.json") }
}
