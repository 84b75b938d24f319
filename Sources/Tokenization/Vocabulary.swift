import CPrefetch

/// Each id's bytes, in one block of memory.
final class Vocabulary: @unchecked Sendable {  // immutable after init
  /// One more than the greatest id.
  let size: Int
  private let storage: UnsafeMutableBufferPointer<UInt8>
  /// Where each id's bytes start in `storage`; one more entry than ids.
  private let starts: [UInt32]
  /// Each id's bytes and, in the last byte, how many they are: one look for all but long tokens.
  private let packed: UnsafeMutablePointer<Packed>
  private let packedMemory: LargeMemory
  private let flags: [Flags]
  let joins: ByteJoins
  /// What the reference's decoder makes of a few added tokens; see ``decodedBytes(of:)``.
  private let decoded: [UInt32: [UInt8]]

  private struct Packed {
    var low: UInt64
    /// The last eight bytes; the highest is the length.
    var high: UInt64

    init(_ token: UnsafeBufferPointer<UInt8>) {
      (low, high) = (0, UInt64(token.count < wideCopy ? UInt8(token.count) : long) << 56)
      for (index, byte) in token.prefix(wideCopy - 1).enumerated() {
        if index < 8 {
          low |= UInt64(byte) << UInt64(8 * index)
        } else {
          high |= UInt64(byte) << UInt64(8 * index - 64)
        }
      }
    }
  }

  private struct Flags: OptionSet {
    let rawValue: UInt8
    static let present = Flags(rawValue: 1)
    static let special = Flags(rawValue: 2)
    static let added = Flags(rawValue: 4)
  }

  init(_ file: TokenizerFile) throws {
    let greatest = max(file.vocabulary.map(\.id).max() ?? 0, file.addedTokens.map(\.id).max() ?? 0)
    size = Int(greatest) + 1
    var tokens = TokenBytes(count: size)
    var flags = [Flags](repeating: [], count: size)
    for (spelling, id) in file.vocabulary {
      tokens.set(id) { ByteAlphabet.append(bytesOf: spelling, to: &$0) }
      flags[Int(id)] = .present
    }
    joins = tokens.joins()
    var decoded: [UInt32: [UInt8]] = [:]
    for token in file.addedTokens {
      tokens.set(token.id) { $0 += token.content }
      flags[Int(token.id)] = token.isSpecial ? [.present, .special, .added] : [.present, .added]
      let asSpelling = ByteAlphabet.bytes(of: String(decoding: token.content, as: UTF8.self))
      if asSpelling != token.content { decoded[token.id] = asSpelling }
    }
    self.flags = flags
    self.decoded = decoded
    (storage, starts) = tokens.joined()
    packedMemory = LargeMemory(size: max(1, size) * MemoryLayout<Packed>.stride)
    packed = packedMemory.start.bindMemory(to: Packed.self, capacity: size)
    for id in 0..<size { packed[id] = Packed(bytes(of: UInt32(id))) }
  }

  deinit { storage.deallocate() }

  /// Bytes that ``decode(_:into:starts:)`` copies at once.
  private static let wideCopy = 16
  /// In place of a length: the token has more bytes than are packed.
  private static let long: UInt8 = .max

  /// Decodes a run of ids. Most tokens are copied as 16 bytes, whatever their length.
  ///
  /// `starts` gets each token's offset and the end. Returns the index of the first id that has no bytes, or nil.
  func decode(_ ids: UnsafeBufferPointer<UInt32>, into bytes: inout [UInt8], starts offsets: inout [Int]) -> Int? {
    // Room for text of any usual kind; where it does not do, what is missing is known then.
    var room = ids.count * 8 + Self.wideCopy
    while true {
      if let count = decode(ids, into: &bytes, starts: &offsets, room: room) { return count < ids.count ? count : nil }
      room = ids.reduce(Self.wideCopy) { $0 + self.bytes(of: $1).count }
    }
  }

