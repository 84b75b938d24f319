import Intervention

/// Sequences drawn by a keyed hash, so that they are spread over a window and everybody draws the same ones.
enum KeyedDraw {
  /// Those with the smallest hashes, smallest first: a shorter draw is the beginning of a longer one. 20 ns a sequence.
  static func of(_ count: Int, from sequences: some Sequence<Int>) -> [Int] {
    var kept: [(hash: UInt64, sequence: Int)] = []
    for sequence in sequences {
      let hash = KeyedHash.of(0, UInt64(sequence))
      guard kept.count < count || hash < kept.last?.hash ?? 0 else { continue }
      let place = kept.partitioningIndex { $0.hash > hash }
      kept.insert((hash, sequence), at: place)
      if kept.count > count { kept.removeLast() }
    }
    return kept.map(\.sequence)
  }
}

extension Array {
  /// The first index whose element fulfils a condition that holds from some place on.
  fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
