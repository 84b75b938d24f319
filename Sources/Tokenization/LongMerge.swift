/// Byte-pair encoding of a long pre-token: symbols in a linked list, pairs in a heap. O(n log n) time, 24 bytes a byte.
///
/// A pair whose symbols have changed since it was queued is found out when it comes up: its rank is no longer theirs.
struct LongMerge {
  private typealias Index = UInt32
  private static let none = Index.max

  private let merges: MergeTable
  private var ids: [UInt32]
  /// Neighbours in the list; `none` at its ends. A symbol that was merged into its left neighbour has `next` = itself.
  private var previous: [Index]
  private var next: [Index]
  private var queue: MergeQueue

  /// `bytes` must be fewer than 2^32 - 1.
  init(_ merges: MergeTable, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.merges = merges
    ids = bytes.lazy.map { merges.byteIDs[Int($0)] }.filter { $0 != MergeTable.noID }
    let count = ids.count
    previous = (0..<count).map { $0 == 0 ? Self.none : Index($0 - 1) }
    next = (0..<count).map { $0 == count - 1 ? Self.none : Index($0 + 1) }
    queue = MergeQueue(capacity: count)
    for index in 0..<Index(count) { push(index) }
    queue.order()
  }

  /// Queues the pair that starts at a symbol, if it can merge.
  private mutating func push(_ index: Index) {
    let right = next[Int(index)]
    if right == Self.none { return }
    let rank = merges.merge(ids[Int(index)], ids[Int(right)]).rank
    if rank != .max { queue.append(MergeQueue.Entry(rank: rank, index: index)) }
  }

  mutating func run() {
    while let entry = queue.popFirst() {
      let index = entry.index
      let right = next[Int(index)]
      if right == Self.none || right == index { continue }
      let merge = merges.merge(ids[Int(index)], ids[Int(right)])
      if merge.rank == entry.rank { apply(merge, index, right) }
    }
  }

  private mutating func apply(_ merge: MergeTable.Merge, _ index: Index, _ right: Index) {
    let after = next[Int(right)]
    ids[Int(index)] = merge.product
    next[Int(index)] = after
    next[Int(right)] = right
    if after != Self.none { previous[Int(after)] = index }
    push(index)
    queue.settle()
    if previous[Int(index)] != Self.none {
      push(previous[Int(index)])
      queue.settle()
    }
  }

  /// The symbols that are left.
  func result() -> [UInt32] {
    var result: [UInt32] = []
    var index: Index = ids.isEmpty ? Self.none : 0
    while index != Self.none {
      result.append(ids[Int(index)])
      index = next[Int(index)]
    }
    return result
  }
}
