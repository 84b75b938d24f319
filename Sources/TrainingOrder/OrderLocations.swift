extension RunOrder {
  /// Calls `body` with each position of `range`, its data set and row of sample_idx (of a preshuffled set: its item).
  ///
  /// The same as ``location(of:)`` for each, but a blend is walked, not looked up: some nanoseconds a position.
  public func forEachLocation(
    in range: Range<Int>, _ body: (_ position: Int, _ dataset: Int, _ row: Int) throws -> Void
  ) throws {
    guard range.isEmpty || (positions.contains(range.lowerBound) && range.upperBound <= positions.upperBound) else {
      throw OrderFailure(.range, "sequences", "\(range) are not all in the order, which has \(positions)")
    }
    guard let blend else {
      for position in range { try body(position, 0, row(ofSample: position, dataset: 0)) }
      return
    }
    try blend.forEach(in: range) { position, set, sample in
      try body(position, set, row(ofSample: sample, dataset: set))
    }
  }
}

extension BlendWindow {
  /// Each position with its data set and which of the set's samples it is. They must be in ``range``.
  func forEach(
    in positions: Range<Int>, _ body: (_ position: Int, _ dataset: Int, _ sample: Int) throws -> Void
  ) throws {
    guard !positions.isEmpty else { return }
    var counts = counts(before: positions.lowerBound)
    for position in positions {
      let set = Int(choices[position - range.lowerBound])
      try body(position, set, counts[set])
      counts[set] += 1
    }
  }

  /// How many samples of each set come before a position in ``range``.
  private func counts(before position: Int) -> [Int] {
    let index = position - range.lowerBound
    let start = index / Self.stretch * Self.stretch
    let mark = start / Self.stretch * setCount
    var counts = Array(marks[mark..<mark + setCount])
    for choice in choices[start..<index] { counts[Int(choice)] += 1 }
    return counts
  }
}
