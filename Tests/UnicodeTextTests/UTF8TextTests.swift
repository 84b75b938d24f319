import CTextBlocks
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

  /// The first place where reading character by character finds none.
  private func slowFirstInvalid(_ bytes: [UInt8]) -> Int? {
    var position = 0
    while position < bytes.count {
      guard case .scalar(_, let length) = reading(bytes, at: position) else { return position }
      position += length
    }
    return nil
  }

  @Test func blocksAreCheckedAsCharactersAre() {
    var generator = SplitMix(seed: 4)
    let characters =
      [
        [0x41], [0xC3, 0xA9], [0xE0, 0xA0, 0x80], [0xE2, 0x80, 0x99], [0xED, 0x9F, 0xBF], [0xF0, 0x90, 0x80, 0x80],
        [0xF4, 0x8F, 0xBF, 0xBF],
      ] as [[UInt8]]
    let faults =
      [
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0x80], [0xE2, 0x80], [0xED, 0xA0, 0x80],
        [0xF0, 0x8F, 0x80, 0x80], [0xF0, 0x90, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
      ] as [[UInt8]]
    for _ in 0..<4000 {
      var bytes = (0..<Int.random(in: 0...100, using: &generator)).flatMap { _ in
        Int.random(in: 0..<3, using: &generator) == 0 ? characters.randomElement(using: &generator)! : [0x61]
      }
      if Bool.random(using: &generator) {
        bytes.insert(
          contentsOf: faults.randomElement(using: &generator)!, at: Int.random(in: 0...bytes.count, using: &generator))
      }
      let expected = slowFirstInvalid(bytes)
      for registers in 0...tiresias_widest_registers() {
        let found = withBytes(bytes) { UTF8Text.firstInvalid(in: $0, registers: registers) }
        if found != expected { Issue.record("\(bytes), \(registers): \(String(describing: found))") }
      }
    }
  }

  @Test func findsTheFirstInvalidByteAnywhere() {
    for length in [0, 1, 31, 32, 33, 63, 64, 65, 70, 128] {
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
