/// What an item beside a match can be said to be: the names that `any: [...]` takes.
struct ItemKinds: OptionSet {
  let rawValue: UInt32

  static let word = ItemKinds(rawValue: 1 << 0)
  static let number = ItemKinds(rawValue: 1 << 1)
  static let capitalised = ItemKinds(rawValue: 1 << 2)
  static let uppercase = ItemKinds(rawValue: 1 << 3)
  static let punctuation = ItemKinds(rawValue: 1 << 4)
  /// One of . , ; : ? !
  static let stop = ItemKinds(rawValue: 1 << 5)
  static let ellipsis = ItemKinds(rawValue: 1 << 6)
  static let hyphen = ItemKinds(rawValue: 1 << 7)
  /// En or em dash, or two and more hyphens.
  static let dash = ItemKinds(rawValue: 1 << 8)
  static let slash = ItemKinds(rawValue: 1 << 9)
  static let quote = ItemKinds(rawValue: 1 << 10)
  static let openQuote = ItemKinds(rawValue: 1 << 11)
  static let closeQuote = ItemKinds(rawValue: 1 << 12)
  static let bracket = ItemKinds(rawValue: 1 << 13)
  static let openBracket = ItemKinds(rawValue: 1 << 14)
  static let closeBracket = ItemKinds(rawValue: 1 << 15)
  static let symbol = ItemKinds(rawValue: 1 << 16)
  /// The segment's end on that side.
  static let end = ItemKinds(rawValue: 1 << 17)
  /// An empty line, unless the text goes on in small letters or digits.
  static let paragraph = ItemKinds(rawValue: 1 << 18)
  /// A line's end stands between this item and its neighbour towards the match.
  static let newline = ItemKinds(rawValue: 1 << 19)
  /// Nothing stands between this item and its neighbour towards the match.
  static let adjacent = ItemKinds(rawValue: 1 << 20)

  static let all = ItemKinds(rawValue: (1 << 21) - 1)

  /// The rule language's names.
  static let named: KeyValuePairs<String, ItemKinds> = [
    "word": .word, "number": .number, "capitalised": .capitalised, "uppercase": .uppercase,
    "punctuation": .punctuation, "stop": .stop, "ellipsis": .ellipsis, "hyphen": .hyphen, "dash": .dash,
    "slash": .slash, "quote": .quote, "open-quote": .openQuote, "close-quote": .closeQuote, "bracket": .bracket,
    "open-bracket": .openBracket, "close-bracket": .closeBracket, "symbol": .symbol, "end": .end,
    "paragraph": .paragraph, "newline": .newline, "adjacent": .adjacent,
  ]
}
