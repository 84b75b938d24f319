extension SamplePile.Fate {
  /// Does to a finished text what years on the web, converters and scanners do. Costs one pass.
  func weather(_ text: inout [UInt8], _ random: inout SamplePile.Random) {
    switch self {
    case .carriageReturns: text = Self.replacing(text) { byte in byte == 0x0A ? "\r\n" : nil }
    case .decomposed: text = Self.decomposed(text)
    case .noBreakSpaces: text = Self.scattered(text, &random, percent: 8, Self.oddSpaces)
    case .zeroWidth:
      text = Self.scattered(
        text, &random, percent: 4, ["\u{200B} ", " \u{200B}", "\u{200D} ", " \u{2060}", "\u{FEFF} "])
    case .softHyphens: text = Self.softHyphenated(text, &random)
    case .justified: text = Self.scattered(text, &random, percent: 35, ["  ", "   ", "    ", "  ", "       "])
    case .allCapitals: SamplePile.uppercase(&text, from: 0)
    case .allSmall: for index in text.indices where 0x41...0x5A ~= text[index] { text[index] += 0x20 }
    case .mojibake: text = Self.mojibake(text)
    case .replacementCharacters: text = Self.replacing(text) { byte in byte == 0x27 || byte == 0x22 ? "\u{FFFD}" : nil }
    case .formFeeds: text = Self.inserting(text) { byte, last in byte == 0x0A && last == 0x0A ? 0x0C : nil }
    case .trailingSpaces: text = Self.replacing(text) { byte in byte == 0x0A ? "   \n" : nil }
    case .wideSentences: text = Self.inserting(text) { byte, last in byte == 0x20 && last == 0x2E ? 0x20 : nil }
    case .tabIndents: text = Self.inserting(text) { byte, last in last == 0x0A && byte > 0x20 ? 0x09 : nil }
    case .byteOrderMark: text = Array("\u{FEFF}".utf8) + text
    default: break
    }
  }

  private static let oddSpaces: [StaticString] = [
    "\u{A0}", "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\u{2003}", "\u{A0} ", "\u{2028}", "\u{85}", "\u{1680}",
  ]

  /// Puts `change(byte)` for each byte for which it is not nil.
  private static func replacing(_ text: [UInt8], _ change: (UInt8) -> StaticString?) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if let new = change(byte) { new.withUTF8Buffer { result += $0 } } else { result.append(byte) }
    }
    return result
  }

  /// Puts `extra(byte, the byte before it)` before each byte for which it is not nil.
  private static func inserting(_ text: [UInt8], _ extra: (UInt8, UInt8) -> UInt8?) -> [UInt8] {
    var result: [UInt8] = []
    var last: UInt8 = 0x0A
    for byte in text {
      if let extra = extra(byte, last) { result.append(extra) }
      result.append(byte)
      last = byte
    }
    return result
  }

  /// Puts one of `choices` for `percent` of the single spaces.
  private static func scattered(
    _ text: [UInt8], _ random: inout SamplePile.Random, percent: Int, _ choices: [StaticString]
  ) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if byte == 0x20 && random.chance(percent) {
        choices[random.below(choices.count)].withUTF8Buffer { result += $0 }
      } else {
        result.append(byte)
      }
    }
    return result
  }

  /// A soft hyphen between some letters, now and then inside a short word.
  private static func softHyphenated(_ text: [UInt8], _ random: inout SamplePile.Random) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if 0x61...0x7A ~= byte, let last = result.last, 0x61...0x7A ~= last, random.chance(3) { result += [0xC2, 0xAD] }
      result.append(byte)
    }
    return result
  }
}

extension SamplePile.Fate {
  /// UTF-8 that somebody took for Latin-1 and encoded again: each byte from 0x80 becomes two.
  private static func mojibake(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      if byte < 0x80 { result.append(byte) } else { result += [0xC0 | byte >> 6, 0x80 | byte & 0x3F] }
    }
    return result
  }

  /// Latin-1's accented letters as letter and combining mark (Unicode's canonical decomposition).
  private static func decomposed(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == 0xC3, index + 1 < text.count, let pair = decompositions[Int(text[index + 1] & 0x3F)] {
        result += pair
        index += 2
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// For U+00C0…U+00FF; nil where a letter has no decomposition (Æ Ð × Ø Þ ß æ ð ÷ ø þ).
  private static let decompositions: [[UInt8]?] = {
    let letters = Array("AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy y".utf8)
    let marks = Array("gacdur  gacugacu dgacdu  gacua  gacdur  gacugacu dgacdu  gacua u".utf8)
    let cedilla: [UInt8] = [0xCC, 0xA7]
    return letters.indices.map { index in
      if letters[index] == 0x20 { return nil }
      return [letters[index]] + (letters[index] | 0x20 == 0x63 ? cedilla : combining(marks[index]))
    }
  }()

  private static func combining(_ mark: UInt8) -> [UInt8] {
    switch mark {
    case UInt8(ascii: "g"): [0xCC, 0x80]  // grave
    case UInt8(ascii: "a"): [0xCC, 0x81]  // acute
    case UInt8(ascii: "c"): [0xCC, 0x82]  // circumflex
    case UInt8(ascii: "d"): [0xCC, 0x83]  // tilde
    case UInt8(ascii: "u"): [0xCC, 0x88]  // diaeresis
    default: [0xCC, 0x8A]  // ring
    }
  }
}
