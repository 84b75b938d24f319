/// A part of a text that NFC may change, with everything it can interact with: from an inert starter (or the text's
/// start) to the next one. What lies between parts is in normal form.
struct NormalizationPart {
  let start: Int
  let end: Int

  /// The first part from `position` on, which must be the text's start or an earlier part's end.
  static func next(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> NormalizationPart? {
    var place = position
    var starter = position
    while place < text.count {
      // Below U+0300, which UTF-8 writes 0xCC 0x80, everything is in normal form and nothing combines with what precedes.
      let candidate = UTF8Text.firstByte(atLeast: 0xCC, in: text, from: place)
      if candidate == text.count { return nil }
      if candidate > place { starter = lastStarter(in: text, before: candidate, from: place) }
      guard case .scalar(let scalar, let length) = UTF8Text.read(text, at: candidate, end: text.count) else {
        return nil
      }
      place = candidate + length
      if !Normalization.isInert(scalar) { return NormalizationPart(start: starter, end: end(in: text, from: place)) }
      starter = candidate
    }
    return nil
  }

  /// The code point before `place`, which lies in a stretch of code points below U+0300 that begins at `start`.
  private static func lastStarter(in text: UnsafeBufferPointer<UInt8>, before place: Int, from start: Int) -> Int {
    var starter = place - 1
    while starter > start && text[starter] & 0xC0 == 0x80 { starter -= 1 }
    return starter
  }

  /// The next inert starter from `place` on, or the text's end.
  private static func end(in text: UnsafeBufferPointer<UInt8>, from place: Int) -> Int {
    var end = place
    while case .scalar(let scalar, let length) = UTF8Text.read(text, at: end, end: text.count) {
      if Normalization.isInert(scalar) { return end }
      end += length
    }
    return end
  }

  /// The part's code points.
  func scalars(of text: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var scalars: [UInt32] = []
    var place = start
    while place < end, case .scalar(let scalar, let length) = UTF8Text.read(text, at: place, end: end) {
      scalars.append(scalar)
      place += length
    }
    return scalars
  }
}

/// UTF-16, which is what ICU takes.
enum UTF16Text {
  static func units(of scalars: [UInt32]) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(scalars.count)
    for scalar in scalars {
      if scalar < 0x10000 {
        units.append(UInt16(scalar))
      } else {
        units.append(UInt16(0xD7C0 + (scalar >> 10)))
        units.append(UInt16(0xDC00 + (scalar & 0x3FF)))
      }
    }
    return units
  }
}
