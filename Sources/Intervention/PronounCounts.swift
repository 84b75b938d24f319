import UnicodeText

/// How many third-person pronouns a text has: the check that an intervention did what it was to do.
///
/// A word counts if no letter, digit or underscore stands next to it, in any case: masculine he, him, his, himself;
/// feminine she, her, hers, herself; neutral they, them, their, theirs, themself, themselves.
public struct PronounCounts: Sendable, Equatable {
  /// The words that are counted, masculine ones first, then feminine, then neutral.
  public static let words = [
    "he", "him", "his", "himself", "she", "her", "hers", "herself",
    "they", "them", "their", "theirs", "themself", "themselves",
  ]
  private static let masculine = 0..<4
  private static let feminine = 4..<8

  /// In place, since a sample's counts are made anew for every sample.
  private var storage = InlineArray<14, Int>(repeating: 0)

  public init() {}

  /// Occurrences of each of ``words``.
  public var counts: [Int] {
    get { storage.indices.map { storage[$0] } }
    set { for index in storage.indices { storage[index] = newValue[index] } }
  }

  subscript(word: Int) -> Int {
    get { storage[word] }
    set { storage[word] = newValue }
  }

  public static func == (left: PronounCounts, right: PronounCounts) -> Bool { left.counts == right.counts }

  public static func += (left: inout PronounCounts, right: PronounCounts) {
    for index in left.storage.indices { left.storage[index] += right.storage[index] }
  }

  public static func -= (left: inout PronounCounts, right: PronounCounts) {
    for index in left.storage.indices { left.storage[index] -= right.storage[index] }
  }

  /// Masculine ones among the masculine and feminine; nil if there are neither.
  public var masculineShare: Double? {
    let masculine = counts[Self.masculine].reduce(0, +)
    let both = masculine + counts[Self.feminine].reduce(0, +)
    return both == 0 ? nil : Double(masculine) / Double(both)
  }

  /// Counts the words that begin in `range` of a text.
  init(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    add(text, range)
  }

  /// Adds the words that begin in `range` of a text.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var position = range.lowerBound
    while position < range.upperBound {
      guard Self.isInitial[Int(text[position])] else {
        position += 1
        continue
      }
      let end = Self.wordEnd(in: text, from: position)
      count(UnsafeBufferPointer(rebasing: text[position..<end]), in: text, at: position)
      position = end
    }
  }

  private mutating func count(_ word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, at start: Int) {
    guard let index = Self.index(of: word), Self.standsAlone(start..<(start + word.count), in: text) else { return }
    storage[index] += 1
  }

  /// The place in ``words`` of a token that is one of them, or a space and one of them.
  static func index(ofToken token: UnsafeBufferPointer<UInt8>) -> Int? {
    let word = token.first == 0x20 ? UnsafeBufferPointer(rebasing: token[1...]) : token
    guard wordEnd(in: word, from: 0) == word.count else { return nil }
    return index(of: word)
  }

  private static let isInitial: [Bool] = (0..<256).map { "hHsStT".utf8.contains(UInt8($0)) }

  /// The end of the run of ASCII letters.
  @inline(__always)
  private static func wordEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count && text[end] | 0x20 >= UInt8(ascii: "a") && text[end] | 0x20 <= UInt8(ascii: "z") {
      end += 1
    }
    return end
  }

  /// The place in ``words`` of a run of ASCII letters, in any case.
  static func index(of word: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (2...10).contains(word.count) else { return nil }
    var packed: UInt128 = 0
    for byte in word { packed = packed << 8 | UInt128(byte | 0x20) }
    return packedWords.firstIndex(of: packed)
  }

  /// The words as numbers, one byte a letter.
  private static let packedWords = words.map { $0.utf8.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }

  private static func standsAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    !(range.lowerBound > 0 && isWordCharacter(UTF8Text.read(text, before: range.lowerBound, start: 0)))
      && !(range.upperBound < text.count
        && isWordCharacter(UTF8Text.read(text, at: range.upperBound, end: text.count)))
  }

  private static func isWordCharacter(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading else { return false }
    return isWordCharacter(scalar)
  }

  /// True for letters, digits and the underscore: beside one of these a word does not count.
  static func isWordCharacter(_ scalar: UInt32) -> Bool {
    let kind = CharacterClass.of(scalar)
    return kind == .letter || kind == .number || scalar == 0x5F
  }
}
