/// Which two bytes stand side by side in some token of a vocabulary. Where they never do, no merge can span the place between
/// them: what stands before and after can be encoded apart, with the same ids.
///
/// That is what makes Chinese fast: its pre-tokens are clauses, each new, but few of its tokens have more than one character.
struct ByteJoins: Sendable {
  private var pairs = [UInt64](repeating: 0, count: 1 << 10)

  /// Of no vocabulary. Bytes that no UTF-8 has may lack a token and are left out then, so that their neighbours meet.
  init() {
    for byte in [0xC0, 0xC1] + Array(0xF5...0xFF) as [UInt8] {
      for other in UInt8.min ... .max {
        insert(byte, other)
        insert(other, byte)
      }
    }
  }

  mutating func insert(_ token: UnsafeBufferPointer<UInt8>) {
    for index in token.indices.dropFirst() { insert(token[index - 1], token[index]) }
  }

  private mutating func insert(_ left: UInt8, _ right: UInt8) {
    pairs[Int(left) << 2 | Int(right >> 6)] |= 1 << (right & 63)
  }

  /// The first place behind `start` where `text` can be cut, or its end.
  func cut(in text: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
    var place = start &+ 1
    while place < text.count {
      let (left, right) = (text[place &- 1], text[place])
      if pairs[Int(left) &<< 2 | Int(right >> 6)] &>> UInt64(right & 63) & 1 == 0 { return place }
      place &+= 1
    }
    return text.count
  }
}
