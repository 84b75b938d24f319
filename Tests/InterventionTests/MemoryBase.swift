import Intervention

/// A base of tokens in memory.
struct MemoryBase: BaseTokens {
  var datasets: [[[UInt32]]]
  var itemsAreCut = false

  func size(dataset: Int, item: Int) -> Int { datasets[dataset][item].count }

  func copy(dataset: Int, item: Int, offset: Int, count: Int, into tokens: UnsafeMutablePointer<UInt32>) {
    for (index, token) in datasets[dataset][item][offset..<(offset + count)].enumerated() { tokens[index] = token }
  }

  func withStored<Result>(
    dataset: Int, item: Int, offset: Int, count: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result
  ) -> Result? {
    let tokens = datasets[dataset][item][offset..<(offset + count)]
    guard tokens.allSatisfy({ $0 <= UInt16.max }) else { return nil }
    return tokens.map { UInt16($0) }.withUnsafeBufferPointer(body)
  }

  /// All items one after another, cut at random into spans; now and then a run of spans of one token.
  func spans(_ generator: inout some RandomNumberGenerator, upTo longest: Int) -> [Span] {
    var spans: [Span] = []
    for dataset in datasets.indices {
      for item in datasets[dataset].indices {
        var offset = 0
        let limit = Int.random(in: 0..<8, using: &generator) == 0 ? 1 : longest
        while offset < size(dataset: dataset, item: item) {
          let rest = size(dataset: dataset, item: item) - offset
          let count = min(rest, Int.random(in: 1...limit, using: &generator))
          spans.append(Span(dataset: dataset, item: item, offset: offset, count: count))
          offset += count
        }
      }
    }
    return spans
  }

  /// All items one after another as samples of `length` tokens; a rest that fills none is left out.
  func samples(of length: Int) -> [[Span]] {
    var samples: [[Span]] = [[]]
    var missing = length
    for dataset in datasets.indices {
      for item in datasets[dataset].indices {
        var offset = 0
        while offset < size(dataset: dataset, item: item) {
          let count = min(missing, size(dataset: dataset, item: item) - offset)
          samples[samples.count - 1].append(Span(dataset: dataset, item: item, offset: offset, count: count))
          offset += count
          missing -= count
          if missing == 0 {
            samples.append([])
            missing = length
          }
        }
      }
    }
    return samples.dropLast()
  }
}
