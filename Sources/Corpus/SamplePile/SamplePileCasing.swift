extension SamplePile {
  /// Puts ASCII and the accented letters of Latin-1 in capitals.
  static func uppercase(_ text: inout [UInt8], from start: Int) {
    for index in start..<text.count {
      if index > start, text[index - 1] == 0xC3, 0xA0...0xBE ~= text[index], text[index] != 0xB7 {
        text[index] -= 0x20
      } else {
        text[index].raise()
      }
    }
  }
}

extension UInt8 {
  /// To a capital, if it is a small ASCII letter.
  mutating func raise() { if 0x61...0x7A ~= self { self -= 0x20 } }

  /// To a small letter, if it is an ASCII capital.
  mutating func lower() { if 0x41...0x5A ~= self { self += 0x20 } }
}
