/// Scratch for a batch of pre-tokens.
struct PreTokenBatch<IDs: PackedIDs> {
  /// Pre-tokens whose cache lines are asked for before the first is used.
  static var size: Int { 256 }
  /// A longer pre-token is not encoded into `ids`.
  static var longest: Int { 64 }

  let keys = UnsafeMutablePointer<PreTokenKey>.allocate(capacity: size)
  /// For each pre-token where a cache may have it.
  let lines = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: size)
  /// Room for the ids of a batch, and for one store beyond.
  let ids = UnsafeMutablePointer<IDs.ID>.allocate(capacity: (size + 1) * longest)
  private let converted = UnsafeMutableRawPointer.allocate(byteCount: size * longest * 8, alignment: 16)

  func deallocate() {
    keys.deallocate()
    lines.deallocate()
    ids.deallocate()
    converted.deallocate()
  }

  /// Appends the ids before `end`.
  @inline(__always)
  func append<Output: FixedWidthInteger>(upTo end: UnsafeMutablePointer<IDs.ID>, to result: inout [Output]) {
    let count = end - ids
    if Output.self == IDs.ID.self {
      result.append(
        contentsOf: UnsafeRawBufferPointer(start: ids, count: count * MemoryLayout<Output>.size).bindMemory(
          to: Output.self))
    } else {
      let target = converted.bindMemory(to: Output.self, capacity: count)
      for index in 0..<count { target[index] = Output(truncatingIfNeeded: ids[index]) }
      result.append(contentsOf: UnsafeBufferPointer(start: target, count: count))
    }
  }
}
