/// Ids of pre-tokens seen before: of up to 15 bytes that make no more ids than ``PackedIDs`` hold.
///
/// Entries of 32 bytes, two to a cache line: a key is looked for in one line, and takes the place of the older of the
/// two there. What is in it changes the speed and never the result.
final class PreTokenCache<IDs: PackedIDs> {
  struct Entry: BitwiseCopyable {
    var key: PreTokenKey
    var ids: IDs
  }

  /// Where the entries are. A struct, so that the loop that looks into it holds it in registers.
  struct Table {
    fileprivate let entries: UnsafeMutablePointer<Entry>
    fileprivate let shift: UInt64
  }

  let table: Table
  private let memory: LargeMemory

  /// A cache of `size` lines of 64 bytes, rounded up to a power of two.
  init(lines size: Int) {
    var bits = 1
    while 1 << bits < size { bits += 1 }
    memory = LargeMemory(size: (2 << bits) * MemoryLayout<Entry>.stride)
    table = Table(
      entries: memory.start.bindMemory(to: Entry.self, capacity: 2 << bits), shift: UInt64(64 - bits))
  }
}

extension PreTokenCache.Table {
  /// The first of the two entries where a key may be.
  @inline(__always)
  func line(of key: PreTokenKey) -> UnsafeMutablePointer<PreTokenCache.Entry> {
    entries + Int(truncatingIfNeeded: key.hash &>> shift) &* 2
  }

  /// Whether the second entry of a line has a key; it is the first then, which is where one looks.
  @inline(__always)
  func promote(_ key: PreTokenKey, in line: UnsafeMutablePointer<PreTokenCache.Entry>) -> Bool {
    if line[1].key != key { return false }
    (line[0], line[1]) = (line[1], line[0])
    return true
  }

  /// Puts ids into a line as its second entry, which leaves: most pre-tokens are seen once and never again.
  func insert(_ key: PreTokenKey, _ ids: IDs, into line: UnsafeMutablePointer<PreTokenCache.Entry>) {
    line[line[0].key.isNone ? 0 : 1] = PreTokenCache.Entry(key: key, ids: ids)
  }
}
