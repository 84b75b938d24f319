import UnicodeText

@testable import Tokenization

/// The obvious way: added tokens by trying all at each place, the pattern alternative by alternative on scalars, merges by
/// looking for the best pair again and again.
struct SlowTokenizer {
  let file: TokenizerFile
  private let ranks: [[UInt32]: Int]

  init(_ json: [UInt8]) throws {
    file = try TokenizerFile(json: json, name: "slow")
    ranks = Dictionary(uniqueKeysWithValues: file.merges.enumerated().map { ([$1.left, $1.right], $0) })
  }

  /// Pre-tokens with the id of those that are added tokens.
  func preTokens(_ text: [UInt8]) throws -> [(bytes: [UInt8], id: UInt32?)] {
    try split(text, file.addedTokens.filter { !$0.isNormalized }).flatMap { piece, id in
      if id != nil { return [(piece, id)] }
      return split(try normalized(piece), file.addedTokens.filter(\.isNormalized)).flatMap { piece, id in
        id != nil ? [(piece, id)] : words(piece).map { ($0, nil) }
      }
    }
  }

  func encode(_ text: [UInt8]) throws -> [UInt32] {
    try preTokens(text).flatMap { bytes, id in id.map { [$0] } ?? merge(bytes) }
  }

  private func normalized(_ text: [UInt8]) throws -> [UInt8] {
    if !file.normalizes { return text }
    var result: [UInt8] = []
    try text.withUnsafeBufferPointer { try Normalization.shared().normalize($0, into: &result) }
    return result
  }

  private func split(_ text: [UInt8], _ tokens: [AddedToken]) -> [([UInt8], UInt32?)] {
    var pieces: [([UInt8], UInt32?)] = []
    var (start, place) = (0, 0)
    while place < text.count {
      let found = tokens.filter { text[place...].starts(with: $0.content) }.max { $0.content.count < $1.content.count }
      if let found {
        if place > start { pieces.append((Array(text[start..<place]), nil)) }
        pieces.append((found.content, found.id))
        place += found.content.count
        start = place
      } else {
        place += 1
      }
    }
    if place > start { pieces.append((Array(text[start...]), nil)) }
    return pieces
  }

  private func words(_ text: [UInt8]) -> [[UInt8]] {
    var rest = String(decoding: text, as: UTF8.self).unicodeScalars.map { $0 }[...]
    var words: [[UInt8]] = []
    while !rest.isEmpty {
      let length = matchLength(rest)
      var word = String.UnicodeScalarView()
      word.append(contentsOf: rest.prefix(length))
      words.append(Array(String(word).utf8))
      rest = rest.dropFirst(length)
    }
    return words
  }

  private func matchLength(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    for contraction in ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"] where text.starts(with: contraction.unicodeScalars)
    {
      return contraction.count
    }
    for wanted in [CharacterClass.letter, .number, .other] {
      let lead = text.first == " " ? 1 : 0
      let run = text.dropFirst(lead).prefix { CharacterClass.of($0.value) == wanted }.count
      if run > 0 { return lead + run }
    }
    let spaces = text.prefix { CharacterClass.of($0.value) == .space }.count
    return spaces > 1 && spaces < text.count ? spaces - 1 : spaces
  }

  private func merge(_ bytes: [UInt8]) -> [UInt32] {
    var ids = bytes.compactMap { file.ids.id(of: ByteAlphabet.spelling(of: $0)) }
    while let best = ids.indices.dropLast().filter({ ranks[[ids[$0], ids[$0 + 1]]] != nil }).min(by: {
      (ranks[[ids[$0], ids[$0 + 1]]]!, $0) < (ranks[[ids[$1], ids[$1 + 1]]]!, $1)
    }) {
      ids.replaceSubrange(best...best + 1, with: [file.merges[ranks[[ids[best], ids[best + 1]]]!].product])
    }
    return ids
  }
}
