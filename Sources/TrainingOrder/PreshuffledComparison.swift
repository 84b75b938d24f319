import TokenDataset

extension RunOrder {
  /// The first of some positions at which a preshuffled set does not hold what this order shows; nil if there is none.
  ///
  /// For those who have both: what the order knows of documents then holds for the set too. Reads L + 1 tokens of each for a
  /// position.
  public func firstDifference(
    from preshuffled: TokenDataset, at positions: some Sequence<Int>
  ) throws -> Int? {
    var ids = [UInt32](repeating: 0, count: sequenceLength + 1)
    for q in positions {
      guard q < preshuffled.itemCount, preshuffled.size(of: q) == ids.count else { return q }
      try ids.withUnsafeMutableBufferPointer { try copyTokens(ofSequence: q, into: $0.baseAddress!) }
      if try preshuffled.tokens(of: q) != ids { return q }
    }
    return nil
  }
}
