import CPrefetch

/// The slots of a ``MergeTable``: of 8 bytes where ids and ranks have 16 bits, else of 16.
struct MergeSlots {
  private struct Wide {
    /// Left id in the upper, right id in the lower half; all ones in a free slot, which no two ids make.
    var pair: UInt64
    var merge: MergeTable.Merge
  }

  /// Left id, right id, rank and product, from the top; all ones in a free slot, which ranks do not reach.
  private typealias Narrow = UInt64

  private let memory: UnsafeMutableRawPointer
  private let isNarrow: Bool
  private let mask: Int

  /// Bytes that 2^bits slots take.
  static func size(bits: Int, isNarrow: Bool) -> Int {
    (isNarrow ? MemoryLayout<Narrow>.stride : MemoryLayout<Wide>.stride) << bits
  }

  /// Whether ids and ranks of a file have 16 bits.
  static func isNarrow(_ file: TokenizerFile) -> Bool {
    file.merges.count < 0xFFFF && file.vocabulary.allSatisfy { $0.id <= 0xFFFF }
  }

  /// Free slots in memory of their size.
  init(_ memory: UnsafeMutableRawPointer, bits: Int, isNarrow: Bool) {
    self.memory = memory
    mask = 1 << bits - 1
    self.isNarrow = isNarrow
    if isNarrow {
      memory.initializeMemory(as: Narrow.self, repeating: .max, count: 1 << bits)
    } else {
      memory.initializeMemory(as: Wide.self, repeating: Wide(pair: .max, merge: .none), count: 1 << bits)
    }
  }

  @inline(__always)
  private var narrow: UnsafeMutablePointer<Narrow> { memory.assumingMemoryBound(to: Narrow.self) }
  @inline(__always)
  private var wide: UnsafeMutablePointer<Wide> { memory.assumingMemoryBound(to: Wide.self) }

  /// Puts a merge into the first free slot from `home` on.
  func insert(_ left: UInt32, _ right: UInt32, _ merge: MergeTable.Merge, at home: Int) {
    var place = home
    if isNarrow {
      while narrow[place] != .max { place = (place + 1) & mask }
      narrow[place] = UInt64(left) << 48 | UInt64(right) << 32 | UInt64(merge.rank) << 16 | UInt64(merge.product)
    } else {
      while wide[place].pair != .max { place = (place + 1) & mask }
      wide[place] = Wide(pair: UInt64(left) << 32 | UInt64(right), merge: merge)
    }
  }

  /// The merge of two tokens, looked for from `home` on; `.none` if there is none.
  @inline(__always)
  func find(_ left: UInt32, _ right: UInt32, from home: Int) -> MergeTable.Merge {
    var place = home
    if isNarrow {
      let pair = UInt64(left) << 16 | UInt64(right)
      while true {
        let slot = narrow[place]
        if slot >> 32 == pair {
          return MergeTable.Merge(
            rank: UInt32(truncatingIfNeeded: slot >> 16) & 0xFFFF, product: UInt32(truncatingIfNeeded: slot) & 0xFFFF)
        }
        if slot == .max { return .none }
        place = (place &+ 1) & mask
      }
    }
    let pair = UInt64(left) << 32 | UInt64(right)
    while true {
      let slot = wide[place]
      if slot.pair == pair { return slot.merge }
      if slot.pair == .max { return .none }
      place = (place &+ 1) & mask
    }
  }

  @inline(__always)
  func prefetch(_ home: Int) { tiresias_prefetch(memory + home &* (isNarrow ? 8 : 16)) }
}
