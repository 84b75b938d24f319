import StructuredText

/// What a `tokenizer.json` says, after everything in it has been checked to be something this code does.
struct TokenizerFile {
  typealias Spelling = [UInt8]

  let name: String
  let normalizes: Bool
  let addedTokens: [AddedToken]
  /// The model's tokens as the file spells them, in its order; ids are unique, spellings too.
  let vocabulary: [(spelling: String, id: UInt32)]
  /// Spelling to id, by bytes: `String` would call different spellings equal.
  let ids: [Spelling: UInt32]
  /// Left and right side of each merge; rank is the index.
  let merges: [(left: UInt32, right: UInt32, product: UInt32)]

  /// Greater ids are refused: caches keep 24 bits.
  static let idLimit = 1 << 24

  init(json: [UInt8], name: String) throws {
    let root = try JSONNode.parse(json, name: name)
    try TokenizerSettings.check(root)
    self.name = name
    normalizes = try TokenizerSettings.normalizes(root)
    let model = try root.member("model")
    vocabulary = try Self.vocabulary(model.member("vocab"))
    var ids: [Spelling: UInt32] = [:]
    ids.reserveCapacity(vocabulary.count)
    for (spelling, id) in vocabulary { ids[Array(spelling.utf8)] = id }
    self.ids = ids
    merges = try Self.merges(model.member("merges"), ids)
    addedTokens = try AddedTokenList.read(root, ids)
  }

  private static func vocabulary(_ node: JSONNode) throws -> [(spelling: String, id: UInt32)] {
    var seen = Set<UInt32>()
    let entries = try node.members().map { spelling, node in
      let id = UInt32(try node.int(in: 0...idLimit - 1))
      if !seen.insert(id).inserted { throw node.inconsistent("id \(id) belongs to another token too") }
      if spelling.isEmpty { throw node.inconsistent("the empty token") }
      return (spelling, id)
    }
    return entries
  }

  private static func merges(
    _ node: JSONNode, _ ids: [Spelling: UInt32]
  ) throws -> [(left: UInt32, right: UInt32, product: UInt32)] {
    var seen = Set<UInt64>()
    return try node.elements().map { node in
      let (left, right) = try sides(node)
      func id(_ spelling: Spelling) throws -> UInt32 {
        if let id = ids[spelling] { return id }
        throw node.inconsistent("'\(String(decoding: spelling, as: UTF8.self))' is not in the vocabulary")
      }
      let merge = try (left: id(left), right: id(right), product: id(left + right))
      if !seen.insert(UInt64(merge.left) << 32 | UInt64(merge.right)).inserted {
        throw node.inconsistent("this merge stands twice")
      }
      return merge
    }
  }

  /// A merge's two sides, from `"a b"` or `["a", "b"]`.
  private static func sides(_ node: JSONNode) throws -> (left: Spelling, right: Spelling) {
    let parts: [Spelling]
    if case .string(let text) = node.value {
      parts = text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map(Array.init)
    } else {
      parts = try node.elements().map { Array(try $0.string().utf8) }
    }
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw node.inconsistent("a merge has two sides, as \"a b\" or [\"a\", \"b\"]")
    }
    return (parts[0], parts[1])
  }
}

extension JSONNode {
  func inconsistent(_ reason: String) -> TokenizerFailure {
    TokenizerFailure(.inconsistent, name: name, key: path, reason: reason)
  }

  func unsupported(_ reason: String) -> TokenizerFailure {
    TokenizerFailure(.unsupported, name: name, key: path, reason: reason)
  }
}
