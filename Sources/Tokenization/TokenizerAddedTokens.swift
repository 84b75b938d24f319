extension Tokenizer {
  /// The special token with this content, if the file has one. O(vocabulary): ask once.
  public func specialToken(_ content: String) -> UInt32? {
    let content = Array(content.utf8)
    return (0..<UInt32(vocabularySize)).first { isSpecial($0) && bytes(of: $0).elementsEqual(content) }
  }

  /// Bytes of the longest added token: how far beyond a pre-token's end text can decide where it ends. O(vocabulary).
  public var longestAddedToken: Int {
    (0..<UInt32(vocabularySize)).reduce(0) { isAdded($1) ? max($0, bytes(of: $1).count) : $0 }
  }
}
