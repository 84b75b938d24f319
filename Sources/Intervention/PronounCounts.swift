import UnicodeText

/// How many third-person pronouns a text has: the check that an intervention did what it was to do.
///
/// A word counts if no letter, digit or underscore stands next to it, in any case: masculine he, him, his, himself;
/// feminine she, her, hers, herself; neutral they, them, their, theirs, themself, themselves.
public struct PronounCounts: Sendable, Equatable {
  public var masculine = 0
  public var feminine = 0
  public var neutral = 0

  public init(masculine: Int = 0, feminine: Int = 0, neutral: Int = 0) {
    (self.masculine, self.feminine, self.neutral) = (masculine, feminine, neutral)
  }

  public static func += (left: inout PronounCounts, right: PronounCounts) {
    left.masculine += right.masculine
    left.feminine += right.feminine
    left.neutral += right.neutral
  }

  public static func - (left: PronounCounts, right: PronounCounts) -> PronounCounts {
    PronounCounts(
      masculine: left.masculine - right.masculine, feminine: left.feminine - right.feminine,
      neutral: left.neutral - right.neutral)
  }

  /// Counts the words that begin in `range` of a text.
  init(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
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
    guard word.count <= 10, let class_ = Self.classOf(word), Self.standsAlone(start..<(start + word.count), in: text)
    else { return }
    self[keyPath: class_] += 1
  }

  private static let isInitial: [Bool] = (0..<256).map { "hHsStT".utf8.contains(UInt8($0)) }

  /// The end of the run of ASCII letters.
  @inline(__always)
  private static func wordEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count && text[end] | 0x20 >= UInt8(ascii: "a") && text[end] | 0x20 <= UInt8(ascii: "z") { end += 1 }
    return end
  }

  private static func classOf(_ word: UnsafeBufferPointer<UInt8>) -> WritableKeyPath<PronounCounts, Int>? {
    var packed: UInt128 = 0
    for byte in word { packed = packed << 8 | UInt128(byte | 0x20) }
    return classes[packed]
  }

  private nonisolated(unsafe) static let classes: [UInt128: WritableKeyPath<PronounCounts, Int>] = {
    var classes: [UInt128: WritableKeyPath<PronounCounts, Int>] = [:]
    let words: [(WritableKeyPath<PronounCounts, Int>, String)] = [
      (\.masculine, "he him his himself"), (\.feminine, "she her hers herself"),
      (\.neutral, "they them their theirs themself themselves"),
    ]
    for (path, list) in words {
      for word in list.utf8.split(separator: UInt8(ascii: " ")) {
        classes[word.reduce(0) { $0 << 8 | UInt128($1) }] = path
      }
    }
    return classes
  }()

  private static func standsAlone(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    !(range.lowerBound > 0 && isWordCharacter(UTF8Text.read(text, before: range.lowerBound, start: 0)))
      && !(range.upperBound < text.count
        && isWordCharacter(UTF8Text.read(text, at: range.upperBound, end: text.count)))
  }

  private static func isWordCharacter(_ reading: UTF8Text.Reading) -> Bool {
    guard case .scalar(let scalar, _) = reading else { return false }
    let class_ = CharacterClass.of(scalar)
    return class_ == .letter || class_ == .number || scalar == 0x5F
  }
}
