// What is written, as the text around it is set.
extension RulePack {
  /// What a candidate's verdict writes, with the white space and the apostrophes of the text: "he⏎isn’t" becomes
  /// "they⏎aren’t". Empty for a candidate that is kept.
  public func replacement(of candidate: Candidate, in segment: SegmentText) -> [UInt8] {
    guard case .replace(let slice) = candidate.verdict else { return [] }
    var output: [UInt8] = []
    append(slice, for: candidate, in: segment, to: &output)
    return output
  }

  /// Whether ``replacement(of:in:)`` may be other than the bytes of the verdict's slice. Looks at the match's bytes once.
  public func isAdapted(_ candidate: Candidate, in segment: SegmentText) -> Bool {
    segment.bytes[candidate.start..<candidate.end].contains { $0 == 0x0A || $0 == 0xE2 }
  }

  /// Appends what a verdict writes. Its spaces, one by one, become what stands between the words of the candidate; those
  /// that are left over stay spaces. Its apostrophes become ’ if the candidate has one.
  func append(_ slice: ByteSlice, for candidate: Candidate, in segment: SegmentText, to output: inout [UInt8]) {
    guard isAdapted(candidate, in: segment) else { return output.append(contentsOf: bytes(of: slice)) }
    let match = segment.bytes[candidate.start..<candidate.end]
    let isTypographic = match.indices.contains { match[$0...].starts(with: Self.apostrophe) }
    var place = match.startIndex
    for byte in bytes(of: slice) {
      if byte == 0x27, isTypographic {
        output.append(contentsOf: Self.apostrophe)
      } else if byte == 0x20, let gap = match[place...].firstIndex(where: \.isASCIISpace) {
        place = match[gap...].firstIndex { !$0.isASCIISpace } ?? match.endIndex
        output.append(contentsOf: match[gap..<place])
      } else {
        output.append(byte)
      }
    }
  }

  private static let apostrophe: [UInt8] = [0xE2, 0x80, 0x99]
}
