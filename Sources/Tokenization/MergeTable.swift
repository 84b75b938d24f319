import CPrefetch

/// Which two tokens merge, into what, and in which order. Open addressing in one block of memory.
///
/// Memory decides how fast it is: pairs come at random, and few lines of it stay near. So there is a bit for each hash, by which
/// most pairs that do not merge are known, and slots are as small as ids allow, in huge pages.
final class MergeTable: @unchecked Sendable {  // immutable after init
  /// A merge's place in the file, and what it makes.
  struct Merge {
    let rank: UInt32
    let product: UInt32
    /// No merge: worse than any rank.
    static let none = Merge(rank: .max, product: 0)
  }

  /// Stands for a missing id.
  static let noID = UInt32.max

  /// The id of each single byte; `noID` only for the 13 bytes that no UTF-8 text holds.
  let byteIDs: [UInt32]
  /// The merge of each two bytes: most looks of a merge are the first ones, for which no hash is needed.
  private let byteMerges: UnsafeMutablePointer<Merge>
  /// A bit for each hash of a pair that merges.
  private let filter: UnsafeMutablePointer<UInt64>
  private let slots: MergeSlots
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
    // At most half full; a filter of at least one word.
    let needed = max(file.merges.count * 2 + 1, 16)
    let bits = needed.bitWidth - needed.leadingZeroBitCount
    let isNarrow = MergeSlots.isNarrow(file)
    let slotsSize = MergeSlots.size(bits: bits, isNarrow: isNarrow)
    let filterSize = 1 << (bits + Self.filterBits) / 8
    memory = LargeMemory(size: slotsSize + filterSize + MemoryLayout<Merge>.stride << 16)
    slots = MergeSlots(memory.start, bits: bits, isNarrow: isNarrow)
    filter = (memory.start + slotsSize).bindMemory(to: UInt64.self, capacity: filterSize / 8)
    byteMerges = (memory.start + slotsSize + filterSize).bindMemory(to: Merge.self, capacity: 1 << 16)
    shift = UInt64(64 - bits)
    fill(file)
  }

  private static let filterBits = 2

  private func fill(_ file: TokenizerFile) {
    for (rank, merge) in file.merges.enumerated() {
      let hash = hash(merge.left, merge.right)
      let bit = hash >> (shift - UInt64(Self.filterBits))
      filter[Int(bit >> 6)] |= 1 << (bit & 63)
      slots.insert(merge.left, merge.right, Merge(rank: UInt32(rank), product: merge.product), at: Int(hash >> shift))
    }
    byteMerges.initialize(repeating: .none, count: 1 << 16)
    for left in 0..<256 where byteIDs[left] != Self.noID {
      for right in 0..<256 where byteIDs[right] != Self.noID {
        byteMerges[left << 8 | right] = merge(byteIDs[left], byteIDs[right])
      }
    }
  }

  @inline(__always)
  private func hash(_ left: UInt32, _ right: UInt32) -> UInt64 {
    (UInt64(left) << 32 | UInt64(right)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// False for most pairs that do not merge.
  @inline(__always)
  private func mayMerge(_ hash: UInt64) -> Bool {
    let bit = hash &>> (shift &- UInt64(Self.filterBits))
    return filter[Int(truncatingIfNeeded: bit &>> 6)] &>> (bit & 63) & 1 != 0
  }

  /// The merge of two tokens, or `.none`.
  @inline(__always)
  func merge(_ left: UInt32, _ right: UInt32) -> Merge {
    let hash = hash(left, right)
    if !mayMerge(hash) { return .none }
    return slots.find(left, right, from: Int(truncatingIfNeeded: hash &>> shift))
  }

  /// Brings near where ``merge(_:_:)`` of two tokens will look.
  @inline(__always)
  func prefetch(_ left: UInt32, _ right: UInt32) {
    let hash = hash(left, right)
    if mayMerge(hash) { slots.prefetch(Int(truncatingIfNeeded: hash &>> shift)) }
  }

  /// The merge of two bytes' tokens.
  @inline(__always)
  func merge(_ left: UInt8, _ right: UInt8) -> Merge { byteMerges[Int(left) &<< 8 | Int(right)] }
}
