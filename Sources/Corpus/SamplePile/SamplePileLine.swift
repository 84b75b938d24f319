extension SamplePile {
  /// Writes documents as lines of JSON (RFC 8259), in the Pile's form: `{"text": …, "meta": {"pile_set_name": …}}`.
  ///
  /// Three hands take turns, so that readers meet every spelling of a character: raw UTF-8; ASCII with `\uXXXX` and surrogate
  /// pairs, as Python writes it; and a mixture, with `\/`, capital digits and a letter escaped now and then. Which one a document
  /// gets depends on its key.
  struct LineWriter {
    private enum Hand { case raw, ascii, mixed }

    private(set) var line: [UInt8] = []
    private var hand = Hand.raw
    private var random = Random(key: 0)

    /// The line for one document, its line feed included. Valid until the next call.
    mutating func write(_ text: [UInt8], _ subset: Subset, key: UInt64) {
      random = Random(key: SamplePile.mix(key))
      hand = [.raw, .raw, .ascii, .ascii, .mixed][random.below(5)]
      line.removeAll(keepingCapacity: true)
      line += "{\"text\": \"".utf8
      escape(text)
      line += "\", \"meta\": {\"pile_set_name\": \"".utf8
      line += subset.name.utf8
      line += "\"}}\n".utf8
    }

    private mutating func escape(_ text: [UInt8]) {
      var start = 0
      var index = 0
      while index < text.count {
        let byte = text[index]
        if byte >= 0x80 ? hand == .raw : byte >= 0x20 && byte != 0x22 && byte != 0x5C && (hand != .mixed || plain(byte))
        {
          index += 1
          continue
        }
        line += text[start..<index]
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        escape(text[index..<index + length])
        index += length
        start = index
      }
      line += text[start...]
    }

    /// Whether the mixing hand leaves an ASCII character as it is: all but some slashes and a letter in 256.
    private mutating func plain(_ byte: UInt8) -> Bool {
      byte == 0x2F ? random.chance(50) : byte != 0x65 || random.next() & 31 != 0
    }

    private mutating func escape(_ character: ArraySlice<UInt8>) {
      let byte = character.first!
      if byte >= 0x80 && hand == .mixed && random.chance(50) {
        line += character
      } else if let short = LineWriter.shortEscape(byte), hand != .mixed || byte == 0x2F || random.chance(80) {
        line += [0x5C, short]
      } else {
        let scalar = LineWriter.scalar(character)
        if scalar < 0x10000 { return appendUnit(scalar) }
        appendUnit(0xD800 + (scalar - 0x10000) >> 10)
        appendUnit(0xDC00 + (scalar - 0x10000) & 0x3FF)
      }
    }

    /// The letter of a two-character escape. The slash has one too, and only the mixing hand comes here with a slash.
    private static func shortEscape(_ byte: UInt8) -> UInt8? {
      switch byte {
      case 0x08: UInt8(ascii: "b")
      case 0x09: UInt8(ascii: "t")
      case 0x0A: UInt8(ascii: "n")
      case 0x0C: UInt8(ascii: "f")
      case 0x0D: UInt8(ascii: "r")
      case 0x22, 0x2F, 0x5C: byte
      default: nil
      }
    }

    /// Decodes one character of valid UTF-8.
    private static func scalar(_ character: ArraySlice<UInt8>) -> UInt32 {
      let first = character.first!
      if first < 0x80 { return UInt32(first) }
      let start = UInt32(first) & (0x7F >> UInt32(character.count))
      return character.dropFirst().reduce(start) { $0 << 6 | UInt32($1 & 0x3F) }
    }

    private mutating func appendUnit(_ unit: UInt32) {
      let digits: StaticString = hand == .mixed && random.chance(50) ? "0123456789ABCDEF" : "0123456789abcdef"
      line += [0x5C, 0x75]
      for shift: UInt32 in [12, 8, 4, 0] { line.append(digits.utf8Start[Int(unit >> shift & 15)]) }
    }
  }
}
