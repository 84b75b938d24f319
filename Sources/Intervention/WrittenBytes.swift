import SwapRules

/// What proposals write: bytes of a rule pack, or bytes of their own where the text has other white space or apostrophes.
final class WrittenBytes {
  private var owned: [UnsafeMutableBufferPointer<UInt8>] = []

  deinit { removeAll() }

  /// Forgets the bytes that belong to no pack.
  func removeAll() {
    for bytes in owned { bytes.deallocate() }
    owned.removeAll(keepingCapacity: true)
  }

  /// Valid until ``removeAll()``, and as long as the pack is.
  func bytes(
    of slice: ByteSlice, for candidate: Candidate, in text: SegmentText, _ pack: RulePack
  ) -> UnsafeBufferPointer<UInt8> {
    guard pack.isAdapted(candidate, in: text) else { return pack.bytes(of: slice) }
    let replacement = pack.replacement(of: candidate, in: text)
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: replacement.count)
    _ = bytes.initialize(from: replacement)
    owned.append(bytes)
    return UnsafeBufferPointer(bytes)
  }
}
