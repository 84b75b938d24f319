/// Pairs by rank, then by place: a binary heap of eight-byte entries.
struct MergeQueue {
  struct Entry: Comparable {
    private let key: UInt64

    init(rank: UInt32, index: UInt32) { key = UInt64(rank) << 32 | UInt64(index) }

    var rank: UInt32 { UInt32(truncatingIfNeeded: key >> 32) }
    var index: UInt32 { UInt32(truncatingIfNeeded: key) }

    static func < (a: Entry, b: Entry) -> Bool { a.key < b.key }
  }

  private var entries: [Entry] = []
  /// How many of `entries`, from the front, form a heap.
  private var ordered = 0

  init(capacity: Int) { entries.reserveCapacity(capacity) }

  /// Adds an entry behind the heap; ``settle()`` or ``order()`` takes it in.
  mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Makes a heap of everything: O(n).
  mutating func order() {
    for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(index) }
    ordered = entries.count
  }

  /// Takes in at most one appended entry: O(log n), O(1) if it is not among the best.
  mutating func settle() {
    guard ordered < entries.count else { return }
    var index = ordered
    let entry = entries[index]
    while index > 0, entry < entries[(index - 1) / 2] {
      entries[index] = entries[(index - 1) / 2]
      index = (index - 1) / 2
    }
    entries[index] = entry
    ordered += 1
  }

  mutating func popFirst() -> Entry? {
    guard let first = entries.first else { return nil }
    let last = entries.removeLast()
    ordered = entries.count
    if !entries.isEmpty {
      entries[0] = last
      sink(0)
    }
    return first
  }

  private mutating func sink(_ start: Int) {
    let entry = entries[start]
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count && entries[child + 1] < entries[child] { child += 1 }
      guard entries[child] < entry else { break }
      entries[index] = entries[child]
      index = child
    }
    entries[index] = entry
  }
}
