import ByteIO
import TokenDataset

extension FuzzTarget {
  /// `.idx`, beside a `.bin` of 64 bytes.
  static let index = FuzzTarget("idx", seeds: TokenType.allCases.map(smallIndex)) { folder in
    let index = try InputOfFile(folder, "data.idx")
    try InputOfFile(folder, "data.bin").fill([UInt8](0..<64))
    return { bytes in
      try index.fill(bytes)
      let check = try DatasetCheck(prefix: folder + "/data")
      let dataset = try TokenDataset(prefix: folder + "/data")
      _ = try DatasetStatistics(dataset)
      for item in 0..<min(dataset.itemCount, 1000) {
        dataset.willNeed(item: item, offset: 1, count: 2)
        let tokens = try? dataset.tokens(of: item)
        if check.isSound && ![.int8, .int16, .int32, .int64].contains(dataset.tokenType) {
          try Disagreement.check(
            tokens?.count == dataset.size(of: item), "a sound index leads to its tokens: item \(item)")
        }
      }
    }
  }

  /// Two items of two tokens and one document mark each.
  private static func smallIndex(_ type: TokenType) -> [UInt8] {
    func number(_ value: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [UInt8](utf8: "MMIDIDX\u{0}\u{0}") + number(1, 8) + [type.rawValue] + number(2, 8) + number(3, 8)
      + number(2, 4) + number(2, 4) + number(0, 8) + number(2 * type.byteCount, 8) + number(0, 8) + number(1, 8)
      + number(2, 8)
  }

  /// `.npy`.
  static let array = FuzzTarget(
    "npy",
    seeds: [("<i4", "(2,)", 8), ("|u1", "(2, 3)", 6), ("<i8", "()", 8), ("<u2", "(0, 9)", 0)].map(smallArray)
  ) { folder in
    let file = try InputOfFile(folder, "array.npy")
    return { bytes in
      try file.fill(bytes)
      let size = try NPYFile.expectedSize(bytes, file.path)
      let array = try NPYFile(file.path)
      try Disagreement.check(size == bytes.count, "a file that is read has the size that its head asks for")
      try Disagreement.check(array.shape.reduce(1, *) == array.count, "the shape has all elements: \(array.shape)")
      _ = array.bytes.reduce(0) { $0 ^ $1 }
    }
  }

  private static func smallArray(_ type: String, _ shape: String, _ size: Int) -> [UInt8] {
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    let padding = 64 - (11 + text.utf8.count) % 64
    let length = text.utf8.count + padding + 1
    return [0x93] + [UInt8](utf8: "NUMPY") + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + [UInt8](utf8: text)
      + [UInt8](repeating: 0x20, count: padding) + [0x0A] + [UInt8](repeating: 1, count: size)
  }

  /// `shard_hashes.txt`.
  static let hashList = FuzzTarget(
    "hash-list",
    seeds: [
      [UInt8](
        utf8: "a-00000-of-00001.bin \(String(repeating: "0a", count: 32))\n\(String(repeating: "F", count: 64)) *b\n")
    ]
  ) { folder in
    let file = try InputOfFile(folder, "hashes.txt")
    return { bytes in
      try file.fill(bytes)
      let list = try HashList(path: file.path)
      try file.fill([UInt8](utf8: list.entries.map { $0.line + "\n" }.joined()))
      // A star before a name is a mark of sha256sum.
      guard !list.entries.contains(where: { $0.name.hasPrefix("*") }) else { return }
      try Disagreement.check(
        try HashList(path: file.path) == list, "a list that is written is read again: \(list.entries)")
    }
  }
}
