/// SplitMix64: the same numbers from the same seed.
struct Draw: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64, number: Int) { state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(number) &* 0xD1B5_4A32_D192_ED03 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }
  mutating func oneIn(_ number: Int) -> Bool { below(number) == 0 }
  mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }
}

/// Texts that are hostile to an encoder which works by blocks, caches and tables: runs of what the pattern tells apart, with
/// lengths around 16, 24 and 64, slices of real text, pieces of added tokens, any character, and bytes that are no UTF-8.
struct TextMaker {
  /// Real text, or none.
  let documents: [[UInt8]]
  let addedContents: [[UInt8]]

  private static let kinds: [[String]] = [
    [" "], [" "], ["\n"], ["\n", "\t", "\r\n", "\u{B}", "\u{C}", "\u{1C}", "\u{1F}"],
    ["\u{A0}", "\u{85}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{202F}", "\u{205F}", "\u{3000}"],
    ["a", "b", "s", "t", "he", "the", "The", "ing", "ll", "Q"],
    ["é", "ü", "ç", "ß", "ñ", "œ", "×", "÷", "ǅ", "ʰ", "˂"], ["а", "ё", "Ж", "ы", "ь", "\u{482}", "\u{484}", "ԥ"],
    ["中", "国", "の", "カ", "ー", "々", "\u{4DB5}", "\u{4DC0}", "\u{20000}", "\u{2CEB0}", "한", "\u{D7A3}"],
    ["ψ", "\u{37E}", "א", "ع", "٣", "क", "\u{93F}", "ไ", "\u{E31}", "ა", "Ⴀ"],
    ["1", "22", "9", "Ⅷ", "½", "\u{1D7D8}", "৩"],
    [
      ".", ",", "'", "\"", "_", "<", "|", ">", "(", "\u{0}", "\u{7F}", "\u{2019}", "—", "…", "€", "\u{FEFF}",
      "\u{1F600}",
    ],
    ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'l", "'v", "'", "''"],
    [
      "e\u{301}", "\u{301}", "\u{323}", "\u{345}", "\u{1100}\u{1161}\u{11A8}", "\u{212B}", "\u{958}", "\u{8A0}",
      "\u{1E136}",
    ],
  ]
  private static let lengths = [
    1, 1, 1, 1, 2, 2, 3, 4, 7, 8, 14, 15, 16, 17, 23, 24, 25, 26, 47, 48, 49, 63, 64, 65, 100,
  ]

  func make(_ draw: inout Draw) -> [UInt8] {
    var text: [UInt8] = []
    for _ in 0...draw.below(8) { text += piece(&draw) }
    if draw.oneIn(12) { damage(&text, &draw) }
    return text
  }

  private func piece(_ draw: inout Draw) -> [UInt8] {
    switch draw.below(10) {
    case 0 where !documents.isEmpty, 1 where !documents.isEmpty, 2 where !documents.isEmpty: return slice(&draw)
    case 3:
      let token = draw.one(of: addedContents)
      return draw.oneIn(4) ? Array(token.dropLast(draw.below(token.count))) : token
    case 4: return (0...draw.below(6)).flatMap { _ in any(&draw) }
    default:
      let kind = draw.one(of: Self.kinds)
      let one = draw.one(of: kind)
      let isMixed = draw.oneIn(2)
      return (0..<draw.one(of: Self.lengths)).flatMap { _ in Array((isMixed ? draw.one(of: kind) : one).utf8) }
    }
  }

  /// A part of a document, from character to character.
  private func slice(_ draw: inout Draw) -> [UInt8] {
    let document = draw.one(of: documents)
    var start = draw.below(document.count)
    var end = min(document.count, start + draw.below(300))
    while start > 0 && document[start] & 0xC0 == 0x80 { start -= 1 }
    while end < document.count && document[end] & 0xC0 == 0x80 { end += 1 }
    return Array(document[start..<max(start, end)])
  }

  private func any(_ draw: inout Draw) -> [UInt8] {
    let limit: UInt32 = draw.one(of: [0x80, 0x800, 0x3000, 0x10000, 0x30000, 0x110000])
    return Unicode.Scalar(UInt32.random(in: 0..<limit, using: &draw)).map { Array(String(Character($0)).utf8) } ?? []
  }

  private func damage(_ text: inout [UInt8], _ draw: inout Draw) {
    if text.isEmpty { return }
    let place = draw.below(text.count)
    switch draw.below(3) {
    case 0: text[place] = UInt8.random(in: .min ... .max, using: &draw)
    case 1: text.removeSubrange(place...)
    default: text.remove(at: place)
    }
  }
}
