import StructuredText

/// What a `tokenizer.json` says, after everything in it has been checked to be something this code does.
struct TokenizerFile {
  typealias Spelling = [UInt8]

  let name: String
  let normalizes: Bool
  let addedTokens: [AddedToken]
  /// The model's tokens as the file spells them, in its order; ids are unique, spellings too.
  let vocabulary: [(spelling: String, id: UInt32)]
  let ids: SpellingTable
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
    ids = SpellingTable(vocabulary)
    merges = try Self.merges(model.member("merges"), ids)
    addedTokens = try AddedTokenList.read(root, ids)
  }

  private static func vocabulary(_ node: JSONNode) throws -> [(spelling: String, id: UInt32)] {
    var entries: [(spelling: String, id: UInt32)] = []
    var seen: [Bool] = []
    try node.forEachMember { spelling, value, place in
      guard case .integer(let id) = value, id >= 0, id < idLimit else {
        return _ = try place().int(in: 0...idLimit - 1)
      }
      if id >= seen.count {
        seen.append(contentsOf: repeatElement(false, count: max(Int(id) + 1, 2 * seen.count) - seen.count))
      }
      if seen[Int(id)] { throw place().inconsistent("id \(id) belongs to another token too") }
      if spelling.isEmpty { throw place().inconsistent("the empty token") }
      seen[Int(id)] = true
      entries.append((spelling, UInt32(id)))
    }
    return entries
  }

  private static func merges(
    _ node: JSONNode, _ ids: SpellingTable
  ) throws -> [(left: UInt32, right: UInt32, product: UInt32)] {
    var seen = Set<UInt64>(minimumCapacity: ids.count)
    var product: Spelling = []
    var merges: [(left: UInt32, right: UInt32, product: UInt32)] = []
    try node.forEachElement { value, place in
      let merge = try withSides(of: value, place) { left, right in
        product.removeAll(keepingCapacity: true)
        product.append(contentsOf: left)
        product.append(contentsOf: right)
        return try product.withUnsafeBytes {
          (left: try id(left, ids, place), right: try id(right, ids, place), product: try id($0, ids, place))
        }
      }
      if !seen.insert(UInt64(merge.left) << 32 | UInt64(merge.right)).inserted {
        throw place().inconsistent("this merge stands twice")
      }
      merges.append(merge)
    }
    return merges
  }

  private static func id(
    _ spelling: UnsafeRawBufferPointer, _ ids: SpellingTable, _ place: () -> JSONNode
  ) throws -> UInt32 {
    if let id = ids.id(of: spelling) { return id }
    throw place().inconsistent("'\(String(decoding: spelling, as: UTF8.self))' is not in the vocabulary")
  }

  private typealias Sides<Result> = (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Result

  /// Hands over a merge's two sides, from `"a b"` or `["a", "b"]`.
  private static func withSides<Result>(
    of value: JSONValue, _ place: () -> JSONNode, _ body: Sides<Result>
  ) throws -> Result {
    guard case .string(var text) = value else {
      let sides = try place().elements().map { Array(try $0.string().utf8) }
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { throw hasOtherSides(place()) }
      return try sides[0].withUnsafeBytes { left in try sides[1].withUnsafeBytes { try body(left, $0) } }
    }
    return try text.withUTF8 { text in
      let (bytes, space) = (UnsafeRawBufferPointer(text), UInt8(ascii: " "))
      guard let middle = bytes.firstIndex(of: space), middle > 0, middle < bytes.count - 1,
        !bytes[(middle + 1)...].contains(space)
      else { throw hasOtherSides(place()) }
      return try body(
        UnsafeRawBufferPointer(rebasing: bytes[..<middle]), UnsafeRawBufferPointer(rebasing: bytes[(middle + 1)...]))
    }
  }

  private static func hasOtherSides(_ merge: JSONNode) -> TokenizerFailure {
    merge.inconsistent("a merge has two sides, as \"a b\" or [\"a\", \"b\"]")
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
