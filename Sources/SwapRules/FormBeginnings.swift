import UnicodeText

extension RulePack {
  /// How the lexicon's forms begin: of each the letters up to the first character that is none (at least one
  /// character), A–Z as a–z.
  ///
  /// For those who want to know, without the text, where a candidate can begin: at a character behind none of A–Z, a–z and
  /// 0–9, from which on one of these stands, whatever the case of A–Z, and no letter behind it.
  public var formBeginnings: [[UInt8]] {
    var beginnings: Set<[UInt8]> = []
    for form in tables.forms {
      let first = tables.formWords[Int(form.words.first)]
      for slice in [first.lower, first.title, first.upper] {
        beginnings.insert(Self.beginning(of: tables.text[slice]))
      }
    }
    for word in tables.spacedWords { beginnings.insert(Self.beginning(of: tables.text[word.from])) }
    return beginnings.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func beginning(of text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var end = 0
    while end < text.count, case .scalar(let scalar, let length) = UTF8Text.read(text, at: end, end: text.count),
      TextView.isLetter(scalar)
    { end += length }
    if end > 0 { return text[..<end].map(\.foldedASCII) }
    guard case .scalar(_, let length) = UTF8Text.read(text, at: 0, end: text.count) else { return [] }
    return Array(text[..<length])
  }
}
