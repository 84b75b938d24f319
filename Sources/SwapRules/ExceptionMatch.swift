/// Exceptions: texts in which a match is left alone.
extension ExceptionPattern {
  /// False if the bytes beside the match show that the exception does not hold, as they nearly always do.
  @inline(always)
  func mayHold(_ beside: BytesBeside) -> Bool { front.agree(with: beside.next) && back.agree(with: beside.previous) }

  /// Whether the exception's text stands around the match, not next to a letter or digit where it ends in one.
  func matches(_ view: TextView, _ tables: Tables, _ start: Int, _ end: Int) -> Ternary {
    let (start, end) = skipWords(view, start, end)
    if isExact, !isSpelled(view, tables.text[word], start, end) { return .no }
    return follows(view, tables.text[after], end) && precedes(view, tables.text[before], start)
  }

  /// The words of the match that the exception names.
  private func skipWords(_ view: TextView, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
    var (start, end) = (start, end)
    for _ in 0..<skippedFront {
      while !view.bytes[start].isASCIISpace { start += 1 }
      while view.bytes[start].isASCIISpace { start += 1 }
    }
    for _ in 0..<skippedBack {
      while !view.bytes[end - 1].isASCIISpace { end -= 1 }
      while view.bytes[end - 1].isASCIISpace { end -= 1 }
    }
    return (start, end)
  }

  /// The match is written exactly so, but for the white space between its words.
  private func isSpelled(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var position = start
    for byte in text {
      guard position < end else { return false }
      if byte == 0x20, view.bytes[position].isASCIISpace {
        while position < end, view.bytes[position].isASCIISpace { position += 1 }
      } else {
        guard view.bytes[position] == byte else { return false }
        position += 1
      }
    }
    return position == end
  }

  private func follows(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ end: Int) -> Ternary {
    var position = end
    for byte in text {
      guard let seen = view.byte(at: position) else { return .unknown }
      if byte == 0x20 {
        guard seen.isASCIISpace else { return .no }
        repeat { position += 1 } while view.byte(at: position)?.isASCIISpace == true
      } else {
        guard isSame(seen, byte) else { return .no }
        position += 1
      }
    }
    guard let last = text.last, last >= 0x80 || last.isASCIIWordByte else { return .yes }
    return isFree(view.glyph(at: position))
  }

  private func precedes(_ view: TextView, _ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Ternary {
    var position = start
    for byte in text.reversed() {
      guard let seen = view.byte(at: position - 1) else { return .unknown }
      if byte == 0x20 {
        guard seen.isASCIISpace else { return .no }
        repeat { position -= 1 } while view.byte(at: position - 1)?.isASCIISpace == true
      } else {
        guard isSame(seen, byte) else { return .no }
        position -= 1
      }
    }
    guard let first = text.first, first >= 0x80 || first.isASCIIWordByte else { return .yes }
    return isFree(view.glyph(before: position))
  }

  private func isSame(_ seen: UInt8, _ byte: UInt8) -> Bool {
    isExact ? seen == byte : seen.foldedASCII == byte.foldedASCII
  }

  private func isFree(_ glyph: TextView.Glyph) -> Ternary {
    switch glyph {
    case .unknown: .unknown
    case .end: .yes
    case .scalar(let scalar, _): Ternary(!TextView.isWordScalar(scalar))
    }
  }
}
