import CPrefetch

/// Which two tokens merge, into what, and in which order. Open addressing in one block of memory, in huge pages: seven tenths of
/// the time of a merge were misses of the TLB.
final class MergeTable: @unchecked Sendable {  // immutable after init
  /// A merge's place in the file, and what it makes.
  struct Merge {
    let rank: UInt32
    let product: UInt32
    /// No merge: worse than any rank.
    static let none = Merge(rank: .max, product: 0)
  }

  private struct Slot {
    /// Left id in the upper, right id in the lower half; all ones in a free slot, which no two ids make.
    var pair: UInt64
    var merge: Merge
    static let free = Slot(pair: .max, merge: .none)
  }

  /// Stands for a missing id.
  static let noID = UInt32.max

  /// The id of each single byte; `noID` only for the 13 bytes that no UTF-8 text holds.
  let byteIDs: [UInt32]
  /// The merge of each two bytes: most looks of a merge are the first ones, for which no hash is needed.
  private let byteMerges: UnsafeMutablePointer<Merge>
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int
  private let shift: UInt64
  private let memory: LargeMemory

  init(_ file: TokenizerFile) throws {
    byteIDs = try (0..<256).map { byte in
      if let id = file.ids.id(of: ByteAlphabet.spelling(of: UInt8(byte))) { return id }
      if byte == 0xC0 || byte == 0xC1 || byte > 0xF4 { return Self.noID }
      throw TokenizerFailure(
        .unsupported, name: file.name, key: "model.vocab",
        reason: "no token for byte \(byte); each byte that UTF-8 text can hold needs one")
    }
    // At most half full.
    let bits = (file.merges.count * 2 + 1).bitWidth - (file.merges.count * 2 + 1).leadingZeroBitCount
    memory = LargeMemory(size: MemoryLayout<Slot>.stride << bits + MemoryLayout<Merge>.stride << 16)
    slots = memory.start.bindMemory(to: Slot.self, capacity: 1 << bits)
    slots.initialize(repeating: .free, count: 1 << bits)
    byteMerges = UnsafeMutableRawPointer(slots + (1 << bits)).bindMemory(to: Merge.self, capacity: 1 << 16)
    byteMerges.initialize(repeating: .none, count: 1 << 16)
    mask = 1 << bits - 1
    shift = UInt64(64 - bits)
    for (rank, merge) in file.merges.enumerated() {
      insert(merge.left, merge.right, Merge(rank: UInt32(rank), product: merge.product))
    }
    for left in 0..<256 where byteIDs[left] != Self.noID {
      for right in 0..<256 where byteIDs[right] != Self.noID {
        byteMerges[left << 8 | right] = merge(byteIDs[left], byteIDs[right])
      }
    }
  }

  private func insert(_ left: UInt32, _ right: UInt32, _ merge: Merge) {
    let pair = UInt64(left) << 32 | UInt64(right)
    var place = home(of: pair)
    while slots[place].pair != .max { place = (place + 1) & mask }
    slots[place] = Slot(pair: pair, merge: merge)
  }

  @inline(__always)
  private func home(of pair: UInt64) -> Int { Int(truncatingIfNeeded: (pair &* 0x9E37_79B9_7F4A_7C15) >> shift) }

  /// The merge of two tokens, or `.none`. One cache miss at most, as a rule.
  @inline(__always)
  func merge(_ left: UInt32, _ right: UInt32) -> Merge {
    let pair = UInt64(left) << 32 | UInt64(right)
    var place = home(of: pair)
    while true {
      let slot = slots[place]
      if slot.pair == pair { return slot.merge }
      if slot.pair == .max { return .none }
      place = (place &+ 1) & mask
    }
  }

  /// Brings near where ``merge(_:_:)`` of two tokens will look.
  @inline(__always)
  func prefetch(_ left: UInt32, _ right: UInt32) {
    tiresias_prefetch(slots + home(of: UInt64(left) << 32 | UInt64(right)))
  }

  /// The merge of two bytes' tokens.
  @inline(__always)
  func merge(_ left: UInt8, _ right: UInt8) -> Merge { byteMerges[Int(left) &<< 8 | Int(right)] }
}
