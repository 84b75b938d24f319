import Testing

@testable import UnicodeText

@Suite struct UTF8TextTests {
  private func reading(_ bytes: [UInt8], at position: Int = 0) -> UTF8Text.Reading {
    withBytes(bytes) { UTF8Text.read($0, at: position, end: bytes.count) }
  }

  private func readingBack(_ bytes: [UInt8]) -> UTF8Text.Reading {
    withBytes(bytes) { UTF8Text.read($0, before: bytes.count, start: 0) }
  }

  @Test func readsEveryScalarForwardsAndBackwards() {
    for value in UInt32(0)...0x10FFFF where Unicode.Scalar(value) != nil {
      let bytes = utf8([value])
      let expected = UTF8Text.Reading.scalar(value, length: bytes.count)
      if reading(bytes) != expected || readingBack([0x61] + bytes) != expected { Issue.record("\(value)") }
    }
  }

  @Test func findsTheFirstByteFromAThresholdOnWhereverItStands() {
    for threshold in [0x80, 0xCC, 0xFF] as [UInt8] {
      for byte in UInt8(0x61)...0xFF {
        for place in 0..<70 {
          var bytes = [UInt8](repeating: 0x61, count: 70)
          bytes[place] = byte
          let found = withBytes(bytes) { UTF8Text.firstByte(atLeast: threshold, in: $0, from: 0) }
          if found != (byte >= threshold ? place : 70) { Issue.record("\(byte) at \(place), from \(threshold) on") }
        }
      }
    }
  }

  @Test func tellsIncompleteFromInvalid() {
    #expect(reading([0xE2, 0x82]) == .incomplete(length: 2))
    #expect(reading([0xF0]) == .incomplete(length: 1))
    #expect(reading([0xE2, 0x41]) == .invalid(length: 1))
    #expect(reading([0xE2, 0x82, 0x41]) == .invalid(length: 2))
    #expect(reading([0xED, 0xA0, 0x80]) == .invalid(length: 1))
    #expect(reading([0xC0, 0x80]) == .invalid(length: 1))
    #expect(reading([0xF5, 0x80]) == .invalid(length: 1))
    #expect(reading([0x80]) == .invalid(length: 1))
    #expect(reading([]) == .none)
  }

  @Test func tellsThemApartBackwards() {
    #expect(readingBack([0x82, 0xAC]) == .incomplete(length: 2))
    #expect(readingBack([0x61, 0x82, 0xAC]) == .invalid(length: 1))
    #expect(readingBack([0x61, 0xE2, 0x82]) == .incomplete(length: 2))
    #expect(readingBack([0x80, 0x80, 0x80, 0x80]) == .invalid(length: 1))
    #expect(readingBack([]) == .none)
  }

  /// Replacing each bad part by U+FFFD is what Swift's decoder does.
  @Test func badPartsAreThoseThatDecodersReplace() {
    var generator = SplitMix(seed: 3)
    let pool: [UInt8] = [0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xF5, 0xFF]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in pool.randomElement(using: &generator)! }
      var scalars: [UInt32] = []
      var position = 0
      while position < bytes.count {
        let found = reading(bytes, at: position)
        if case .scalar(let scalar, _) = found { scalars.append(scalar) } else { scalars.append(0xFFFD) }
        position += found.length
      }
      #expect(scalars == String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
    }
  }

  @Test func findsTheFirstInvalidByteAnywhere() {
    for length in [0, 1, 31, 32, 33, 70] {
      for fault in 0..<max(1, length) {
        var bytes = [UInt8](repeating: 0x61, count: length)
        #expect(withBytes(bytes) { UTF8Text.firstInvalid(in: $0) } == nil)
        if length > 0 {
          bytes[fault] = 0xFF
          #expect(withBytes(bytes) { UTF8Text.firstInvalid(in: $0) } == fault)
        }
      }
    }
    #expect(withBytes(Array("aé€😀".utf8)) { UTF8Text.firstInvalid(in: $0) } == nil)
    #expect(withBytes(Array("aé€😀".utf8.dropLast())) { UTF8Text.firstInvalid(in: $0) } == 6)
  }
}
