/// Byte-pair encoding of one pre-token: merges the pair of lowest rank, the leftmost of equals, until none is left.
struct BytePairMerger: ~Copyable {
  /// Up to this many bytes a scan for the best pair beats a heap.
  private static let shortLimit = 64
  private let merges: MergeTable
  private let ids: UnsafeMutablePointer<UInt32>
  /// For each pair of neighbours its merge.
  private let ranks: UnsafeMutablePointer<UInt32>
  private let products: UnsafeMutablePointer<UInt32>

  init(_ merges: MergeTable) {
    self.merges = merges
    ids = .allocate(capacity: Self.shortLimit)
    ranks = .allocate(capacity: Self.shortLimit)
    products = .allocate(capacity: Self.shortLimit)
  }

  deinit {
    ids.deallocate()
    ranks.deallocate()
    products.deallocate()
  }

  /// Hands over the ids of `bytes`, leaving out bytes that have no token. O(n²) with a small factor up to 64 bytes,
  /// O(n log n) beyond.
  @inline(__always)
  func merge(_ bytes: UnsafeBufferPointer<UInt8>, _ use: (UnsafeBufferPointer<UInt32>) -> Void) {
    if bytes.count <= Self.shortLimit, let count = mergeShort(bytes) {
      use(UnsafeBufferPointer(start: ids, count: count))
    } else {
      mergeLong(bytes).withUnsafeBufferPointer(use)
    }
  }

  private func mergeLong(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var merge = LongMerge(merges, bytes)
    merge.run()
    return merge.result()
  }

  /// Leaves the ids in `ids` and returns how many; nil if a byte has no token.
  private func mergeShort(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var count = bytes.count
    for index in 0..<count {
      ids[index] = merges.byteIDs[Int(bytes[index])]
      if ids[index] == MergeTable.noID { return nil }
    }
    for index in 0..<max(0, count &- 1) { setPair(index, merges.merge(bytes[index], bytes[index &+ 1]), count) }
    while count > 1 {
      var (best, rank) = (0, ranks[0])
      for index in 1..<count &- 1 where ranks[index] < rank { (best, rank) = (index, ranks[index]) }
      if rank == .max { break }
      apply(best, &count)
    }
    return count
  }

  @inline(__always)
  private func setPair(_ index: Int, _ merge: MergeTable.Merge, _ count: Int) {
    ranks[index] = merge.rank
    products[index] = merge.product
    if merge.rank == .max { return }
    // What the product will be asked for if its turn comes before its neighbours': memory is slower than all else here.
    if index > 0 { merges.prefetch(ids[index &- 1], merge.product) }
    if index &+ 2 < count { merges.prefetch(merge.product, ids[index &+ 2]) }
  }

  /// Merges the pair at `index`, closes the gap, and looks up the two pairs that changed.
  @inline(__always)
  private func apply(_ index: Int, _ count: inout Int) {
    ids[index] = products[index]
    count &-= 1
    // Moved one by one: they are few.
    var next = index &+ 1
    while next < count {
      ids[next] = ids[next &+ 1]
      ranks[next] = ranks[next &+ 1]
      products[next] = products[next &+ 1]
      next &+= 1
    }
    if index &+ 1 < count { setPair(index, merges.merge(ids[index], ids[index &+ 1]), count) }
    if index > 0 { setPair(index &- 1, merges.merge(ids[index &- 1], ids[index]), count) }
  }
}
