// What is written, as the text around it is set.
extension RulePack {
  /// The segment's bytes with all replacements made.
  public func applying(_ candidates: [Candidate], to segment: SegmentText) -> [UInt8] {
    var output: [UInt8] = []
    apply(candidates, to: segment, into: &output)
    return output
  }

  /// Appends the segment's bytes with all replacements made. Candidates are in order and apart.
  public func apply(_ candidates: [Candidate], to segment: SegmentText, into output: inout [UInt8]) {
    let room = candidates.reduce(segment.bytes.count) { $0 + Self.mostBytes(of: $1.verdict) }
    // A growing array that is asked for exactly what it needs would be copied at each step.
    if output.capacity - output.count < room, output.capacity > 0 {
      output.reserveCapacity(max(2 * output.capacity, output.count + room))
    }
    output.append(addingCapacity: room) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in
        var output = WrittenText(buffer)
        var position = 0
        for candidate in candidates {
          guard case .replace(let slice) = candidate.verdict else { continue }
          output.append(segment.bytes, position..<candidate.start)
          write(slice, for: candidate, in: segment, to: &output)
          position = candidate.end
        }
        output.append(segment.bytes, position..<segment.bytes.count)
        count = output.count
      }
    }
  }

  /// What a candidate's verdict writes, with the white space and the apostrophes of the text: "he⏎isn’t" becomes
  /// "they⏎aren’t". Empty for a candidate that is kept.
  public func replacement(of candidate: Candidate, in segment: SegmentText) -> [UInt8] {
    guard case .replace(let slice) = candidate.verdict else { return [] }
    let room = candidate.end - candidate.start + Self.mostBytes(of: candidate.verdict)
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var output = WrittenText(buffer)
      write(slice, for: candidate, in: segment, to: &output)
      count = output.count
    }
  }

  /// Whether ``replacement(of:in:)`` may be other than the bytes of the verdict's slice. Looks at the match's bytes once.
  @inline(__always)
  public func isAdapted(_ candidate: Candidate, in segment: SegmentText) -> Bool {
    !isShortWord(candidate, in: segment) && isAdaptedByAll(candidate, in: segment)
  }

  /// True for at most eight ASCII letters, as most matches are; how many nothing can foresee.
  @inline(always)
  private func isShortWord(_ candidate: Candidate, in segment: SegmentText) -> Bool {
    let (count, size) = (candidate.end &- candidate.start, MemoryLayout<UInt64>.size)
    guard count > 0, count <= size, candidate.start >= 0, candidate.start &+ size <= segment.bytes.count,
      let base = UnsafeRawPointer(segment.bytes.baseAddress)
    else { return false }
    let word = base.loadUnaligned(fromByteOffset: candidate.start, as: UInt64.self).littleEndian
    let highs = 0x8080_8080_8080_8080 &>> UInt64(truncatingIfNeeded: (size &- count) &* 8)
    return ~WordScan.letters(word) & highs == 0
  }

  /// ``isAdapted(_:in:)`` without the short way.
  func isAdaptedByAll(_ candidate: Candidate, in segment: SegmentText) -> Bool {
    var before: UInt8 = 0
    for place in candidate.start..<candidate.end {
      let byte = segment.bytes[place]
      if byte == 0x0A || byte == 0xE2 || byte == 0x20 && before == 0x20 { return true }
      before = byte
    }
    return false
  }

  /// Bytes that a verdict writes at most, but for white space, of which the match has as much: ’ for each.
  private static func mostBytes(of verdict: Verdict) -> Int {
    if case .replace(let slice) = verdict { Int(slice.count) * apostrophe.count } else { 0 }
  }

  /// Writes what a verdict says. Its spaces, one by one, become what stands between the words of the candidate; those
  /// that are left over stay spaces. Its apostrophes become ’ if the candidate has one.
  @inline(always)
  private func write(
    _ slice: ByteSlice, for candidate: Candidate, in segment: SegmentText, to output: inout WrittenText
  ) {
    if isAdapted(candidate, in: segment) {
      adapt(slice, to: UnsafeBufferPointer(rebasing: segment.bytes[candidate.start..<candidate.end]), &output)
    } else {
      output.appendWord(tables.text.bytes, Int(slice.offset)..<Int(slice.offset) + Int(slice.count))
    }
  }

  private func adapt(_ slice: ByteSlice, to match: UnsafeBufferPointer<UInt8>, _ output: inout WrittenText) {
    let isTypographic = match.indices.contains { match[$0...].starts(with: Self.apostrophe) }
    var place = 0
    for byte in bytes(of: slice) {
      if byte == 0x27, isTypographic {
        for byte in Self.apostrophe { output.append(byte) }
      } else if byte == 0x20, let gap = match[place...].firstIndex(where: \.isASCIISpace) {
        place = match[gap...].firstIndex { !$0.isASCIISpace } ?? match.endIndex
        output.append(match, gap..<place)
      } else {
        output.append(byte)
      }
    }
  }

  private static let apostrophe: [UInt8] = [0xE2, 0x80, 0x99]
}

/// Bytes written one after the other into memory of which there is enough.
private struct WrittenText {
  private typealias Block = SIMD64<UInt8>

  private let room: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

  @inline(always)
  mutating func append(_ byte: UInt8) {
    precondition(count < room.count)
    room.initializeElement(at: count, to: byte)
    count &+= 1
  }

  /// Most stretches between edits are short: they are written in blocks, the last with what stands behind it in the source,
  /// over which the next are written. How long one is nothing can foresee, so there are two blocks at once.
  @inline(always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !write(bytes, range, as: (Block, Block).self) else { return }
    appendLong(bytes, range)
  }

  /// The same for what is shorter still.
  @inline(always)
  mutating func appendWord(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !write(bytes, range, as: SIMD16<UInt8>.self) else { return }
    appendLong(bytes, range)
  }

  /// Writes a range, and what stands behind it, as one value; false if it is longer, or too near the end of either memory.
  @inline(always)
  private mutating func write<Value: BitwiseCopyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, as type: Value.Type
  ) -> Bool {
    let size = MemoryLayout<Value>.size
    guard range.count <= size, range.lowerBound >= 0, range.lowerBound &+ size <= bytes.count,
      count &+ size <= room.count, let base = bytes.baseAddress, let target = room.baseAddress
    else { return false }
    let value = UnsafeRawPointer(base + range.lowerBound).loadUnaligned(as: type)
    UnsafeMutableRawPointer(target + count).storeBytes(of: value, as: type)
    count &+= range.count
    return true
  }

  private mutating func appendLong(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    precondition(range.count <= room.count &- count && range.lowerBound >= 0 && range.upperBound <= bytes.count)
    guard let base = bytes.baseAddress, let target = room.baseAddress else { return }
    UnsafeMutableRawPointer(target + count).copyMemory(from: base + range.lowerBound, byteCount: range.count)
    count &+= range.count
  }
}
