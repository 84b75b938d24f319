import CBytes

// The short way through a passage: words of ASCII letters, 64 bytes at a time.
extension TextView {
  private static let block = 64
  /// A word's letters are taken from the eight bytes before its end.
  private static let lead = 8

  /// Reads back over words and what stands between them for as long as all of it is ASCII, as ``readWordBack(_:_:)`` does one
  /// by one. May read nothing.
  func readPlainWordsBack(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    let first = reading.position - Self.block
    guard let base = bytes.baseAddress, first - Self.lead >= lower, reading.gaps + Self.block < Self.foreignGaps else {
      return
    }
    let letters = tiresias_letters(base + first)
    let lineFeeds = tiresias_equal(base + first, 0x0A)
    let quotes = tiresias_equal(base + first, 0x22)
    // What touches a byte that is no text, or the block's beginning, may go on there.
    let floor = Self.block - tiresias_no_text(base + first).leadingZeroBitCount
    var unread = Self.block
    while reading.words < Self.foreignWords, !evidence.isEnglish {
      let end = Self.block - (letters & Self.bits(below: unread)).leadingZeroBitCount
      guard end > floor else { return }
      let start = Self.block - (~letters & Self.bits(below: end)).leadingZeroBitCount
      guard start > floor, end - start <= Self.longestWord else { return }
      let gap = Self.bits(below: unread) ^ Self.bits(below: end)
      if reading.lines + (lineFeeds & gap).nonzeroBitCount > 1 { return reading.hasEnded = true }
      if quotes & gap != 0 { evidence.leaveQuotation() }
      reading.gaps += unread - end
      if end - start < Self.lead {
        let word = PackedWord(at: UnsafeRawPointer(base + first + end - Self.lead), count: end - start)
        add(word, first + start, first + end, isNear: reading.isNear, to: &evidence)
      }
      unread = start
      reading.pass(wordTo: first + start)
    }
  }

  /// The same ahead, as ``readWordAhead(_:_:)`` does.
  func readPlainWordsAhead(_ reading: inout Reading, _ evidence: inout LanguageEvidence) {
    let first = reading.position
    guard let base = bytes.baseAddress, first >= lower + Self.lead, first + Self.block <= upper,
      reading.gaps + Self.block < Self.foreignGaps
    else { return }
    let letters = tiresias_letters(base + first)
    let lineFeeds = tiresias_equal(base + first, 0x0A)
    let quotes = tiresias_equal(base + first, 0x22)
    let ceiling = tiresias_no_text(base + first).trailingZeroBitCount
    var read = 0
    while reading.words < Self.foreignWords, !evidence.isEnglish {
      let start = (letters & ~Self.bits(upTo: read)).trailingZeroBitCount
      guard start < ceiling else { return }
      let end = (~letters & ~Self.bits(upTo: start)).trailingZeroBitCount
      guard end < ceiling, end - start <= Self.longestWord else { return }
      let gap = Self.bits(upTo: start) ^ Self.bits(upTo: read)
      if reading.lines + (lineFeeds & gap).nonzeroBitCount > 1 { return reading.hasEnded = true }
      if quotes & gap != 0 { evidence.leaveQuotation() }
      reading.gaps += start - read
      if end - start < Self.lead {
        let word = PackedWord(at: UnsafeRawPointer(base + first + end - Self.lead), count: end - start)
        add(word, first + start, first + end, isNear: reading.isNear, to: &evidence)
      }
      read = end
      reading.pass(wordTo: first + end)
    }
  }

  /// `count` is 0 to 63.
  @inline(__always)
  private static func bits(upTo count: Int) -> UInt64 { 1 &<< UInt64(count) &- 1 }

  /// `count` is 1 to 64.
  @inline(__always)
  private static func bits(below count: Int) -> UInt64 { UInt64.max &>> UInt64(block - count) }
}

extension PackedWord {
  /// The last `count` of eight bytes, all of them ASCII letters; `count` is 1 to 7.
  @inline(__always)
  fileprivate init(at address: UnsafeRawPointer, count: Int) {
    let unused = UInt64(64 - count * 8)
    let bytes = address.loadUnaligned(as: UInt64.self).littleEndian
    self.init(bits: (bytes &>> unused).byteSwapped &>> unused | 0x2020_2020_2020_2020 &>> unused, count: count)
  }
}
