import Foundation
import TestSupport
import TokenDataset
import TrainingOrder

/// The training order as specified, in the plainest way: whole arrays, one number at a time.
struct SlowTwin {
  var epochs = 1
  var documents: [Int]
  var rows: [(position: Int, offset: Int)] = [(0, 0)]
  var shuffle: [Int] = []

  init(sizes: [Int], documents: Range<Int>, samples: Int, length: Int, seed: UInt32) {
    let tokens = documents.reduce(0) { $0 + sizes[$1] }
    while (epochs * tokens - 1) / length < samples { epochs += 1 }
    let random = NumPyRandom(seed: seed)
    let all = (0..<epochs).flatMap { _ in Array(documents) }
    self.documents = slowlyShuffled(all.count, random).map { all[$0] }
    var (position, offset) = (0, 0)
    for _ in 0..<(epochs * tokens - 1) / length {
      var remaining = length + 1
      while remaining != 0 {
        let left = sizes[self.documents[position]] - offset
        remaining -= left
        if remaining <= 0 {
          offset += remaining + left - 1
          remaining = 0
        } else {
          position += 1
          offset = 0
        }
      }
      rows.append((position, offset))
    }
    shuffle = slowlyShuffled(rows.count - 1, random)
  }

  /// The tokens of a row, from all shuffled documents joined.
  func tokens(row: Int, _ items: [[UInt32]], length: Int) -> [UInt32] {
    var stream = documents[rows[row].position...].lazy.flatMap { items[$0] }.dropFirst(rows[row].offset).makeIterator()
    return (0...length).map { _ in stream.next()! }
  }
}

/// The blend as specified, for the first `count` samples.
func slowBlend(_ weights: [Double], count: Int) -> [(Int, Int)] {
  let sum = weights.reduce(0, +)
  var counts = [Int](repeating: 0, count: weights.count)
  return (0..<count).map { index in
    let errors = weights.indices.map { weights[$0] / sum * max(Double(index), 1) - Double(counts[$0]) }
    let best = errors.firstIndex(of: errors.max()!)!
    counts[best] += 1
    return (best, counts[best] - 1)
  }
}

extension TemporaryFolder {
  /// Writes items and opens them.
  func dataset(_ name: String = "data", items: [[UInt32]], type: TokenType = .uint16) throws -> TokenDataset {
    let writer = try TokenDatasetWriter(file(name), type: type)
    for item in items { try writer.append(item) }
    try writer.finish()
    return try TokenDataset(prefix: file(name))
  }

  /// Documents of these lengths with tokens that are all different.
  func dataset(_ name: String = "data", sizes: [Int], first: UInt32 = 0) throws -> TokenDataset {
    var next = first
    let items = sizes.map { size in
      (0..<size).map { _ in
        defer { next += 1 }
        return next
      }
    }
    return try dataset(name, items: items, type: .int32)
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
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

extension SampleSource {
  /// The tokens of a position, whatever their stored type.
  func ids(_ q: Int) throws -> [UInt32] {
    let width = tokenType.byteCount
    var bytes = [UInt8](repeating: 0, count: (sequenceLength + 1) * width)
    try copyBytes(ofSequence: q, into: &bytes)
    return (0...sequenceLength).map { place in
      (0..<width).reduce(0) { $0 | UInt32(bytes[place * width + $1]) << UInt32(8 * $1) }
    }
  }
}
