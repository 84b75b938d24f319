import CTextBlocks

/// A part of a text that NFC may change, with everything it can interact with: from an inert starter (or the text's
/// start) to the next one. What lies between parts is in normal form.
struct NormalizationPart {
  let start: Int
  let end: Int

  /// The first part from `position` on, which must be the text's start or an earlier part's end. Below U+0300 everything is in
  /// normal form and nothing combines with what precedes; the rest is looked up. By blocks of 64 bytes.
  static func next(in text: UnsafeBufferPointer<UInt8>, from position: Int) -> NormalizationPart? {
    let place = tiresias_first_combining(tiresias_widest_registers(), text.baseAddress, position, text.count)
    guard case .scalar(_, let length) = UTF8Text.read(text, at: place, end: text.count) else { return nil }
    let starter = place > position ? lastStarter(in: text, before: place, from: position) : place
    return NormalizationPart(start: starter, end: end(in: text, from: place + length))
  }

  /// The code point before `place`, which is an inert one; none begins before `start`.
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
