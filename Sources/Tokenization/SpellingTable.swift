import Glibc

/// Ids by spelling, compared byte by byte: `String` would call different spellings equal.
///
/// Open addressing over one block of bytes, with the standard library's seeded hash: a file from a stranger cannot choose its
/// collisions.
struct SpellingTable {
  private var bytes: [UInt8] = []
  /// Where each spelling begins; one more than there are.
  private var starts: [Int] = [0]
  /// All ids, in the vocabulary's order.
  let values: [UInt32]
  /// Index of a spelling plus one; 0 is empty. At most half full.
  private var slots: [UInt32]

  /// Spellings are distinct.
  init(_ vocabulary: [(spelling: String, id: UInt32)]) {
    var size = 16
    while size < vocabulary.count * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    values = vocabulary.map(\.id)
    starts.reserveCapacity(vocabulary.count + 1)
    for (index, entry) in vocabulary.enumerated() {
      bytes.append(contentsOf: entry.spelling.utf8)
      starts.append(bytes.count)
      let slot = bytes.withUnsafeBytes { self.slot(of: UnsafeRawBufferPointer(rebasing: $0[starts[index]...])) }
      slots[slot] = UInt32(index + 1)
    }
  }

  var count: Int { values.count }

  /// The id of a spelling, or nil.
  func id(of spelling: UnsafeRawBufferPointer) -> UInt32? {
    let index = slots[slot(of: spelling)]
    return index == 0 ? nil : values[Int(index) - 1]
  }

  func id(of spelling: [UInt8]) -> UInt32? { spelling.withUnsafeBytes(id(of:)) }

  /// Where a spelling is, or would be.
  private func slot(of spelling: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: spelling)
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] != 0, !holds(Int(slots[slot]) - 1, spelling) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func holds(_ index: Int, _ spelling: UnsafeRawBufferPointer) -> Bool {
    guard starts[index + 1] - starts[index] == spelling.count, let other = spelling.baseAddress else { return false }
    return bytes.withUnsafeBytes { memcmp($0.baseAddress! + starts[index], other, spelling.count) } == 0
  }
}
