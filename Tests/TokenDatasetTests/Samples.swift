import Foundation
import TestSupport
import TokenDataset

/// The bytes of an `.idx`, field by field, so that tests can lie in any of them.
struct RawIndex {
  var magic = Array("MMIDIDX\0\0".utf8)
  var version: UInt64 = 1
  var type: UInt8 = 8
  var itemCount: UInt64?
  var markCount: UInt64?
  var sizes: [Int32] = []
  var pointers: [Int64]?
  var marks: [Int64]?
  var trailing: [UInt8] = []

  var bytes: Data {
    let width = Int64(TokenType(rawValue: type)?.byteCount ?? 2)
    let sums = sizes.reduce(into: [Int64(0)]) { $0.append($0.last! + Int64($1) * width) }
    let marks = marks ?? (0...sizes.count).map(Int64.init)
    var data = magic
    append(version, &data)
    data.append(type)
    append(itemCount ?? UInt64(sizes.count), &data)
    append(markCount ?? UInt64(marks.count), &data)
    for size in sizes { append(size, &data) }
    for pointer in pointers ?? Array(sums.dropLast()) { append(pointer, &data) }
    for mark in marks { append(mark, &data) }
    return Data(data + trailing)
  }

  private func append<T: FixedWidthInteger>(_ value: T, _ data: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
  }
}

extension TemporaryFolder {
  /// Writes `data.idx` and `data.bin`; returns the prefix.
  func dataset(_ index: RawIndex, bin: Data) throws -> String {
    try index.bytes.write(to: URL(filePath: file("data.idx")))
    try bin.write(to: URL(filePath: file("data.bin")))
    return file("data")
  }

  /// Writes items through the writer; returns the prefix.
  func dataset(type: TokenType = .uint16, _ items: [[UInt32]]) throws -> String {
    let writer = try TokenDatasetWriter(file("data"), type: type)
    for item in items { try writer.append(item) }
    try writer.finish()
    return file("data")
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}

/// Random items, some of them empty or of one token.
func randomItems(_ count: Int, longest: Int, maximum: UInt32 = 0xffff, seed: UInt64) -> [[UInt32]] {
  var random = SplitMix(state: seed)
  return (0..<count).map { _ in
    let length = [0, 1, Int(random.next() % UInt64(longest + 1)), Int(random.next() % UInt64(longest + 1))]
      .randomElement(using: &random)!
    return (0..<length).map { _ in UInt32(truncatingIfNeeded: random.next() % (UInt64(maximum) + 1)) }
  }
}

/// A small generator with a seed, so that a failing case can be run again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
