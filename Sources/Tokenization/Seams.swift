/// What added tokens can do to the places between characters, whatever text stands around.
struct Seams: Sendable {
  /// For each two bytes whether an added token has them side by side, so that it may span the place between them.
  private var adjacent = [UInt64](repeating: 0, count: 1 << 10)
  /// Bytes that added tokens begin with.
  private(set) var firstBytes = ByteSet()
  /// True if some added token, other than the runs of spaces in the pattern, has white space in it: then what happens
  /// within white space depends on more than white space.
  let disturbSpaces: Bool

  init(_ tokens: [AddedToken]) {
    // Beyond ASCII, white space has one of these lead bytes (U+0085 U+00A0, U+1680, U+2000…U+205F, U+3000).
    let spaceBytes: Set<UInt8> = [9, 10, 11, 12, 13, 32, 0xC2, 0xE1, 0xE2, 0xE3]
    disturbSpaces = tokens.contains { $0.content.contains { spaceBytes.contains($0) } }
    for token in tokens {
      firstBytes.insert(token.content[0])
      for (left, right) in zip(token.content, token.content.dropFirst()) {
        let pair = Int(left) << 8 | Int(right)
        adjacent[pair >> 6] |= 1 << UInt64(pair & 63)
      }
    }
  }

  /// True if an added token may span the place between these bytes.
  func mayJoin(_ left: UInt8, _ right: UInt8) -> Bool {
    let pair = Int(left) << 8 | Int(right)
    return adjacent[pair >> 6] & 1 << UInt64(pair & 63) != 0
  }
}
