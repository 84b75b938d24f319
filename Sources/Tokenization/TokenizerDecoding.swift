extension Tokenizer {
  /// Appends the tokens' bytes one after another. An id without a token is an error with its index.
  ///
  /// Exact and reversible: the bytes may be no UTF-8 where a character is cut. `skipSpecial` leaves special tokens out.
  public func decode(
    _ ids: UnsafeBufferPointer<UInt32>, skipSpecial: Bool = false, into bytes: inout [UInt8]
  ) throws {
    for (index, id) in ids.enumerated() {
      guard contains(id) else {
        throw TokenizerFailure(
          .unknownID, name: name, offset: index,
          reason: "id \(id) at index \(index) is no token; the greatest is \(vocabularySize - 1)")
      }
      if skipSpecial && isSpecial(id) { continue }
      bytes.append(contentsOf: self.bytes(of: id))
    }
  }

  /// The text of ids as `tokenizers` 0.23.3 gives it: special tokens left out on request, each maximal part of an invalid
  /// UTF-8 sequence replaced by one U+FFFD.
  public func decodedText(_ ids: UnsafeBufferPointer<UInt32>, skipSpecial: Bool) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, id) in ids.enumerated() {
      if let odd = vocabulary.decodedBytes(of: id), !(skipSpecial && isSpecial(id)) {
        bytes += odd
      } else {
        try decode(UnsafeBufferPointer(rebasing: ids[index...index]), skipSpecial: skipSpecial, into: &bytes)
      }
    }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
  }
}

extension Tokenizer {
  /// Decodes a run of ids to bytes, and says where each begins: `starts` has one offset more than there are ids.
  ///
  /// Returns the index of the first id that is no token, with nothing decoded; nil if all are. Some GB/s.
  public func decodeRun(_ ids: [UInt32], into bytes: inout [UInt8], starts: inout [Int]) -> Int? {
    ids.withUnsafeBufferPointer { vocabulary.decode($0, into: &bytes, starts: &starts) }
  }
}
