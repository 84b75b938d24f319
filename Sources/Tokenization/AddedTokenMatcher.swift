/// Finds added tokens in text: the leftmost, and of those that start there the longest.
///
/// A trie in three flat arrays, each node knowing its first child and next sibling: cheap to make for any file.
struct AddedTokenMatcher: Sendable {
  struct Match: Equatable {
    let start: Int
    let end: Int
    let id: UInt32
  }

  private struct Node {
    let byte: UInt8
    /// Indices of nodes; 0, the root, for none.
    var child: UInt32 = 0
    var sibling: UInt32 = 0
    /// The token that ends here, or `.max`.
    var id: UInt32 = .max
  }

  private var nodes = [Node(byte: 0)]
  /// For each byte whether a token starts with it.
  private(set) var firstBytes = ByteSet()
  let isEmpty: Bool

  init(_ tokens: [AddedToken]) {
    isEmpty = tokens.isEmpty
    for token in tokens {
      firstBytes.insert(token.content[0])
      insert(token)
    }
  }

  private mutating func insert(_ token: AddedToken) {
    var node = 0
    for byte in token.content {
      if let next = child(of: node, byte) {
        node = next
      } else {
        nodes.append(Node(byte: byte, sibling: nodes[node].child))
        nodes[node].child = UInt32(nodes.count - 1)
        node = nodes.count - 1
      }
    }
    nodes[node].id = token.id
  }

  private func child(of node: Int, _ byte: UInt8) -> Int? {
    var next = Int(nodes[node].child)
    while next != 0 && nodes[next].byte != byte { next = Int(nodes[next].sibling) }
    return next == 0 ? nil : next
  }

  /// The longest token that starts at `position` and ends at or before `end`.
  func match(in text: UnsafeBufferPointer<UInt8>, at position: Int, end: Int) -> Match? {
    guard position < end, firstBytes.contains(text[position]) else { return nil }
    var found: Match?
    var (node, place) = (0, position)
    while place < end, let next = child(of: node, text[place]) {
      node = next
      place += 1
      if nodes[node].id != .max { found = Match(start: position, end: place, id: nodes[node].id) }
    }
    return found
  }

  /// The first match that starts from `start` on and before `limit`, and ends at or before `end`. Where all tokens begin
  /// with one byte, as `<` in most files, at the speed of `memchr`.
  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int, to limit: Int, end: Int) -> Match? {
    var position = start
    while let candidate = firstBytes.first(in: text, from: position, to: limit) {
      if let match = match(in: text, at: candidate, end: end) { return match }
      position = candidate + 1
    }
    return nil
  }
}