  /// Decodes up to the first id without bytes; returns how many that are, or nil if the text needs more than `room` bytes,
  /// those of a wide copy behind it included.
  private func decode(
    _ ids: UnsafeBufferPointer<UInt32>, into bytes: inout [UInt8], starts offsets: inout [Int], room: Int
  ) -> Int? {
    var position = 0
    var index = 0
    var isFull = false
    let spare = offsets.count - ids.count - 1
    if spare > 0 { offsets.removeLast(spare) } else { offsets.append(contentsOf: repeatElement(0, count: -spare)) }
    let (packed, size) = (packed, UInt32(truncatingIfNeeded: size))
    bytes = [UInt8](unsafeUninitializedCapacity: room) { bytes, count in
      let target = UnsafeMutableRawPointer(bytes.baseAddress!)
      offsets.withUnsafeMutableBufferPointer { offsets in
        while index < ids.count, ids[index] < size {
          // The table is larger than the nearest caches. Further ahead gains no more.
          if index &+ 16 < ids.count { tiresias_prefetch(packed + Int(ids[index &+ 16])) }
          let entry = packed[Int(ids[index])]
          var length = Int(entry.high &>> 56)
          if length == 0 { break }
          if length == Self.long { length = self.bytes(of: ids[index]).count }
          if position &+ length &+ Self.wideCopy > room {
            isFull = true
            break
          }
          offsets[index] = position
          if length < Self.wideCopy {
            // What follows the token's bytes is overwritten by the next token.
            (target + position).storeBytes(of: entry.low.littleEndian, as: UInt64.self)
            (target + position + 8).storeBytes(of: entry.high.littleEndian, as: UInt64.self)
          } else {
            (target + position).copyMemory(from: self.bytes(of: ids[index]).baseAddress!, byteCount: length)
          }
          position &+= length
          index &+= 1
        }
        offsets[index] = position
      }
      count = position
    }
    return isFull ? nil : index
  }

  func contains(_ id: UInt32) -> Bool { id < size && flags[Int(id)].contains(.present) }
  func isSpecial(_ id: UInt32) -> Bool { id < size && flags[Int(id)].contains(.special) }
  func isAdded(_ id: UInt32) -> Bool { id < size && flags[Int(id)].contains(.added) }

  func bytes(of id: UInt32) -> UnsafeBufferPointer<UInt8> {
    guard id < size else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(rebasing: storage[Int(starts[Int(id)])..<Int(starts[Int(id) + 1])])
  }

  /// What the reference's decoder gives for an added token whose content is not ASCII but spelt in the byte alphabet
  /// only: it reads it as a spelling, so that `é` decodes to the byte 0xE9. Nil for all other tokens.
  func decodedBytes(of id: UInt32) -> [UInt8]? {
    decoded.isEmpty ? nil : decoded[id]
  }
}

/// Each id's bytes while they are gathered, in any order.
private struct TokenBytes {
  private var bytes: [UInt8] = []
  private var ranges: [Range<Int>]

  init(count: Int) { ranges = [Range<Int>](repeating: 0..<0, count: count) }

  /// Gives an id the bytes that `append` appends, in place of those it had.
  mutating func set(_ id: UInt32, _ append: (inout [UInt8]) -> Void) {
    let start = bytes.count
    append(&bytes)
    ranges[Int(id)] = start..<bytes.count
  }

  func joins() -> ByteJoins {
    var joins = ByteJoins()
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges { joins.insert(UnsafeBufferPointer(rebasing: bytes[range])) }
    }
    return joins
  }

  /// The bytes in the order of the ids, and where each id's start; one more entry than ids.
  func joined() -> (UnsafeMutableBufferPointer<UInt8>, [UInt32]) {
    // The file's size limit keeps the sum far below 2^32.
    let storage = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: ranges.reduce(0) { $0 + $1.count })
    var (starts, end): ([UInt32], Int) = ([0], 0)
    starts.reserveCapacity(ranges.count + 1)
    bytes.withUnsafeBufferPointer { bytes in
      for range in ranges {
        _ = UnsafeMutableBufferPointer(rebasing: storage[end..<(end + range.count)]).initialize(from: bytes[range])
        end += range.count
        starts.append(UInt32(end))
      }
    }
    return (storage, starts)
  }
}
