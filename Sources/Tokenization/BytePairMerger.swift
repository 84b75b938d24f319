/// Byte-pair encoding of one pre-token: merges the pair of lowest rank, the leftmost of equals, until none is left.
struct BytePairMerger: ~Copyable {
  /// Up to this many bytes a scan for the best pair beats a heap.
  private static let shortLimit = 64
  private let merges: MergeTable
  private let ids: UnsafeMutablePointer<UInt32>
  private let pending: UnsafeMutablePointer<MergeTable.Merge>

  init(_ merges: MergeTable) {
    self.merges = merges
    ids = .allocate(capacity: Self.shortLimit)
    pending = .allocate(capacity: Self.shortLimit)
  }

  deinit {
    ids.deallocate()
    pending.deallocate()
  }

  /// Appends the ids of `bytes`, leaving out bytes that have no token. O(n²) with a small factor up to 64 bytes, O(n log n) beyond.
  func merge(_ bytes: UnsafeBufferPointer<UInt8>, into result: inout [UInt32]) {
    if bytes.count <= Self.shortLimit {
      let count = mergeShort(bytes)
      result.append(contentsOf: UnsafeBufferPointer(start: ids, count: count))
    } else {
      var long = LongMerge(merges, bytes)
      long.run()
      long.append(to: &result)
    }
  }

  /// Leaves the ids in `ids` and returns how many.
  private func mergeShort(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in bytes where merges.byteIDs[Int(byte)] != MergeTable.noID {
      ids[count] = merges.byteIDs[Int(byte)]
      count += 1
    }
    for index in 0..<max(0, count - 1) { pending[index] = merges.merge(ids[index], ids[index + 1]) }
    while count > 1 {
      var best = 0
      for index in 1..<count - 1 where pending[index].rank < pending[best].rank { best = index }
      if pending[best].rank == .max { break }
      apply(best, &count)
    }
    return count
  }

  /// Merges the pair at `index`, closes the gap, and looks up the two pairs that changed.
  @inline(__always)
  private func apply(_ index: Int, _ count: inout Int) {
    ids[index] = pending[index].product
    count -= 1
    (ids + index + 1).update(from: ids + index + 2, count: count - index - 1)
    if index + 1 < count {
      (pending + index + 1).update(from: pending + index + 2, count: count - index - 2)
      pending[index] = merges.merge(ids[index], ids[index + 1])
    }
    if index > 0 { pending[index - 1] = merges.merge(ids[index - 1], ids[index]) }
  }
}
