import StructuredText
import UnicodeText

/// Byte-level BPE the obvious way, straight out of tokenizer.json: added tokens by trying all at each place, the pattern
/// alternative by alternative on scalars, merges by looking for the best pair again and again. It shares with the encoder what
/// the Unicode tables say, and nothing else.
struct SlowEncoder {
  private struct Added {
    let content: [UInt8]
    let id: UInt32
    let isNormalized: Bool
  }

  private let byteIDs: [UInt32?]
  private let merges: [UInt64: (rank: Int, product: UInt32)]
  private let added: [Added]
  private let normalizes: Bool

  init(_ json: [UInt8], name: String) throws {
    let root = try JSONNode.parse(json, name: name)
    let model = try root.member("model")
    var ids: [[UInt8]: UInt32] = [:]
    for (spelling, node) in try model.member("vocab").members() { ids[Array(spelling.utf8)] = UInt32(try node.int()) }
    var merges: [UInt64: (rank: Int, product: UInt32)] = [:]
    for (rank, node) in try model.member("merges").elements().enumerated() {
      let sides = Array(try node.string().utf8).split(separator: UInt8(ascii: " ")).map { Array($0) }
      guard sides.count == 2, let left = ids[sides[0]], let right = ids[sides[1]], let both = ids[sides[0] + sides[1]]
      else { throw node.failure("no merge of the vocabulary") }
      merges[UInt64(left) << 32 | UInt64(right)] = (rank, both)
    }
    self.merges = merges
    byteIDs = Self.alphabet.map { ids[Array(String(Character($0)).utf8)] }
    added = try root.member("added_tokens").elements().map {
      Added(
        content: Array(try $0.member("content").string().utf8), id: UInt32(try $0.member("id").int()),
        isNormalized: try $0.member("normalized").bool())
    }
    normalizes = try !root.member("normalizer").isNull
  }

  /// GPT-2's characters for bytes.
  private static let alphabet: [Unicode.Scalar] = {
    let plain = Array(33...126) + Array(161...172) + Array(174...255)
    var next: UInt32 = 255
    return (0..<256).map { byte in
      if plain.contains(byte) { return Unicode.Scalar(UInt8(byte)) }
      next += 1
      return Unicode.Scalar(next)!
    }
  }()

  /// The contents of added tokens, for texts to hold.
  var addedContents: [[UInt8]] { added.map(\.content) }

  /// Nil for text that is no UTF-8.
  func encode(_ text: [UInt8]) throws -> [UInt32]? {
    if String(validating: text, as: UTF8.self) == nil { return nil }
    return try split(text, added.filter { !$0.isNormalized }).flatMap { piece, id -> [UInt32] in
      if let id { return [id] }
      return split(try normalized(piece), added.filter(\.isNormalized)).flatMap { piece, id in
        id.map { [$0] } ?? words(piece).flatMap(merge)
      }
    }
  }

  func normalized(_ text: [UInt8]) throws -> [UInt8] {
    if !normalizes { return text }
    var result: [UInt8] = []
    try text.withUnsafeBufferPointer { try Normalization.shared().normalize($0, into: &result) }
    return result
  }

  private func split(_ text: [UInt8], _ tokens: [Added]) -> [([UInt8], UInt32?)] {
    var pieces: [([UInt8], UInt32?)] = []
    var (start, place) = (0, 0)
    while place < text.count {
      let fitting = tokens.filter { text[place...].starts(with: $0.content) }
      guard let found = fitting.max(by: { $0.content.count < $1.content.count }) else {
        place += 1
        continue
      }
      if place > start { pieces.append((Array(text[start..<place]), nil)) }
      pieces.append((found.content, found.id))
      place += found.content.count
      start = place
    }
    if place > start { pieces.append((Array(text[start...]), nil)) }
    return pieces
  }

  private func words(_ text: [UInt8]) -> [[UInt8]] {
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    var words: [[UInt8]] = []
    var start = 0
    while start < scalars.count {
      let end = start + matchLength(scalars[start...])
      var word = String.UnicodeScalarView()
      word.append(contentsOf: scalars[start..<end])
      words.append(Array(String(word).utf8))
      start = end
    }
    return words
  }

  private func matchLength(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    for contraction in ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"] where text.starts(with: contraction.unicodeScalars)
    {
      return contraction.unicodeScalars.count
    }
    let lead = text.first == " " ? 1 : 0
    for wanted in [CharacterClass.letter, .number, .other] {
      let run = text.dropFirst(lead).prefix { CharacterClass.of($0.value) == wanted }.count
      if run > 0 { return lead + run }
    }
    let spaces = text.prefix { CharacterClass.of($0.value) == .space }.count
    return spaces > 1 && spaces < text.count ? spaces - 1 : spaces
  }

  private func merge(_ bytes: [UInt8]) -> [UInt32] {
    var ids = bytes.compactMap { byteIDs[Int($0)] }
    while true {
      var best: (rank: Int, product: UInt32, index: Int)?
      for index in ids.indices.dropLast() {
        guard let merge = merges[UInt64(ids[index]) << 32 | UInt64(ids[index + 1])] else { continue }
        if merge.rank < best?.rank ?? .max { best = (merge.rank, merge.product, index) }
      }
      guard let best else { return ids }
      ids.replaceSubrange(best.index...best.index + 1, with: [best.product])
    }
  }
}
