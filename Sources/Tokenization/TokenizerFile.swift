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
    let members = try node.members()
    var seen = Set<UInt32>(minimumCapacity: members.count)
    let entries = try members.map { spelling, node in
      let id = UInt32(try node.int(in: 0...idLimit - 1))
      if !seen.insert(id).inserted { throw node.inconsistent("id \(id) belongs to another token too") }
      if spelling.isEmpty { throw node.inconsistent("the empty token") }
      return (spelling, id)
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

  /// Hands over a merge's two sides, from `"a b"` or `["a", "b"]`.
  private static func withSides<Result>(
    of value: JSONValue, _ place: () -> JSONNode,
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let (text, middle) = try joined(value, place)
    guard let (end, start) = middle, end > 0, start < text.count else {
      throw place().inconsistent("a merge has two sides, as \"a b\" or [\"a\", \"b\"]")
    }
    return try text.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[..<end]), UnsafeRawBufferPointer(rebasing: $0[start...]))
    }
  }

  /// Both sides in one, and where the first ends and the second starts; nil if there are not two.
  private static func joined(
    _ value: JSONValue, _ place: () -> JSONNode
  ) throws -> (text: Spelling, middle: (end: Int, start: Int)?) {
    guard case .string(let string) = value else {
      let sides = try place().elements().map { Array(try $0.string().utf8) }
      return (sides.flatMap { $0 }, sides.count == 2 ? (sides[0].count, sides[0].count) : nil)
    }
    let text = Array(string.utf8)
    let space = UInt8(ascii: " ")
    guard let middle = text.firstIndex(of: space), !text[(middle + 1)...].contains(space) else { return (text, nil) }
    return (text, (middle, middle + 1))
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
